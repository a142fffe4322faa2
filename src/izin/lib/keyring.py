"""Keys and sealed fields. No models: bytes in, bytes out.

root key (a file or the environment, never the database) → organisation secret → one key per person → each field.
Fields are AES-256-GCM-SIV (RFC 8452), which keeps its promise except for equality even if a nonce came twice. Sealed
bytes: version (1) | key id (8) | nonce (12) | ciphertext and tag. The associated data name the cell, so that a value
copied to another row, column or organisation does not open. Plaintext is padded to whole blocks of 32 bytes, because
the length of a phone number tells the country.
"""

import base64
import binascii
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from izin.lib.errors import IzinError

KEY_BYTES: Final = 32
INDEX_BYTES: Final = 16
ROOT_KEY_VARIABLE: Final = "IZIN_ROOT_KEY"
_VERSION: Final = b"\x01"
_KEY_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_HEADER_BYTES: Final = len(_VERSION) + _KEY_ID_BYTES
_BLOCK: Final = 32


class Unreadable(IzinError):
    """Sealed bytes did not open. Which of key, place or bytes was wrong is not said, here or anywhere."""

    def __init__(self) -> None:
        super().__init__("A sealed value could not be opened.")


class KeyMissing(IzinError):
    """There is no usable root key; the sentence says what to do."""


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def derive(secret: bytes, label: str) -> bytes:
    """A key of 32 bytes for one use, by HKDF-SHA256 (RFC 5869) from ``secret``; another label, another key."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"izin/v1/" + label.encode()).derive(secret)


def associated(organisation_id: UUID, table: str, column: str, row_id: UUID | int | str) -> bytes:
    """The bytes that name one cell. Each part carries its length, so no two cells share a name."""
    row = str(row_id).encode()
    return _column(organisation_id, table, column) + len(row).to_bytes(2) + row


@lru_cache(maxsize=1024)
def _column(organisation_id: UUID, table: str, column: str) -> bytes:
    parts = (organisation_id.bytes, table.encode(), column.encode())
    return b"".join(len(part).to_bytes(2) + part for part in parts)


def seal(key: "bytes | Sealer", plaintext: str | bytes, associated: bytes, key_id: int = 0) -> bytes:
    """``plaintext`` (text as UTF-8) sealed for the cell named by ``associated``; ``key_id`` says later which key."""
    content = plaintext.encode() if isinstance(plaintext, str) else plaintext
    header, nonce = _VERSION + key_id.to_bytes(_KEY_ID_BYTES), os.urandom(_NONCE_BYTES)
    cipher = AESGCMSIV(key) if isinstance(key, bytes) else key.cipher
    return header + nonce + cipher.encrypt(nonce, _pad(content), header + associated)


class Sealer:
    """A key made ready once, to seal or open many times under it: making it ready takes longer than either."""

    __slots__ = ("cipher",)

    def __init__(self, key: bytes) -> None:
        self.cipher = AESGCMSIV(key)


def sealed_size(length: int) -> int:
    """How many bytes a plaintext of so many bytes takes when it is sealed."""
    return _HEADER_BYTES + _NONCE_BYTES + length + _BLOCK - length % _BLOCK + _TAG_BYTES


def unseal(key: "bytes | Sealer", sealed: bytes, associated: bytes) -> bytes:
    """The plaintext that was sealed with this key for this cell. Raises ``Unreadable`` for anything else."""
    sealed = bytes(sealed)  # PostgreSQL drivers give memoryviews
    header, rest = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    if header[:1] != _VERSION:
        raise Unreadable
    try:
        cipher = AESGCMSIV(key) if isinstance(key, bytes) else key.cipher
        padded = cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], header + associated)
    except (InvalidTag, ValueError):
        raise Unreadable from None
    return padded.rstrip(b"\x00")[:-1]


def key_id_of(sealed: bytes) -> int:
    """The key id that sealed bytes carry. It is only proved right once they open. Raises ``Unreadable``."""
    sealed = bytes(sealed)
    if sealed[:1] != _VERSION or len(sealed) < _HEADER_BYTES:
        raise Unreadable
    return int.from_bytes(sealed[1:_HEADER_BYTES])


def blind_index(key: bytes, kind: str, value: str) -> bytes:
    """16 bytes by which equal values of one kind are found without being stored: HMAC-SHA256 under ``key``, cut.

    ``v1`` in its input is the version of the normalisation that ``value`` went through.
    """
    if "\x00" in kind:
        raise ValueError("a kind has no NUL")
    return hmac.digest(key, f"{kind}\0v1\0{value}".encode(), "sha256")[:INDEX_BYTES]


def wrap(key: "bytes | Sealer", key_to_wrap: bytes, associated: bytes) -> bytes:
    """``key_to_wrap`` (32 bytes) sealed under ``key``."""
    if len(key_to_wrap) != KEY_BYTES:
        raise ValueError("only keys of 32 bytes are wrapped")
    return seal(key, key_to_wrap, associated)


def unwrap(key: "bytes | Sealer", wrapped: bytes, associated: bytes) -> bytes:
    """The key that was wrapped. Raises ``Unreadable``."""
    unwrapped = unseal(key, wrapped, associated)
    if len(unwrapped) != KEY_BYTES:
        raise Unreadable
    return unwrapped


def _pad(content: bytes) -> bytes:
    """One byte 0x80, then zeros to a whole block (ISO/IEC 7816-4): always removable, whatever the content ends with."""
    marked = content + b"\x80"
    return marked + bytes(-len(marked) % _BLOCK)


@dataclass(frozen=True)
class OrganisationKeys:
    """The keys of one organisation, derived from its secret when first needed. Its repr shows none of them."""

    organisation_id: UUID
    secret: bytes = field(repr=False)

    @cached_property
    def wrapping(self) -> bytes:
        """Wraps the key of each person."""
        return derive(self.secret, "wrapping")

    @cached_property
    def wrapper(self) -> Sealer:
        """The same key, ready to wrap many."""
        return Sealer(self.wrapping)

    @cached_property
    def index(self) -> bytes:
        """Blind index of phone numbers and other identities."""
        return derive(self.secret, "index")

    @cached_property
    def suppression(self) -> bytes:
        """Keyed hash that outlives an erasure; apart from ``index``, so that either can be replaced alone."""
        return derive(self.secret, "suppression")

    @cached_property
    def message_index(self) -> bytes:
        """Look-up of WhatsApp message ids, which contain the phone number in base64."""
        return derive(self.secret, "message index")

    @cached_property
    def inbox(self) -> bytes:
        """Seals raw webhook bodies until their retention ends."""
        return derive(self.secret, "inbox")

    @cached_property
    def inbox_sealer(self) -> Sealer:
        """The same key, ready to seal many."""
        return Sealer(self.inbox)

    @cached_property
    def codes(self) -> bytes:
        """One-time codes and link tokens."""
        return derive(self.secret, "codes")

    @cached_property
    def signing_seed(self) -> bytes:
        """Ed25519 seed that signs the checkpoints of this organisation's ledger."""
        return derive(self.secret, "signing seed")


