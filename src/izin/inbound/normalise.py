"""Bringing a reply into one spelling before its meaning is looked for. Pure.

People write STOP as ＳＴＯＰ, s t o p, st0p, stoppp, *Stop*, with Cyrillic letters or invisible characters between.
Here it becomes words and clauses; which word a strange spelling stands for is asked in ``spelling``.
"""

import re
from dataclasses import dataclass

from izin.inbound.folding import fold
from izin.inbound.lexicon import HAN, SOFT_BREAKS, WORDS

_ENDS = ".,;:!?\n\r。，！？；：、…—–|/()（）"
_LETTER = r"[^\W_\u3400-\u9fff]|[\u0900-\u0dff\u0e31-\u0e4e\u1000-\u109f]"
# A word may hold one joiner between letters ("un-subscribe", "S.T.O.P", "don't"); it is taken apart later if unknown.
_ASCII_TOKEN = re.compile(r"[a-z0-9$@]+(?:['.*_-][a-z0-9$@]+)*|[.,;:!?\n|/()]|(?<=\s)-(?=\s)")
_TOKEN = re.compile(
    rf"(?=[\u3400-\u9fff])(?:{HAN}|.)|(?:{_LETTER}|[$@])+(?:['.*_-](?:{_LETTER}|[$@])+)*|[{re.escape(_ENDS)}]|(?<=\s)-(?=\s)"
)
_JOINER = re.compile(r"['.*_-]")
_SPACED = re.compile(r"(?<![^\W_])(?:[a-z\u0370-\u04ff][ \t.\-_*]+){2,}[a-z\u0370-\u04ff](?![^\W_])")
_NOT_A_LETTER = re.compile(r"[ \t.\-_*]")
_SPACED_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff](?:[ \t]|$))")
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6}")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply in one spelling.

    ``clauses``: the words of each clause with whether it ended in a question mark; ``words``: all words; ``folded``:
    the text in lower case without accents and invisible characters; ``number``: whether it holds a run of seven or
    more digits.
    """

    clauses: list[tuple[list[str], bool]]
    words: list[str]
    folded: str
    number: bool


def normalise(text: str) -> Reply:
    """The reply split into clauses and words."""
    folded = fold(text)
    if "\n" in folded or "\r" in folded:
        folded = _unbroken(folded)
    if not folded.isascii():
        folded = _SPACED_HAN.sub("", folded)
    tokens = (_ASCII_TOKEN if folded.isascii() else _TOKEN).findall(folded)
    if sum(map(_is_lone, tokens)) > 2:
        apart = _SPACED.sub(lambda letters: _NOT_A_LETTER.sub("", letters[0]), folded)
        tokens = (_ASCII_TOKEN if apart.isascii() else _TOKEN).findall(apart)
    return Reply(
        _clauses(tokens),
        [token for token in tokens if token not in _ENDS],
        folded,
        _LONG_NUMBER.search(folded) is not None,
    )


def _unbroken(folded: str) -> str:
    """Lines of one word or so made one line: the break does not end a sentence there."""
    lines = folded.splitlines()
    return " ".join(lines) if len(folded.split()) < 2 * sum(map(bool, map(str.strip, lines))) else folded


def _is_lone(token: str) -> bool:
    return len(token) == 1 and token.isalpha()


def _clauses(tokens: list[str]) -> list[tuple[list[str], bool]]:
    clauses: list[tuple[list[str], bool]] = []
    words: list[str] = []
    for piece in tokens:
        if piece in SOFT_BREAKS or piece in _ENDS or piece == "-":
            if words:
                clauses.append((words, piece in "?？"))
                words = []
            elif piece in "?？" and clauses:
                clauses[-1] = (clauses[-1][0], True)
        elif piece.isalnum():
            words.append(piece)
        else:
            _take_apart(piece, words, clauses)
            words = clauses.pop()[0]
    if words:
        clauses.append((words, False))
    return clauses


def _take_apart(token: str, words: list[str], clauses: list[tuple[list[str], bool]]) -> None:
    """Add a word with joiners: whole if that is a word we know, else in parts, with a full stop ending a clause.

    The last of ``clauses`` is then the clause that is still open.
    """
    whole = _JOINER.sub("", token)
    if whole in WORDS or not _JOINER.search(token):
        words.append(whole)
        clauses.append((words, False))
        return
    for place, sentence in enumerate(token.split(".")):
        parts = [part for part in _JOINER.split(sentence) if part]
        if place:
            words = parts
        else:
            words += parts
        clauses.append((words, False))
