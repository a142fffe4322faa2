"""The verifier's parts, each against the one in Izin that it must agree with, and against what it must refuse."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.consent.decision import Act as Kind
from izin.consent.decision import Fact
from izin.consent.decision import decide as decide_here
from izin.evidence import archive as writer
from izin.ledger import chain
from izin_verify import archive, merkle, note, strict_json
from izin_verify.acts import Act
from izin_verify.note import Key
from izin_verify.refusal import Refused
from izin_verify.standing import Rule, decide
from izin_verify.words import FRAME, NOT_PROVEN, PROVEN, REFUSALS

SEED, NAME = bytes(range(32)), "izin/example"
KEY = Key.parse(chain.verifier_key(NAME, SEED))
START = datetime(2026, 1, 1, tzinfo=UTC)

# Roots by size of the well-known test tree of transparency-dev/merkle (Apache-2.0): leaves 1 to 8.
CONTENTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
whole = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    st.none() | st.booleans() | whole | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def code_of(work: Any, *arguments: Any) -> str:
    with pytest.raises(Refused) as refused:
        work(*arguments)
    return refused.value.code


# --- tree and notes ---


def test_the_published_roots() -> None:
    leaves = [merkle.leaf_hash(bytes.fromhex(content)) for content in CONTENTS]
    for size, root in ROOTS.items():
        assert merkle.root(leaves[:size]).hex() == chain.root(leaves[:size]).hex() == root


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_checkpoints_that_we_sign_are_read_alike(size: int, root: bytes) -> None:
    signed = chain.sign_note(chain.Checkpoint(NAME, size, root).text(), NAME, SEED)
    assert note.checkpoint(signed, KEY, "") == note.Checkpoint(NAME, size, root)


@pytest.mark.parametrize("origin", ["izin/other", "izin/example/"])
def test_a_checkpoint_of_another_log_is_refused_although_the_key_signed_it(origin: str) -> None:
    signed = chain.sign_note(chain.Checkpoint(origin, 1, bytes(32)).text(), NAME, SEED)
    assert code_of(note.checkpoint, signed, KEY, "") == "checkpoint_malformed"


def test_every_changed_character_of_a_checkpoint_is_refused() -> None:
    signed = chain.sign_note(chain.Checkpoint(NAME, 7, bytes(32)).text(), NAME, SEED)
    for at, character in enumerate(signed):
        for other in ("A" if character != "A" else "B", "", character * 2, "\x00", "é"):
            assert code_of(note.checkpoint, signed[:at] + other + signed[at + 1 :], KEY, "")


def test_a_witness_beside_our_signature_does_no_harm_and_no_good() -> None:
    text = chain.Checkpoint(NAME, 7, bytes(32)).text()
    witness = chain.sign_note(text, "witness.example", bytes(32)).removeprefix(text + "\n")
    assert note.checkpoint(chain.sign_note(text, NAME, SEED) + witness, KEY, "").size == 7
    assert code_of(note.checkpoint, f"{text}\n{witness}", KEY, "") == "other_key"


# --- JSON ---


@given(values)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    raw = chain.canonical(value)
    assert strict_json.canonical(value, "") == raw
    assert strict_json.read(raw, "") == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a":1,"a":1}', "json_malformed"),
        (b'{"a": 1}', "json_not_canonical"),
        (b'{"b":1,"a":1}', "json_not_canonical"),
        (b"1.0", "json_malformed"),
        (b"NaN", "json_malformed"),
        (b"9007199254740993", "json_malformed"),
        (b"9" * 10_000, "json_malformed"),
        (b'"\\ud800"', "json_malformed"),
        (b"\xff", "json_malformed"),
        (b"", "json_malformed"),
        (b"[" * 100_000, "json_too_deep"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "json_too_deep"),
    ],
)
def test_json_with_two_readings_is_refused(raw: bytes, code: str) -> None:
    assert code_of(strict_json.read, raw, "") == code


def test_a_huge_line_is_refused_before_it_is_read() -> None:
    assert code_of(strict_json.read, bytes(strict_json.MOST_BYTES + 1), "") == "too_large"


# --- the archive ---


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9.]{0,9}(/[a-z0-9]{1,9})?", fullmatch=True), st.binary(max_size=99)))
def test_what_we_write_is_read_alike(files: dict[str, bytes]) -> None:
    files = {name: content for name, content in files.items() if ".." not in name}
    if files:
        assert archive.read(writer.write(files)) == files


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(raw: bytes) -> None:
    for bytes_ in (raw, b"PK\x03\x04" + raw, b"PK\x05\x06" + raw):
        assert code_of(archive.read, bytes_) in REFUSALS


# --- the rule of consent, a second time ---

stories = st.lists(
    st.tuples(
        st.sampled_from(list(Kind)),
        st.integers(0, 40),
        st.sampled_from(["promosi", "jadual", None]),
        st.sampled_from([1, 2]),
    ),
    max_size=12,
)


@given(stories, st.integers(0, 60), st.integers(1, 3))
def test_both_rules_decide_every_story_alike(
    story: list[tuple[Kind, int, str | None, int]], days: int, least: int
) -> None:
    lifetime, moment = timedelta(days=20), START + timedelta(days=days)
    acts, facts = [], []
    for number, (kind, day, purpose, grade) in enumerate(story):
        at = START + timedelta(days=day)
        public = {"act": kind.value, "at": _said(at), "purpose": purpose}
        if kind is Kind.ATTESTED and grade > 1:  # evidence from before there were grades has none: it is the least
            public["grade"] = grade
        until = at + timedelta(days=7) if kind is Kind.PAUSED else None
        acts.append(Act(number, 0, public | ({"until": _said(until)} if until else {}), None, at))
        if purpose in ("promosi", None):
            facts.append(Fact(number, kind, at, until, grade))
    decision = decide_here(facts, moment, lifetime, least)
    here = str(decision.state)
    if here == "granted" and decision.not_before is not None and decision.not_before > moment:
        here = "paused"
    assert decide(acts, "promosi", Rule(lifetime, least), moment) == here


def _said(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# --- words ---


def test_every_refusal_in_the_code_has_its_sentence_in_both_languages() -> None:
    import re
    from pathlib import Path

    import izin_verify

    source = "".join(file.read_text() for file in Path(izin_verify.__path__[0]).glob("*.py"))
    said = set(re.findall(r'Refused\(\s*"(\w+)"', source)) | {"key_malformed", "base64_malformed"}
    assert said == set(REFUSALS)
    shown = set(re.findall(r'\.shows\("(\w+)"', source))
    assert shown | {code for code in PROVEN if code.startswith("stands_")} == set(PROVEN)
    for table in (REFUSALS, PROVEN, NOT_PROVEN, FRAME):
        for english, malay in table.values():
            assert english and malay and english != malay
            assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", malay))


def test_base64_has_one_spelling() -> None:
    assert note.from_base64(base64.b64encode(b"ab").decode(), "") == b"ab"
    for text in ("YWJ=", "YWI", "YW I=", "YWI=\n", None, 3):
        assert code_of(note.from_base64, text, "") == "base64_malformed"