@dataclass(frozen=True)
class RootKey:
    """The key above all others. It lives in the environment or in a file that only its owner reads."""

    _secret: bytes = field(repr=False)

    def wrap(self, key: bytes, associated: bytes) -> bytes:
        """An organisation's secret, sealed so that it can lie in the database."""
        return wrap(self._wrapping, key, associated)

    def unwrap(self, wrapped: bytes, associated: bytes) -> bytes:
        """An organisation's secret from the database. Raises ``Unreadable``, as when the root key is another one."""
        return unwrap(self._wrapping, wrapped, associated)

    @cached_property
    def _wrapping(self) -> bytes:
        return derive(self._secret, "root wrapping")

    @classmethod
    def load(cls, env: Mapping[str, str], file: Path) -> "RootKey":
        """The key in ``IZIN_ROOT_KEY`` (base64 of 32 bytes), else in ``file``. Raises ``KeyMissing``."""
        given = env.get(ROOT_KEY_VARIABLE, "").strip()
        if given:
            return cls(_decoded(given, ROOT_KEY_VARIABLE))
        try:
            with file.open("rb") as opened:
                mode = os.fstat(opened.fileno()).st_mode
                content = opened.read(4096)
        except FileNotFoundError:
            raise KeyMissing(f"There is no root key: set {ROOT_KEY_VARIABLE}, or put the key back at {file}.") from None
        except OSError as refused:
            raise KeyMissing(f"The root key {file} cannot be read: {refused.strerror}.") from None
        if stat.S_IMODE(mode) & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyMissing(f"The root key {file} is open to other users: run chmod 400 {file}.")
        return cls(_decoded(content.decode("ascii", "replace").strip(), str(file)))

    @classmethod
    def create(cls, file: Path) -> "RootKey":
        """A new key, written to ``file`` with mode 0400. The file appears whole or not at all.

        Raises ``FileExistsError``: a root key is never overwritten, for everything sealed under it would be lost.
        """
        secret = new_key()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as opened:
                opened.write(base64.b64encode(secret) + b"\n")
                opened.flush()
                os.fsync(opened.fileno())
            os.link(draft, file)
        finally:
            draft.unlink(missing_ok=True)
        directory = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        return cls(secret)


def _decoded(text: str, place: str) -> bytes:
    try:
        secret = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise KeyMissing(f"{place} does not hold a root key: it must be 32 bytes in base64.")
    return secret
