"""Whether a reply resembles those that stopped, where the rules found nothing or were unsure. Pure.

A linear model over words, pairs of words, runs of 2 to 4 letters in words, runs of 1 to 4 kinds of words, and which
two kinds stand in one clause. Its weights are whole numbers in ``resembling.txt``, made by ``bin/weigh-replies`` from
the published corpus (docs/decisions/0014). It only moves between ordinary talk and a hold: it never stops anybody and
never lifts a stop.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from itertools import combinations
from math import sqrt

SCALE = 64  # of the weights and of the result
LONGEST = 200  # words of a reply, and letters of a word or clause, that are looked at
LIKE_A_STOP = 18  # the score from which what says nothing to the rules is held
SURELY_A_STOP = 100  # the same where no word refuses, asks or blames
LIKE_TALK = -70  # the score below which an unsure hold is ordinary talk

_FILE = "resembling.txt"


def features(words: list[str], clauses: Iterable[str]) -> list[str]:
    """What the model looks at: the words of a reply and its clauses as letters of kinds (``lexicon.KINDS``)."""
    found = [feature for word in words[:LONGEST] for feature in _of_word(word)]
    found += [f"{one} {two}" for one, two in _pairs(words)]
    return found + [feature for clause in clauses for feature in _of_clause(clause)]


def resemblance(words: list[str], clauses: Iterable[str]) -> int:
    """How much this is like a stop (above zero) or like ordinary talk (below)."""
    total = size = 0
    for weight, count in (*map(_weighed_word, words[:LONGEST]), *map(_weighed_clause, clauses)):
        total += weight
        size += count
    pairs = _pairs(words)
    for one, two in pairs:
        total += _WEIGHTS.get(f"{one} {two}", 0)
    return _BASE + round(total / sqrt(size + len(pairs) or 1))


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    some = words[:LONGEST]
    return list(zip(["^", *some], [*some, "$"], strict=True))


def _of_word(word: str) -> list[str]:
    written = f"<{word[:LONGEST]}>"
    return [written, *_runs(written, (2, 3, 4))]


def _of_clause(clause: str) -> list[str]:
    runs = ["=" + run for run in _runs(f"^{clause[:LONGEST]}$", (1, 2, 3, 4))]
    return runs + [f"#{one}{two}" for one, two in combinations(sorted(set(clause[:LONGEST])), 2)]


def _runs(text: str, sizes: tuple[int, ...]) -> list[str]:
    return [text[start : start + size] for size in sizes for start in range(len(text) - size + 1)]


@lru_cache(maxsize=8192)
def _weighed_word(word: str) -> tuple[int, int]:
    found = _of_word(word)
    return sum([_WEIGHTS.get(feature, 0) for feature in found]), len(found)


@lru_cache(maxsize=4096)
def _weighed_clause(clause: str) -> tuple[int, int]:
    found = _of_clause(clause)
    return sum([_WEIGHTS.get(feature, 0) for feature in found]), len(found)


def _read() -> dict[str, int]:
    """The weights: a digest of what they were made from, then each line one weight and its features, parted by tabs."""
    weights = {}
    for line in resources.files(__package__).joinpath(_FILE).read_text("utf-8").splitlines()[1:]:
        weight, *named = line.split("\t")
        weights.update(dict.fromkeys(named, int(weight)))
    return weights


_WEIGHTS = _read()
_BASE = _WEIGHTS.pop("base", 0)
