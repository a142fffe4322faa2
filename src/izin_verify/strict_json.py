"""JSON with one reading only: no repeated names, no numbers that are not whole, canonical bytes (RFC 8785)."""

import json
from typing import Any, NoReturn

from izin_verify.refusal import Refused

MOST_BYTES = 64 << 20
MOST_DEPTH = 64
LARGEST = 2**53 - 1


def read(raw: bytes, where: str) -> Any:
    """The value that these canonical bytes are. Raises Refused for every other spelling of it."""
    value = loads(raw, where)
    if canonical(value, where) != raw:
        raise Refused("json_not_canonical", where)
    return value


def loads(raw: bytes, where: str) -> Any:
    """The value, however it is spaced. Raises Refused."""
    if len(raw) > MOST_BYTES:
        raise Refused("too_large", where)
    if _depth(raw) > MOST_DEPTH:
        raise Refused("json_too_deep", where)
    try:
        return json.loads(
            raw.decode("utf-8"), object_pairs_hook=_without_repeats, parse_float=_refuse, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise Refused("json_malformed", where) from None


def canonical(value: Any, where: str) -> bytes:
    """RFC 8785 for what the ledger holds: texts, whole numbers, truth values, null, lists and objects."""
    try:
        _check(value)
        return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError):
        raise Refused("json_malformed", where) from None


def _depth(raw: bytes) -> int:
    """How deep brackets may nest at most; brackets inside texts count too, which only makes us stricter."""
    deepest = depth = 0
    for byte in raw:
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


def _sorted(value: Any) -> Any:
    """Names in the order of their UTF-16 code units, as RFC 8785 3.2.3 has it."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for name, one in value.items():
            if not isinstance(name, str):
                raise TypeError
            _check(one)
    elif isinstance(value, list):
        for one in value:
            _check(one)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > LARGEST:
            raise ValueError
    elif not isinstance(value, str | bool | None):
        raise TypeError


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(_text: str) -> NoReturn:
    raise ValueError("no such number here")
