"""The mathematics of the ledger: canonical bytes, Merkle tree, proofs and signed checkpoints.

Tree, inclusion and consistency follow RFC 6962 section 2.1 and RFC 9162 section 2.1.3-2.1.4 with SHA-256; canonical
JSON is RFC 8785; checkpoints and notes are C2SP ``tlog-checkpoint`` and ``signed-note``. Everything here takes and
returns plain values. All tree functions work on leaf *hashes* (32 bytes, from ``leaf_hash``), never on leaf contents.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
_ED25519: Final = b"\x01"
_MOST_SIGNATURES: Final = 100
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_EXACT: Final = 2**53 - 1
_ENCODE: Final = msgspec.json.Encoder(order="sorted").encode
_SIGNATURE_LINE: Final = re.compile("— ([^ \n]+) ([A-Za-z0-9+/=]+)")


class Invalid(Exception):
    """A proof, note or checkpoint does not hold. The text names what failed; it carries no content."""


def canonical(value: Any) -> bytes:
    """``value`` (JSON types only) as RFC 8785 bytes. Raises ``ValueError`` for what JSON cannot say exactly.

    Almost everything in the ledger is plain: there msgspec writes the same bytes, some forty times as fast.
    """
    return _ENCODE(value) if _is_plain(value) else rfc8785.dumps(value)


def _is_plain(value: Any) -> bool:
    """Whether nothing in it is a matter for RFC 8785's finer rules: no fraction, no large number, no key or text in
    which the order or the encoding could differ."""
    kind = type(value)
    if kind is str:
        return value.isascii() or _SURROGATE.search(value) is None
    if kind is dict:
        for key, one in value.items():  # noqa: SIM110 - a generator would take most of the time of an import's rows
            if type(key) is not str or not key.isascii() or not _is_plain(one):
                return False
        return True
    if kind is list:
        return all(map(_is_plain, value))
    return value is None or kind is bool or (kind is int and -_EXACT <= value <= _EXACT)


def json_of(leaf: bytes) -> dict[str, Any]:
    """What canonical bytes say."""
    said: dict[str, Any] = json.loads(leaf)
    return said


def commitment(salt: bytes, payload: Mapping[str, Any]) -> str:
    """Hex SHA-256 of ``salt`` and the canonical payload. Once the 32 random bytes are gone it says nothing."""
    return commitment_to(salt, canonical(dict(payload)))


def commitment_to(salt: bytes, said: bytes) -> str:
    """The same for a payload whose canonical bytes are there already."""
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    return hashlib.sha256(salt + said).hexdigest()


# --- the tree ---------------------------------------------------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's content."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node; its prefix keeps a node from being passed off as a leaf."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: all that is needed to append and to state the root. O(log n) in size and per step."""

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        self._peaks: list[bytes] = []  # roots of the perfect subtrees, largest first: one per set bit of the size
        self._size = 0

    @property
    def size(self) -> int:
        """How many leaves have been appended."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right."""
        _require_hash(leaf)
        carried, size = leaf, self._size
        while size & 1:
            carried, size = node_hash(self._peaks.pop(), carried), size >> 1
        self._peaks.append(carried)
        self._size += 1

    def root(self) -> bytes:
        """The tree's root hash now."""
        if not self._peaks:
            return EMPTY_ROOT
        joined = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            joined = node_hash(peak, joined)
        return joined

    def peaks(self) -> list[bytes]:
        """The roots of the perfect subtrees, largest first: one for each set bit of the size."""
        return list(self._peaks)

    def to_bytes(self) -> bytes:
        """The size as 8 bytes, then the hashes; ``from_bytes`` reads it back."""
        return self._size.to_bytes(8) + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Frontier":
        """The frontier that ``to_bytes`` wrote. Raises ``Invalid`` when the length does not fit the size."""
        stored = bytes(stored)
        frontier, hashes = cls(), stored[8:]
        frontier._size = int.from_bytes(stored[:8])
        if len(stored) < 8 or len(hashes) != HASH_BYTES * frontier._size.bit_count():
            raise Invalid("the stored frontier has the wrong length")
        frontier._peaks = [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]
        return frontier


def root(leaves: Iterable[bytes]) -> bytes:
    """The root hash (MTH) over leaf hashes in order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path (PATH) of the leaf at ``index``: its sibling first, the root's child last."""
    if not 0 <= index < len(leaves):
        raise IndexError("no such leaf")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root(leaves[:split])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> None:
    """Raise ``Invalid`` unless ``proof`` shows ``leaf`` at ``index`` of the tree of ``size`` (RFC 9162, 2.1.3.2)."""
    _require_hashes(leaf, tree_root, *proof)
    if not 0 <= index < size:
        raise Invalid("the index is outside the tree")
    position, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Invalid("the inclusion proof is too long")
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        position, last = position >> 1, last >> 1
    if last != 0 or computed != tree_root:
        raise Invalid("the inclusion proof does not lead to the root")


