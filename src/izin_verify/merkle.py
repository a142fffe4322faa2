"""Tree hashes and proofs after RFC 6962 section 2.1, with SHA-256, by its recursive definitions."""

import hashlib
from collections.abc import Sequence

from izin_verify.refusal import Refused

MOST_STEPS = 64  # a tree of 2^64 leaves needs no longer path


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes], where: str) -> bytes:
    """The root to which this audit path leads from the leaf at ``index`` of a tree of ``size``. Raises Refused."""
    if not 0 <= index < size or len(path) > MOST_STEPS:
        raise Refused("proof_malformed", where)
    if size == 1:
        if path:
            raise Refused("proof_malformed", where)
        return leaf
    if not path:
        raise Refused("proof_malformed", where)
    split = 1 << (size - 1).bit_length() - 1
    *inner, sibling = path
    if index < split:
        return node_hash(root_by_path(leaf, index, split, inner, where), sibling)
    return node_hash(sibling, root_by_path(leaf, index - split, size - split, inner, where))


def roots_by_consistency(
    first: int, second: int, first_root: bytes, path: Sequence[bytes], where: str
) -> tuple[bytes, bytes]:
    """The older and the newer root to which a consistency proof leads (PROOF of RFC 6962). Raises Refused."""
    if not 0 < first <= second or len(path) > 2 * MOST_STEPS:
        raise Refused("proof_malformed", where)
    older, newer, rest = _subproof(first, second, list(path), first_root, whole=True, where=where)
    if rest:
        raise Refused("proof_malformed", where)
    return older, newer


def _subproof(
    first: int, second: int, path: list[bytes], known: bytes, *, whole: bool, where: str
) -> tuple[bytes, bytes, list[bytes]]:
    """The two roots of this part of the tree, and what is left of the path, which is read from its end."""
    if first == second:
        if whole:
            return known, known, path
        hashed, rest = _last(path, where)
        return hashed, hashed, rest
    split = 1 << (second - 1).bit_length() - 1
    sibling, rest = _last(path, where)
    if first <= split:
        older, newer, rest = _subproof(first, split, rest, known, whole=whole, where=where)
        return older, node_hash(newer, sibling), rest
    older, newer, rest = _subproof(first - split, second - split, rest, known, whole=False, where=where)
    return node_hash(sibling, older), node_hash(sibling, newer), rest


def _last(path: list[bytes], where: str) -> tuple[bytes, list[bytes]]:
    if not path:
        raise Refused("proof_malformed", where)
    return path[-1], path[:-1]


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH over leaf hashes: pairs from the left, the rest carried up."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]
