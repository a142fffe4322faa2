"""Reading JSON that somebody else wrote: nothing about its shape is taken for granted, nothing of it is shown. Pure."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

# A half of a surrogate pair, escaped: what is left when a name was cut in the middle of an emoji.
LONE_SURROGATE = re.compile(
    rb"(?<!\\)((?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)


class Poison(Exception):
    """A webhook body that is no webhook: broken JSON, nested beyond reason, or without a list of entries."""


class Hidden(msgspec.Struct, frozen=True):
    """A struct whose ``repr`` is its name alone, since it holds numbers, texts or message ids."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


def decode(raw: bytes) -> Any:
    """The JSON value in these bytes; of a key written twice the last counts. Raises Poison."""
    try:
        return msgspec.json.decode(raw)
    except (ValueError, RecursionError):
        pass
    repaired = LONE_SURROGATE.sub(rb"\1\\ufffd", raw)
    try:
        # An opt-out must not be lost because somebody's name in the same batch was cut within an emoji.
        return msgspec.json.decode(repaired)
    except (ValueError, RecursionError):
        raise Poison("not JSON that can be read") from None


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def text(value: Any) -> str | None:
    """Text, or a whole number written as text; None for anything else and for nothing."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def whole(value: Any) -> int | None:
    """A code as Meta writes it: a number, or a number in a string."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
