"""The one place that asks the machine for the time, so that tests can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def _machine_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _machine_time


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source()


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        """Turn the clock forward, or back with a negative ``by``."""
        self._at += by


@contextmanager
def frozen(at: datetime) -> Iterator[Hands]:
    """For tests: inside the block ``now()`` is ``at`` (aware), for the whole process, until the hands are moved."""
    global _source  # noqa: PLW0603 - the seam itself
    outer, hands = _source, Hands(at)
    _source = hands
    try:
        yield hands
    finally:
        _source = outer
