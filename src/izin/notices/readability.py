"""How hard a text is to read. Pure.

English is measured by Flesch's reading ease; Malay by the length of its sentences and words, for no English formula
holds for it. The law asks for clear and plain language (GDPR Art. 12(1)) and names no figure: the limits are ours.
"""

import re
from dataclasses import dataclass

MEAN_SENTENCE, LONGEST_SENTENCE = 20.0, 35  # words
FLESCH = 50.0
LONG_WORDS = 0.12  # share of Malay words of five syllables and more
SENTENCE_END = re.compile(r"[.!?;:]+(?:\s+|$)|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOWELS = {"ms": re.compile(r"ai|au|oi|[aeiou]"), "en": re.compile(r"[aeiouy]+")}
SILENT = re.compile(r"(?:[^laeiouy]e|[^aeioudty]ed)$")
ABBREVIATION = re.compile(r"\b(Art|No|Sdn|Bhd|s)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readability:
    """``score`` runs from 0 (hard) to 100 (easy); ``longest`` is the longest sentence, in words."""

    score: int
    mean_sentence: float
    longest: int
    is_plain: bool


def readability(text: str, language: str) -> Readability | None:
    """The figures of a text in Malay (``ms``) or English (``en``); None for a text without words."""
    sentences = [WORD.findall(part) for part in SENTENCE_END.split(ABBREVIATION.sub(r"\1", text))]
    lengths = [len(words) for words in sentences if words]
    if not lengths:
        return None
    syllables = [_syllables(word, language) for words in sentences for word in words]
    mean, longest = sum(lengths) / len(lengths), max(lengths)
    if language == "en":
        ease = 206.835 - 1.015 * mean - 84.6 * sum(syllables) / len(syllables)
        words_are_plain = ease >= FLESCH
    else:
        share = sum(count >= 5 for count in syllables) / len(syllables)
        ease = 100 - 2 * mean - 200 * share
        words_are_plain = share <= LONG_WORDS
    is_plain = words_are_plain and mean <= MEAN_SENTENCE and longest <= LONGEST_SENTENCE
    return Readability(round(min(100.0, max(0.0, ease))), round(mean, 1), longest, is_plain)


def _syllables(word: str, language: str) -> int:
    small = word.casefold()
    count = len(VOWELS["en" if language == "en" else "ms"].findall(small))
    if language == "en" and SILENT.search(small):
        count -= 1
    return max(1, count)
