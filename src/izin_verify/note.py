"""Signed notes, verifier keys and checkpoints in the forms of C2SP (signed-note, tlog-checkpoint), Ed25519 only."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from izin_verify.refusal import Refused

MOST_SIGNATURES = 100
MOST_CHARACTERS = 100_000
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Key:
    """A public key with the name that its signatures carry."""

    name: str
    id: bytes
    public: Ed25519PublicKey

    @classmethod
    def parse(cls, text: str) -> "Key":
        """The key of a vkey, ``name+hex id+base64``. Raises Refused."""
        name, _, rest = text.strip().partition("+")
        stated, _, encoded = rest.partition("+")
        raw = from_base64(encoded, "key")
        if not is_name(name) or len(raw) != 33 or raw[0] != 1:
            raise Refused("key_malformed")
        key_id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if stated != key_id.hex():
            raise Refused("key_malformed")
        return cls(name, key_id, Ed25519PublicKey.from_public_bytes(raw[1:]))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log has signed: its name, its size and its root."""

    origin: str
    size: int
    root: bytes


def signed_text(note: str, key: Key, where: str) -> str:
    """The text of a note that the key has signed. Raises Refused; signatures of other keys do not count."""
    head, separator, tail = note.rpartition("\n\n")
    if not separator or not tail.endswith("\n") or CONTROL.search(note) or len(note) > MOST_CHARACTERS:
        raise Refused("note_malformed", where)
    text, held = head + "\n", False
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Refused("note_malformed", where)
    for line in lines:
        dash, name, encoded = ([*line.split(" "), "", ""])[:3]
        if dash != "—" or line.count(" ") != 2 or not is_name(name):
            raise Refused("note_malformed", where)
        signature = from_base64(encoded, where)
        if len(signature) < 5:
            raise Refused("note_malformed", where)
        if name == key.name and signature[:4] == key.id:
            _hold(key, signature[4:], text, where)
            held = True
    if not held:
        raise Refused("other_key", where)
    return text


def checkpoint(note: str, key: Key, where: str) -> Checkpoint:
    """The checkpoint in a note that the key has signed, of the log that bears the key's name. Raises Refused."""
    lines = signed_text(note, key, where).split("\n")
    if len(lines) != 4 or lines[3] or not SIZE.fullmatch(lines[1]):
        raise Refused("checkpoint_malformed", where)
    root = from_base64(lines[2], where)
    if len(root) != 32 or lines[0] != key.name:
        raise Refused("checkpoint_malformed", where)
    return Checkpoint(lines[0], int(lines[1]), root)


def from_base64(text: object, where: str) -> bytes:
    """Base64 in its one spelling. Raises Refused."""
    try:
        raw = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        raw = b""
    if base64.b64encode(raw).decode() != text:
        raise Refused("key_malformed" if where == "key" else "base64_malformed", where)
    return raw


def is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not CONTROL.search(name) and not any(map(str.isspace, name))


def _hold(key: Key, signature: bytes, text: str, where: str) -> None:
    try:
        key.public.verify(signature, text.encode())
    except InvalidSignature:
        raise Refused("signature", where) from None
