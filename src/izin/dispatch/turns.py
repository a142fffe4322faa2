"""Whose turn it is in a lane: strictly by priority, and fair between the campaigns of one priority. Pure.

A lower priority has its turn only when nobody of a higher one can be written to at this moment, be it that their hours
are closed, that they rest, or that none is left. Between campaigns of one priority each has every n-th turn, whatever
its size and in however many countries its people are. Organisations share no lane.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar
from uuid import UUID


class Waiting(Protocol):
    """A campaign's people in one country."""

    @property
    def campaign_id(self) -> UUID: ...
    @property
    def priority(self) -> int: ...


Turn = TypeVar("Turn", bound=Waiting)


def in_order(turns: Sequence[Turn], count: int) -> Iterator[Turn]:
    """Everybody who waits, in the order in which to try them at the ``count``-th decision; the first that has somebody
    to write to takes it.
    """
    for priority in sorted({turn.priority for turn in turns}):
        campaigns: dict[UUID, list[Turn]] = {}
        for turn in turns:
            if turn.priority == priority:
                campaigns.setdefault(turn.campaign_id, []).append(turn)
        rounds, first = divmod(count, len(campaigns))
        for countries in _from(list(campaigns.values()), first):
            yield from _from(countries, rounds)


Item = TypeVar("Item")


def _from(items: Sequence[Item], place: int) -> Iterator[Item]:
    start = place % len(items)
    yield from items[start:]
    yield from items[:start]
