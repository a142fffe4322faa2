"""The keyring: what is sealed opens only in its place, and secrets do not show."""

import base64
import hmac
import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.lib import keyring
from izin.lib.keyring import KeyMissing, OrganisationKeys, RootKey, Unreadable

KEY = bytes(range(32))
ORGANISATION = UUID("00000000-0000-4000-8000-000000000001")
CELL = keyring.associated(ORGANISATION, "contacts_identity", "value", ORGANISATION)


@given(st.binary(max_size=300) | st.text(max_size=100).filter(str.isprintable), st.integers(0, 2**64 - 1))
def test_what_is_sealed_opens_again(plaintext: str | bytes, key_id: int) -> None:
    sealed = keyring.seal(KEY, plaintext, CELL, key_id)
    content = plaintext.encode() if isinstance(plaintext, str) else plaintext
    assert keyring.unseal(KEY, memoryview(sealed), CELL) == content  # type: ignore[arg-type]
    assert keyring.key_id_of(sealed) == key_id
    assert len(sealed) == 1 + 8 + 12 + 16 + 32 * (len(content) // 32 + 1)


def test_the_length_of_a_number_does_not_show() -> None:
    assert len({len(keyring.seal(KEY, "+" + "1" * digits, CELL)) for digits in range(7, 16)}) == 1


def test_no_two_seals_are_alike() -> None:
    assert len({keyring.seal(KEY, "same", CELL) for _ in range(100)}) == 100


def test_every_changed_bit_and_every_cut_is_noticed() -> None:
    sealed = keyring.seal(KEY, "+60123456789", CELL, 7)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unreadable):
            keyring.unseal(KEY, bytes(changed), CELL)
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            keyring.unseal(KEY, sealed[:length], CELL)
    with pytest.raises(Unreadable):
        keyring.unseal(keyring.new_key(), sealed, CELL)


def test_every_cell_swap_is_noticed() -> None:
    other = uuid4()
    places = {
        keyring.associated(organisation, table, column, row)
        for organisation in (ORGANISATION, other)
        for table in ("contact", "contac")
        for column in ("name", "tname")
        for row in (ORGANISATION, other, 1, "11")
    }
    assert len(places) == 2 * 2 * 2 * 4
    sealed = {place: keyring.seal(KEY, "value", place) for place in places}
    for place in places:
        for origin, value in sealed.items():
            if origin == place:
                assert keyring.unseal(KEY, value, place) == b"value"
            else:
                with pytest.raises(Unreadable):
                    keyring.unseal(KEY, value, place)


@given(st.binary(max_size=120))
def test_foreign_bytes_are_unreadable_and_nothing_more_is_said(junk: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        keyring.unseal(KEY, junk, CELL)
    assert refused.value.sentence == "A sealed value could not be opened." == str(refused.value)


def test_blind_index_depends_on_key_kind_and_value() -> None:
    index = keyring.blind_index(KEY, "phone", "+60123456789")
    assert index == hmac.digest(KEY, b"phone\x00v1\x00+60123456789", "sha256")[:16]
    others = {
        keyring.blind_index(KEY, "wa_id", "+60123456789"),
        keyring.blind_index(KEY, "phone", "+60123456780"),
        keyring.blind_index(bytes(32), "phone", "+60123456789"),
    }
    assert len(index) == 16 and len(others | {index}) == 4
    with pytest.raises(ValueError, match="NUL"):
        keyring.blind_index(KEY, "phone\0v1", "x")


def test_a_wrapped_key_comes_back_and_only_keys_are_wrapped() -> None:
    key = keyring.new_key()
    assert keyring.unwrap(KEY, keyring.wrap(KEY, key, CELL), CELL) == key
    with pytest.raises(ValueError, match="32"):
        keyring.wrap(KEY, b"short", CELL)
    with pytest.raises(Unreadable):
        keyring.unwrap(KEY, keyring.seal(KEY, b"short", CELL), CELL)


def test_derivation_is_hkdf_and_labels_separate() -> None:
    extracted = hmac.digest(bytes(32), KEY, "sha256")  # RFC 5869 by hand: extract without salt, then one expansion
    assert keyring.derive(KEY, "index") == hmac.digest(extracted, b"izin/v1/index\x01", "sha256")
    assert len({keyring.derive(KEY, label) for label in ("a", "b", "ab")} | {keyring.derive(bytes(32), "a")}) == 4


def test_an_organisations_keys_differ_and_do_not_show() -> None:
    names = ("wrapping", "index", "suppression", "message_index", "inbox", "codes", "signing_seed")
    keys, again = OrganisationKeys(ORGANISATION, KEY), OrganisationKeys(ORGANISATION, KEY)
    made = {name: getattr(keys, name) for name in names}
    assert len(set(made.values()) | {KEY}) == len(names) + 1
    assert all(len(key) == 32 and getattr(again, name) == key for name, key in made.items())
    assert keys.index is keys.index
    assert repr(keys) == f"OrganisationKeys(organisation_id={ORGANISATION!r})"


def test_the_root_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "root.key"
    made = RootKey.create(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert [entry.name for entry in file.parent.iterdir()] == ["root.key"]
    wrapped = made.wrap(KEY, CELL)
    assert RootKey.load({}, file).unwrap(wrapped, CELL) == KEY
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        RootKey.create(file)
    assert file.read_bytes() == before and len(list(file.parent.iterdir())) == 1
    assert RootKey.load({"IZIN_ROOT_KEY": before.decode()}, tmp_path / "none").unwrap(wrapped, CELL) == KEY
    with pytest.raises(Unreadable):
        RootKey.load({"IZIN_ROOT_KEY": base64.b64encode(KEY).decode()}, file).unwrap(wrapped, CELL)
    assert repr(made) == "RootKey()"


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o420, 0o644])
def test_a_root_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "root.key"
    RootKey.create(file)
    file.chmod(mode)
    with pytest.raises(KeyMissing, match=r"open to other users: run chmod 400"):
        RootKey.load({}, file)


@pytest.mark.parametrize("content", ["", "not base64!", base64.b64encode(b"short").decode(), "é", "x" * 9000])
def test_a_root_key_that_is_none_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    file = tmp_path / "root.key"
    file.write_text(content)
    file.chmod(0o400)
    with pytest.raises(KeyMissing, match="32 bytes in base64") as refused:
        RootKey.load({}, file)
    assert not content or content not in refused.value.sentence
    if content:
        with pytest.raises(KeyMissing, match="IZIN_ROOT_KEY does not hold"):
            RootKey.load({"IZIN_ROOT_KEY": content}, file)


def test_no_root_key_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="set IZIN_ROOT_KEY, or put the key back at"):
        RootKey.load({"IZIN_ROOT_KEY": " "}, tmp_path / "root.key")
    with pytest.raises(KeyMissing, match="cannot be read"):
        RootKey.load({}, tmp_path)


@given(st.integers(0, 200))
def test_the_size_of_what_is_sealed_is_known_beforehand(length: int) -> None:
    assert len(keyring.seal(keyring.new_key(), bytes(length), b"place")) == keyring.sealed_size(length)
