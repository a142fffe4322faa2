"""How hard a text is to read: one measure, by which forms (``plainness``) and policies are judged. Pure.

English is measured by Flesch's reading ease; Malay by the length of its sentences and words, for no English formula
holds for it. The law asks for clear and plain language (GDPR Art. 12(1)) and names no figure: the limits are ours.
"""

import re
from collections import Counter
from dataclasses import dataclass

MOST_WORDS, MOST_WORDS_ON_AVERAGE = 35, 20  # of one sentence, and over the whole text
LEAST_EASE = 50.0  # Flesch, English
LONG, LONG_WORDS = 5, 0.12  # syllables of a long Malay word, and the share of them
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NOT_PROSE = re.compile(r"\S+@\S+|https?://\S+|\b\d[\d\s./+()-]*")
ABBREVIATION = re.compile(r"\b(Art|No|Sdn|Bhd|s)\.", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?;]+(?:\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Load:
    """How much a text asks of its reader: words, sentences, words of the longest one, syllables of all words, and how
    many of the words are long.
    """

    words: int
    sentences: int
    longest: int
    syllables: int
    long_words: int

    @property
    def per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def per_word(self) -> float:
        return self.syllables / self.words if self.words else 0.0

    @property
    def ease(self) -> float:
        """Flesch's reading ease, 0 hard to 100 easy; of English only."""
        return 206.835 - 1.015 * self.per_sentence - 84.6 * self.per_word


@dataclass(frozen=True, slots=True)
class Readability:
    """``score`` runs from 0 (hard) to 100 (easy); ``longest`` is the longest sentence, in words."""

    score: int
    mean_sentence: float
    longest: int
    is_plain: bool


def load(text: str, language: str) -> Load:
    """The reading load of a text. Addresses, links and figures do not count."""
    prose = ABBREVIATION.sub(r"\1", NOT_PROSE.sub(" ", text))
    sentences = [words for part in SENTENCE_END.split(prose) if (words := WORD.findall(part.casefold()))]
    syllables = Counter(_syllables(word, language) for sentence in sentences for word in sentence)
    return Load(
        syllables.total(),
        len(sentences),
        max((len(sentence) for sentence in sentences), default=0),
        sum(count * words for count, words in syllables.items()),
        sum(words for count, words in syllables.items() if count >= LONG),
    )


def readability(text: str, language: str) -> Readability | None:
    """The figures of a text in Malay (``ms``) or English (``en``); None for a text without words."""
    found = load(text, language)
    if not found.words:
        return None
    share = found.long_words / found.words
    ease = found.ease if language == "en" else 100 - 2 * found.per_sentence - 200 * share
    words_are_plain = ease >= LEAST_EASE if language == "en" else share <= LONG_WORDS
    is_plain = words_are_plain and found.per_sentence <= MOST_WORDS_ON_AVERAGE and found.longest <= MOST_WORDS
    return Readability(round(min(100.0, max(0.0, ease))), round(found.per_sentence, 1), found.longest, is_plain)


def _syllables(word: str, language: str) -> int:
    if language == "ms":
        return max(1, len(re.findall(r"ai(?=$)|au(?=$)|oi(?=$)|[aeiou]", word)))
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(1, groups)
