"""A tree, or the right part of one, that gives proofs without hashing everything anew. Pure.

The part begins where an earlier frontier ends. That is enough for every leaf from there on: a left sibling on such a
leaf's path is either one of the frontier's peaks or made of the frontier's last peaks and the leaves kept here.
"""

from collections.abc import Iterable

from izin.ledger.chain import HASH_BYTES, Frontier, node_hash


class Tree:
    """The nodes over all leaves from ``start`` on. A proof takes O(log² n) steps; 64 bytes are kept for each leaf."""

    __slots__ = ("_first", "_levels", "size", "start")

    def __init__(self, leaves: Iterable[bytes], after: Frontier | None = None) -> None:
        """``leaves`` are leaf hashes in order; ``after`` is the frontier of what stands before them."""
        before = after or Frontier()
        self.start = self.size = before.size
        self._levels: list[bytearray] = []
        self._first: list[int] = []  # per level, the index of the first node that is kept
        peaks = before.peaks()
        for level in reversed(range(before.size.bit_length())):
            if before.size >> level & 1:
                self._keep(level, (before.size >> level) - 1, peaks.pop(0))
        self.extend(leaves)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes at the right."""
        for leaf in leaves:
            self._append(leaf)

    def root(self) -> bytes:
        """The root over everything, also over what stands before ``start``."""
        frontier = Frontier()
        return self._over(0, self.size) if self.size else frontier.root()

    def inclusion(self, index: int) -> list[bytes]:
        """The audit path of a leaf from ``start`` on. Raises IndexError for another one."""
        if not self.start <= index < self.size:
            raise IndexError("no such leaf in this part of the tree")
        path, low, high = [], 0, self.size
        while high - low > 1:
            middle = low + (1 << (high - low - 1).bit_length() - 1)
            if index < middle:
                path.append(self._over(middle, high))
                high = middle
            else:
                path.append(self._over(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, first: int) -> list[bytes]:
        """The proof that the tree of the first ``first`` leaves is a beginning of this one. Raises IndexError."""
        if not max(self.start, 1) <= first <= self.size:
            raise IndexError("no such earlier tree in this part")
        return self._subproof(first, 0, self.size, whole=True)

    def _subproof(self, first: int, low: int, high: int, *, whole: bool) -> list[bytes]:
        if first == high:
            return [] if whole else [self._over(low, high)]
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        if first <= middle:
            return [*self._subproof(first, low, middle, whole=whole), self._over(middle, high)]
        return [*self._subproof(first, middle, high, whole=False), self._over(low, middle)]

    def _over(self, low: int, high: int) -> bytes:
        """MTH(D[low:high]) for a range that occurs in a tree: it begins at a multiple of its rounded length."""
        count = high - low
        level = (count - 1).bit_length()
        if count == 1 << level:
            kept = self._node(level, low >> level)
            if kept is not None:
                return kept
        middle = low + (1 << (count - 1).bit_length() - 1)
        return node_hash(self._over(low, middle), self._over(middle, high))

    def _node(self, level: int, index: int) -> bytes | None:
        if level >= len(self._levels) or index < self._first[level]:
            return None
        at = (index - self._first[level]) * HASH_BYTES
        return bytes(self._levels[level][at : at + HASH_BYTES]) or None

    def _append(self, leaf: bytes) -> None:
        index, level, carried = self.size, 0, leaf
        self._keep(level, index, carried)
        while index & 1:
            left = self._node(level, index - 1)
            if left is None:  # cannot be: a right child's left sibling is a peak or was appended here
                raise IndexError("the frontier before this part is incomplete")
            carried, index, level = node_hash(left, carried), index >> 1, level + 1
            self._keep(level, index, carried)
        self.size += 1

    def _keep(self, level: int, index: int, hashed: bytes) -> None:
        while len(self._levels) <= level:
            self._levels.append(bytearray())
            self._first.append(0)
        if not self._levels[level]:
            self._first[level] = index
        self._levels[level] += hashed
