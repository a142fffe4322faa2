"""A consent form inside a chat: the whole notice as text, and what an answer to it chooses. Pure.

As on the page, each purpose is a choice of its own, none is chosen beforehand, silence is no, and the age is a
statement of its own: a word that the person writes (GDPR Art. 4(11), 7, recitals 32, 43; PDPA s.6, s.7).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_LETTERS = 4_000  # of one WhatsApp text
KEYWORD = {"ms": "SERTAI", "en": "JOIN"}
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,15}")  # what inbound.keywords takes for a code behind the keyword
_ANSWER = re.compile(r"(?:[a-z]+|\d{1,2})(?:[\s,.;:&+!]+(?:[a-z]+|\d{1,2}))*[\s.!]*")
_ADULT = frozenset({"dewasa", "adult"})
_BESIDE = frozenset({"dan", "and", "ya", "yes", "ok", "okay", "setuju", "agree", "saya", "i"})
_HOW = {
    "ms": "Jika anda berumur 18 tahun ke atas dan bersetuju, balas DEWASA diikuti nombor setiap satu yang anda mahu, "
    "contohnya: DEWASA {example}. Setiap satu pilihan tersendiri. Jika tidak mahu, jangan balas apa-apa.",
    "en": "If you are 18 or older and agree, reply ADULT and the number of each that you want, for example: "
    "ADULT {example}. Each is a choice of its own. If you want none, reply nothing.",
}
_AGAIN = {
    "ms": "Belum ada persetujuan direkodkan. {how}",
    "en": "No consent is recorded yet. {how}",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer says: which numbers, and whether its writer states to be an adult."""

    numbers: tuple[int, ...]
    is_adult: bool


def code_of(key: str) -> str:
    """What people write behind SERTAI or JOIN for the form with this key; empty where the key makes no such code."""
    code = key.upper()
    return code if _CODE.fullmatch(code) else ""


def language_of(words: str) -> str:
    """The language in which somebody joins: that of the keyword, English for JOIN."""
    return "en" if re.search(r"\bjoin\b", words, re.IGNORECASE) else "ms"


def text_of(title: str, notices: Sequence[Mapping[str, str]], language: str) -> str:
    """The form as one text: each purpose numbered with what is its own, then what all share, then how to answer."""
    common = {slot for slot in notices[0] if len({one.get(slot) for one in notices}) == 1}
    if len(notices) == 1:
        common -= {"statement"}
    lines = [title] if title else []
    for number, texts in enumerate(notices, start=1):
        own = " ".join(text for slot, text in texts.items() if slot not in common and text)
        lines.append(f"{number}. {own}")
    lines += [text for slot, text in notices[0].items() if slot in common and text]
    return "\n\n".join([*lines, how_of(len(notices), language)])


def how_of(purposes: int, language: str) -> str:
    """How to answer, as it stands at the end of the form."""
    return _HOW[language].format(example="1" if purposes == 1 else "1 2" if purposes == 2 else "1 3")


def again(purposes: int, language: str) -> str:
    """What is said to an answer that chooses nothing, or leaves the age open."""
    return _AGAIN[language].format(how=how_of(purposes, language))


def pages_of(text: str) -> list[str]:
    """The text in pieces that WhatsApp takes, cut between paragraphs; a paragraph that is too long is cut anywhere."""
    pages = [""]
    for paragraph in text.split("\n\n"):
        for start in range(0, len(paragraph), MOST_LETTERS):
            piece = paragraph[start : start + MOST_LETTERS]
            if pages[-1] and len(pages[-1]) + len(piece) + 2 > MOST_LETTERS:
                pages.append("")
            pages[-1] += ("\n\n" if pages[-1] else "") + piece
    return pages


def read(words: str) -> Answer | None:
    """The answer, if these words are one to a form: numbers, the word for an adult, a yes, and nothing else."""
    said = words.casefold().strip()
    if len(said) > 100 or not _ANSWER.fullmatch(said):
        return None
    pieces = re.findall(r"[a-z]+|\d+", said)
    numbers = tuple(dict.fromkeys(int(piece) for piece in pieces if piece.isdigit()))
    others = {piece for piece in pieces if not piece.isdigit()}
    return Answer(numbers, bool(others & _ADULT)) if others <= _ADULT | _BESIDE else None


def chosen(answer: Answer, purposes: int) -> tuple[int, ...]:
    """The numbers that this answer agrees to: none where the age is left open or a number is none of the form's."""
    if not answer.is_adult or any(not 1 <= number <= purposes for number in answer.numbers):
        return ()
    return answer.numbers
