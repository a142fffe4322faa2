"""Which rows of an import somebody looks at before any of them counts (law.md E-04). Pure.

All of up to 20 rows; of more, 20 or one in twenty, whichever is more; never more than 60. When 60 rows drawn at random
all have a proof that fits, fewer than one row in twenty lacks one, with 95 % confidence, however long the file is.
"""

import hashlib
from typing import Final

FEWEST: Final = 20
MOST: Final = 60
ONE_IN: Final = 20


def size(rows: int) -> int:
    """How many of so many rows are looked at."""
    return min(rows, max(FEWEST, min(MOST, -(-rows // ONE_IN))))


def positions(rows: int, seed: bytes) -> list[int]:
    """The positions (from 0) of the rows to look at, in order: the same for the same seed, unforeseeable without it."""
    wanted, chosen, turn = size(rows), set[int](), 0
    while len(chosen) < wanted:
        drawn = hashlib.sha256(seed + turn.to_bytes(8)).digest()
        chosen.add(int.from_bytes(drawn) % rows)
        turn += 1
    return sorted(chosen)
