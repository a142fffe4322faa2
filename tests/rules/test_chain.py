"""The ledger's mathematics, against a second implementation that is as slow and as plain as the RFC's definition."""

import base64
import functools
import hashlib

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from izin.ledger import chain
from izin.ledger.chain import Checkpoint, Frontier, Invalid

SIZES = range(1, 129)
CONTENTS = [b"entry %d" % index for index in range(SIZES.stop)]
LEAVES = [chain.leaf_hash(content) for content in CONTENTS]


# --- RFC 6962 section 2.1, word for word, on leaf contents ---


@functools.cache
def mth(start: int, end: int) -> bytes:
    """MTH(D[start:end])."""
    if end == start:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return hashlib.sha256(b"\x00" + CONTENTS[start]).digest()
    k = half(end - start)
    return hashlib.sha256(b"\x01" + mth(start, start + k) + mth(start + k, end)).digest()


def half(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def path(m: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[start:end])."""
    if end - start == 1:
        return []
    k = half(end - start)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, end)]
    return [*path(m - k, start + k, end), mth(start, start + k)]


def subproof(m: int, start: int, end: int, b: bool) -> list[bytes]:
    """SUBPROOF(m, D[start:end], b)."""
    if m == end - start:
        return [] if b else [mth(start, end)]
    k = half(end - start)
    if m <= k:
        return [*subproof(m, start, start + k, b), mth(start + k, end)]
    return [*subproof(m - k, start + k, end, False), mth(start, start + k)]


# --- roots and the frontier ---


def test_roots_of_every_size() -> None:
    frontier = Frontier()
    assert frontier.root() == chain.root([]) == hashlib.sha256(b"").digest()
    for size in SIZES:
        frontier.append(LEAVES[size - 1])
        assert frontier.size == size
        assert frontier.root() == chain.root(LEAVES[:size]) == mth(0, size)
        assert len(frontier.to_bytes()) == 8 + 32 * size.bit_count()
        frontier = Frontier.from_bytes(memoryview(frontier.to_bytes()))  # type: ignore[arg-type]


def test_known_answers() -> None:
    """Leaves of the well-known transparency test tree (empty, 00, 10, 2021, …) and its root of eight."""
    contents = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [chain.leaf_hash(bytes.fromhex(content)) for content in contents]
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert chain.root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("stored", [b"", bytes(7), bytes(8) + bytes(32), (3).to_bytes(8) + bytes(32), bytes(9)])
def test_a_broken_frontier_is_refused(stored: bytes) -> None:
    with pytest.raises(Invalid):
        Frontier.from_bytes(stored)


def test_leaf_contents_in_place_of_hashes_are_refused() -> None:
    with pytest.raises(ValueError, match="leaf_hash"):
        chain.root([b"content"])


# --- proofs ---


def test_every_inclusion_proof_of_every_size() -> None:
    for size in SIZES:
        for index in range(size):
            proof = chain.inclusion_proof(LEAVES[:size], index)
            assert proof == path(index, 0, size)
            chain.verify_inclusion(LEAVES[index], index, size, proof, mth(0, size))


def test_every_consistency_proof_of_every_size() -> None:
    for size in SIZES:
        for first in range(1, size + 1):
            proof = chain.consistency_proof(LEAVES[:size], first)
            assert proof == subproof(first, 0, size, True)
            chain.verify_consistency(first, size, mth(0, first), mth(0, size), proof)


def mutations(proof: list[bytes]) -> list[list[bytes]]:
    """The proof with every byte changed, one hash dropped, doubled or swapped, and with one too many or cut."""
    changed = []
    for at, value in enumerate(proof):
        for byte in range(32):
            other = value[:byte] + bytes([value[byte] ^ 1 << byte % 8]) + value[byte + 1 :]
            changed.append([*proof[:at], other, *proof[at + 1 :]])
        changed.append([*proof[:at], *proof[at + 1 :]])
        changed.append([*proof[:at], value, *proof[at:]])
        changed.append([*proof[:at], value[:31], *proof[at + 1 :]])
        if at:
            changed.append([*proof[: at - 1], value, proof[at - 1], *proof[at + 1 :]])
    return [*changed, [*proof, bytes(32)], [bytes(32), *proof]]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_every_changed_inclusion_proof_is_refused(size: int) -> None:
    for index in range(size):
        proof, root, leaf = path(index, 0, size), mth(0, size), LEAVES[index]
        for other in mutations(proof):
            with pytest.raises(Invalid):
                chain.verify_inclusion(leaf, index, size, other, root)
        for statement in [
            (LEAVES[index + 1], index, size, proof, root),
            (leaf, index, size, proof, mth(0, size + 1)),
            (leaf, size, size, proof, root),
            (leaf, -1, size, proof, root),
            (leaf, index, 0, proof, root),
            (leaf, index, size * 4, proof, root),
            *((leaf, other, size, proof, root) for other in range(size) if other != index),
        ]:
            with pytest.raises(Invalid):
                chain.verify_inclusion(*statement)


@pytest.mark.parametrize(
    ("first", "second"), [(1, 2), (1, 8), (2, 3), (3, 7), (4, 7), (6, 8), (7, 13), (8, 13), (5, 5)]
)
def test_every_changed_consistency_proof_is_refused(first: int, second: int) -> None:
    proof, old, new = subproof(first, 0, second, True), mth(0, first), mth(0, second)
    for other in mutations(proof):
        with pytest.raises(Invalid):
            chain.verify_consistency(first, second, old, new, other)
    for statement in [
        (second + 1, second, old, new, proof),
        (-1, second, old, new, proof),
        (first, second, mth(0, first + 1), new, proof),
        (first, second, old, mth(0, second + 1), proof),
        (first, second * 4, old, new, proof),
    ]:
        with pytest.raises(Invalid):
            chain.verify_consistency(*statement)


@pytest.mark.parametrize("second", [0, 1, 8])
def test_consistency_from_an_empty_tree_shows_nothing(second: int) -> None:
    with pytest.raises(Invalid):
        chain.verify_consistency(0, second, chain.EMPTY_ROOT, mth(0, second), [])
    with pytest.raises(IndexError):
        chain.consistency_proof(LEAVES[:second], 0)
    with pytest.raises(IndexError):
        chain.inclusion_proof(LEAVES[:second], second)


# --- canonical bytes and commitments ---


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
@example('\x00\x08\x0c\x1f\x7f\u2028\u2029\ue000\U0001f6d1\\"/')
@example({"\ue000": 1, "\U0001f6d1": 2, "a": {"B": [], "A": {}}})
@example([2**53 - 1, 2**53, -(2**53), 1.0, -0.0, True, None, "\ud800"])
def test_the_quick_way_writes_the_bytes_of_the_standard(value: object) -> None:
    try:
        expected = rfc8785.dumps(value)
    except (ValueError, UnicodeError):
        with pytest.raises((ValueError, UnicodeError)):
            chain.canonical(value)
    else:
        assert chain.canonical(value) == expected


def test_canonical_bytes_do_not_depend_on_order_or_spacing() -> None:
    assert chain.canonical({"b": [1, "é", None, True], "a": 1.0}) == '{"a":1,"b":[1,"é",null,true]}'.encode()
    for unsayable in (2**60, float("nan"), {1: 2}, b"bytes", "\ud800"):
        with pytest.raises(ValueError):
            chain.canonical(unsayable)


def test_a_commitment_binds_salt_and_payload() -> None:
    salt = bytes(range(32))
    expected = hashlib.sha256(salt + b'{"a":1,"b":2}').hexdigest()
    assert chain.commitment(salt, {"b": 2, "a": 1}) == expected
    assert chain.commitment(bytes(32), {"a": 1, "b": 2}) != expected != chain.commitment(salt, {"a": 1, "b": 3})
    with pytest.raises(ValueError, match="32"):
        chain.commitment(b"short", {})


# --- checkpoints and notes ---

SEED, OTHER_SEED, NAME = bytes(range(32)), bytes(32), "izin.example/log/1"
VKEY = chain.verifier_key(NAME, SEED)
TEXT = Checkpoint(NAME, 7, mth(0, 7)).text()
NOTE = chain.sign_note(TEXT, NAME, SEED)


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_as_it_was_written(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("origin", size, root)
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


ROOT64 = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"o\n1\n{ROOT64}",
        f"o\n01\n{ROOT64}\n",
        f"o\n-1\n{ROOT64}\n",
        f"o\n+1\n{ROOT64}\n",
        f"o\n١\n{ROOT64}\n",
        f"o\n1 \n{ROOT64}\n",
        f"\n1\n{ROOT64}\n",
        f"o\n1\n{ROOT64}\nextension\n",
        f"o\n1\n{ROOT64[:-1]}\n",
        f"o\n1\n{ROOT64[:-2]}B=\n",  # bits behind the end: a second spelling of the same bytes
        f"o\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"o\r\n1\r\n{ROOT64}\r\n",
    ],
)
def test_anything_else_is_no_checkpoint(text: str) -> None:
    with pytest.raises(Invalid):
        Checkpoint.parse(text)


def test_a_signed_note_verifies_and_gives_its_text() -> None:
    assert chain.verify_note(NOTE, VKEY) == TEXT
    assert NOTE.startswith(TEXT + f"\n— {NAME} ") and NOTE.endswith("\n")


def test_the_published_example_verifies() -> None:
    """The example of the C2SP signed-note document (CC BY 4.0)."""
    note = (
        "This is an example message.\n\n— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert chain.verify_note(note, vkey) == "This is an example message.\n"


def test_signatures_of_unknown_keys_are_ignored_and_a_bad_known_one_refuses() -> None:
    witness = chain.sign_note(TEXT, "witness.example", OTHER_SEED).removeprefix(TEXT + "\n")
    same_name = chain.sign_note(TEXT, NAME, OTHER_SEED).removeprefix(TEXT + "\n")
    both = NOTE + witness + same_name
    assert chain.verify_note(both, VKEY) == TEXT
    assert chain.verify_note(both, chain.verifier_key("witness.example", OTHER_SEED)) == TEXT
    bad = chain.sign_note(TEXT.replace("\n7\n", "\n8\n"), NAME, SEED).rpartition("\n\n")[2]
    for note in (NOTE + bad, f"{TEXT}\n{bad}{witness}", f"{TEXT}\n{witness}", NOTE + witness * 100):
        with pytest.raises(Invalid):
            chain.verify_note(note, VKEY)


def test_every_changed_character_of_a_note_is_refused() -> None:
    for at, character in enumerate(NOTE):
        for other in ("A" if character != "A" else "B", "", character * 2, "\n", "\x00", "é"):
            if other == character:
                continue
            with pytest.raises(Invalid):
                chain.verify_note(NOTE[:at] + other + NOTE[at + 1 :], VKEY)


@pytest.mark.parametrize("note", ["", "\n\n", TEXT, TEXT + "\n", NOTE[:-1], NOTE.replace("—", "-"), "\ud800" + NOTE])
def test_malformed_notes_are_refused(note: str) -> None:
    with pytest.raises(Invalid):
        chain.verify_note(note, VKEY)


@given(st.text(max_size=200))
def test_any_text_is_refused_as_a_note_and_as_a_key(text: str) -> None:
    with pytest.raises(Invalid):
        chain.verify_note(text, VKEY)
    with pytest.raises(Invalid):
        chain.verify_note(NOTE, text)


def test_every_changed_character_of_a_verifier_key_is_refused() -> None:
    for at, character in enumerate(VKEY):
        with pytest.raises(Invalid):
            chain.verify_note(NOTE, VKEY[:at] + ("0" if character != "0" else "1") + VKEY[at + 1 :])


def test_a_verifier_key_with_another_id_is_refused_even_when_the_note_carries_that_id() -> None:
    head, _, encoded = NOTE[:-1].rpartition(" ")
    note = f"{head} {base64.b64encode(bytes(4) + base64.b64decode(encoded)[4:]).decode()}\n"
    name, _, key = VKEY.split("+", 2)
    with pytest.raises(Invalid, match="verifier key"):
        chain.verify_note(note, f"{name}+00000000+{key}")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\x01"])
def test_names_that_the_format_cannot_carry_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        chain.verifier_key(name, SEED)
    with pytest.raises(ValueError, match="name"):
        chain.sign_note("text\n", name, SEED)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "\ud800\n"])
def test_texts_that_the_format_cannot_carry_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        chain.sign_note(text, NAME, SEED)
