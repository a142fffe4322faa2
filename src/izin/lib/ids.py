"""Identifiers."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new time-ordered UUID (RFC 9562 §5.7).

    Ordered keys make a bulk import about twice as quick as random ones, since new rows land on the same index page.
    The time inside is the row's creation in milliseconds, so it is no secret and no capability.
    """
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)
