"""Cursors of listings. Pure."""

import base64

from izin_simulator.errors import GraphError

_PAGE_MAX = 100


def cursor(offset: int) -> str:
    """Return the cursor of a place in a listing."""
    return base64.urlsafe_b64encode(f"offset:{offset}".encode()).decode()


def offset(given: str | None) -> int:
    """Return the place of a cursor; raise GraphError 131059 for one that is not ours."""
    if given is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(given).decode().removeprefix("offset:"))
    except ValueError as error:
        raise GraphError(131059) from error


def page_size(limit: str | None) -> int:
    """Return how many to list at once, 25 if nobody says."""
    if limit is None:
        return 25
    if not limit.isdecimal() or int(limit) == 0:
        raise GraphError(100, "limit must be a positive number.")
    return min(int(limit), _PAGE_MAX)