def consistency_proof(leaves: Sequence[bytes], first: int) -> list[bytes]:
    """The proof (PROOF) that the tree of the first ``first`` leaves is the beginning of the tree of all ``leaves``."""
    if not 0 < first <= len(leaves):
        raise IndexError("no such earlier tree")
    return _subproof(leaves, first, whole=True)


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise ``Invalid`` unless ``proof`` shows that the second tree only appended to the first (RFC 9162, 2.1.4.2).

    A first tree without leaves is refused: anything is consistent with it, so there is nothing to show.
    """
    _require_hashes(first_root, second_root, *proof)
    if not 0 < first <= second:
        raise Invalid("the sizes are not in order")
    if first == second:
        if proof or first_root != second_root:
            raise Invalid("two trees of the same size differ")
        return
    if not proof:
        raise Invalid("the consistency proof is empty")
    path = [first_root, *proof] if first.bit_count() == 1 else list(proof)
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Invalid("the consistency proof is too long")
        if position & 1 or position == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        position, last = position >> 1, last >> 1
    if last != 0 or older != first_root or newer != second_root:
        raise Invalid("the consistency proof does not lead to both roots")


def _subproof(leaves: Sequence[bytes], first: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962; ``whole`` while the older tree's root is one that the verifier already has."""
    if first == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if first <= split:
        return [*_subproof(leaves[:split], first, whole=whole), root(leaves[split:])]
    return [*_subproof(leaves[split:], first - split, whole=False), root(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _require_hash(value: bytes) -> None:
    if len(value) != HASH_BYTES:
        raise ValueError("a hash has 32 bytes; leaf contents go through leaf_hash first")


def _require_hashes(*values: bytes) -> None:
    if any(len(value) != HASH_BYTES for value in values):
        raise Invalid("a hash has the wrong length")


# --- checkpoints and notes --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A statement of one log's size and root (C2SP tlog-checkpoint), without extension lines."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines to be signed, each ended by a newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The checkpoint that ``text`` is, character for character. Raises ``Invalid``."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not _DECIMAL.fullmatch(lines[1]):
            raise Invalid("this is no checkpoint")
        read = cls(lines[0], int(lines[1]), _from_base64(lines[2]))
        if len(read.root) != HASH_BYTES:
            raise Invalid("the checkpoint's root has the wrong length")
        return read


def sign_note(text: str, name: str, seed: bytes) -> str:
    """``text`` as a signed note under the Ed25519 key of ``seed`` (32 bytes), called ``name``.

    Raises ``ValueError`` for a text or name that the format cannot carry.
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError("a note ends with a newline and has no control characters")
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signature = _key_id(name, _public_bytes(key)) + key.sign(text.encode())
    return f"{text}\n— {_key_name(name)} {base64.b64encode(signature).decode()}\n"


def verifier_key(name: str, seed: bytes) -> str:
    """The public half of ``seed`` as a C2SP vkey, to be handed to whoever verifies."""
    public = _public_bytes(Ed25519PrivateKey.from_private_bytes(seed))
    encoded = base64.b64encode(_ED25519 + public).decode()
    return f"{_key_name(name)}+{_key_id(name, public).hex()}+{encoded}"


def verify_note(note: str, verifier_key: str) -> str:
    """The text of ``note`` if the key signed it. Raises ``Invalid``.

    Signatures of keys not given are ignored (witnesses add theirs); a bad signature of the given key refuses the note.
    """
    name, key_id, public = _read_verifier_key(verifier_key)
    head, separator, tail = note.rpartition("\n\n")
    text = head + "\n"
    if not separator or not tail.endswith("\n") or _CONTROL.search(note):
        raise Invalid("this is no signed note")
    lines = tail[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise Invalid("the note has too many signatures")
    verified = False
    for line in lines:
        signer, signature = _read_signature(line)
        if signer != name or signature[:4] != key_id:
            continue
        try:
            public.verify(signature[4:], text.encode())
        except InvalidSignature:
            raise Invalid("the note's signature does not hold") from None
        verified = True
    if not verified:
        raise Invalid("the note is not signed by this key")
    return text


def _read_signature(line: str) -> tuple[str, bytes]:
    match = _SIGNATURE_LINE.fullmatch(line)
    if not match or not _is_key_name(match[1]):
        raise Invalid("a signature line is malformed")
    signature = _from_base64(match[2])
    if len(signature) < 5:
        raise Invalid("a signature is too short")
    return match[1], signature


def _read_verifier_key(text: str) -> tuple[str, bytes, Ed25519PublicKey]:
    name, _, rest = text.partition("+")
    stated, _, encoded = rest.partition("+")
    key = _from_base64(encoded)
    if not _is_key_name(name) or len(key) != 33 or key[:1] != _ED25519 or stated != _key_id(name, key[1:]).hex():
        raise Invalid("the verifier key is malformed")
    return name, bytes.fromhex(stated), Ed25519PublicKey.from_public_bytes(key[1:])


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _key_name(name: str) -> str:
    if not _is_key_name(name):
        raise ValueError("a key name has no spaces, no plus and no control characters")
    return name


def _is_key_name(name: str) -> bool:
    return bool(name) and not _CONTROL.search(name) and "+" not in name and not any(map(str.isspace, name))


def _public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _from_base64(text: str) -> bytes:
    """Standard base64, in its one canonical spelling. Raises ``Invalid``."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        decoded = b""
    if base64.b64encode(decoded).decode() != text:
        raise Invalid("base64 is malformed")
    return decoded
