"""The published corpus of replies (tests/data/optout, docs/understanding.md): what is promised of it is held here.

``tune``, ``tune2`` and ``tune3``: the rules were made with these lines in view (``tune2`` was held out before,
``tune3`` was written to find what the rules lacked). ``check``: written before the rules by the same people; read when
the lists were widened. ``fresh`` and those with a number: each measured before anything was changed for it, then
opened. The model learns from all of these. ``blind``: written by others, unseen by those who change words, rules or
model; only its counts are ever printed.
"""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.inbound.understanding import Intent, understand

CORPUS = Path(__file__).parents[1] / "data" / "optout"
GROUPS = ("ms", "en", "id", "zh", "ta", "eu")
STOPS = frozenset({"stop_all", "stop_purpose"})
CAUGHT = STOPS | {"hold"}


@cache
def lines(split: str) -> tuple[tuple[str, str, str, str], ...]:
    """(group, label, text, note) of each line."""
    found = []
    for file in sorted(CORPUS.glob("*.tsv")):
        if split in file.stem.split("-"):
            group = next(group for group in GROUPS if group in file.stem.split("-"))
            with file.open(newline="", encoding="utf-8") as opened:
                rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
                found += [(group, row["label"], row["text"], row["note"] or "") for row in rows]
    return tuple(found)


@cache
def judged(split: str) -> tuple[tuple[str, str, bool], ...]:
    """(group, label, is it stopped or held) of each line."""
    return tuple((group, label, understand(text).intent in CAUGHT) for group, label, text, _ in lines(split))


def share(split: str, labels: frozenset[str], *groups: str) -> float:
    """How much of the lines with these labels is stopped or held, from 0 to 1."""
    counted = Counter(
        is_caught for group, label, is_caught in judged(split) if label in labels and group in (groups or GROUPS)
    )
    return counted[True] / max(1, counted.total())


def test_the_corpus_is_large_enough_and_well_formed() -> None:
    ours = [*lines("tune"), *lines("check")]
    labels = Counter(label for _, label, _, _ in ours)
    assert len(ours) >= 1_200
    assert labels["other"] >= 300
    assert set(labels) <= set(get_args(Intent))
    assert all(labels[intent] >= 10 for intent in get_args(Intent))


OPENED = sorted({file.stem.partition("-")[2] for file in CORPUS.glob("??-*.tsv")})


@pytest.mark.parametrize("split", [*OPENED, "blind"])
def test_the_promise(split: str) -> None:
    assert len(lines(split)) >= 400
    assert share(split, STOPS) >= 0.995
    assert share(split, frozenset({"hold"})) >= 0.95 or all(label != "hold" for _, label, _, _ in lines(split))
    assert share(split, frozenset({"other"})) <= 0.02


@pytest.mark.parametrize("group", GROUPS)
def test_no_language_is_left_behind(group: str) -> None:
    assert share("tune", STOPS, group) >= 0.98


def test_the_weights_are_made_from_these_lines_and_words() -> None:
    asked = [sys.executable, str(Path(__file__).parents[2] / "bin" / "weigh-replies"), "--stale"]
    assert subprocess.run(asked, check=False).returncode == 0, "run bin/weigh-replies"


def test_a_purpose_that_is_known_is_named() -> None:
    for split in ("tune", "check"):
        for _, label, text, note in lines(split):
            if label == "stop_purpose":
                purpose = note.removeprefix("purpose=")
                meaning = understand(text, purposes=(purpose, "zzz"))
                assert (meaning.intent, meaning.purpose) == ("stop_purpose", purpose)


def test_answers_that_stop_nothing_keep_their_meaning() -> None:
    for split in ("tune", "check"):
        for _, label, text, _ in lines(split):
            if label in ("confirm", "join", "help", "my_data", "resume"):
                assert understand(text).intent not in CAUGHT


# --- what never changes a clear stop

CLEAR = sorted(
    text for _, label, text, _ in lines("tune") if label == "stop_all" and understand(text).intent == "stop_all"
)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def missed(change: Callable[[str], str], caught: frozenset[str] = CAUGHT) -> list[str]:
    """The clear stops that are no longer caught when they are written in this way."""
    return [text for text in CLEAR if understand(change(text)).intent not in caught]


@pytest.mark.parametrize("way", [str.upper, str.lower, str.swapcase])
def test_case(way: Callable[[str], str]) -> None:
    assert missed(way, frozenset({"stop_all"})) == []


@pytest.mark.parametrize("space", ["  ", "\t", "\u00a0", "\u3000"])
def test_wider_spaces(space: str) -> None:
    assert missed(lambda text: space.join(text.split(" "))) == []


def test_one_word_a_line() -> None:
    assert missed(lambda text: "\n".join(text.split())) == []


def test_full_width() -> None:
    def wide(text: str) -> str:
        return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)

    assert missed(wide) == []


@given(
    text=st.sampled_from(CLEAR),
    before=st.text(" \n\t*_~\"“”'«»!.…-🙏😭", max_size=4),
    after=st.text(' \n\t*_~"“”»!.…🙏😭', max_size=4),
)
def test_punctuation_and_space_around(text: str, before: str, after: str) -> None:
    assert understand(f"{before} {text} {after}").intent in CAUGHT


@given(data=st.data(), text=st.sampled_from(CLEAR))
def test_invisible_characters(data: st.DataObject, text: str) -> None:
    letters = list(text)
    for place in data.draw(st.lists(st.integers(0, len(letters)), max_size=5)):
        letters.insert(place, data.draw(st.sampled_from(INVISIBLE)))
    assert understand("".join(letters)).intent == "stop_all"


@given(
    word=st.sampled_from(["berhenti", "stop", "unsubscribe", "hentikan", "nyahlanggan", "batal"]),
    times=st.integers(2, 9),
)
def test_a_last_letter_that_is_drawn_out(word: str, times: int) -> None:
    assert understand(word + word[-1] * times).intent == "stop_all"


@given(text=st.sampled_from(CLEAR), data=st.data())
def test_words_on_lines_of_their_own(text: str, data: st.DataObject) -> None:
    pieces = text.split(" ")
    breaks = [data.draw(st.sampled_from([" ", "\n"])) for _ in pieces]
    broken = "".join(piece + space for piece, space in zip(pieces, breaks, strict=True))
    assert understand(broken).intent in CAUGHT


@given(text=st.sampled_from([text for text in CLEAR if text.isascii() and text.isprintable()]))
def test_full_width_letters(text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in text)
    assert understand(wide).intent in CAUGHT


@given(st.text(max_size=300) | st.text(alphabet="stop brhenti\n.,不要发nak?", max_size=300))
def test_any_text_is_understood_as_something(text: str) -> None:
    assert understand(text).intent in get_args(Intent)
