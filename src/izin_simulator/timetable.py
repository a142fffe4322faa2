"""Calls things when they are due, with one timer for all of them: a heap instead of a timer or a task for each."""

import asyncio
import heapq
from collections.abc import Callable
from typing import Any

_TICK_S = 0.002


class Timetable:
    """`now` tells the time of this table, `real` how many real seconds a span of it takes.

    What falls due within two milliseconds is called together, which lets webhooks gather into batches.
    """

    def __init__(self, now: Callable[[], float], real: Callable[[float], float] = float) -> None:
        self._now = now
        self._real = real
        self._heap: list[tuple[float, int, Callable[..., object], tuple[Any, ...]]] = []
        self._placed = 0
        self._timer: asyncio.TimerHandle | None = None
        self._armed_for = float("inf")

    def at(self, due: float, call: Callable[..., object], *arguments: Any) -> None:
        """Call at this time, or very soon if it has passed. What is due at the same time keeps its order."""
        self._placed += 1
        heapq.heappush(self._heap, (due, self._placed, call, arguments))
        if due < self._armed_for:
            self._arm()

    def after(self, seconds: float, call: Callable[..., object], *arguments: Any) -> None:
        """Call after this span of the table's own time."""
        self.at(self._now() + seconds, call, *arguments)

    def clock_moved(self) -> None:
        """Look anew at what is due; call it when the clock was moved or runs at another speed."""
        if self._heap:
            self._arm()

    def close(self) -> None:
        """Forget everything."""
        self._heap.clear()
        self._disarm()

    def _arm(self) -> None:
        self._disarm()
        self._armed_for = self._heap[0][0]
        wait = max(_TICK_S, self._real(self._armed_for - self._now()))
        self._timer = asyncio.get_running_loop().call_later(wait, self._turn)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._armed_for = None, float("inf")

    def _turn(self) -> None:
        self._timer, self._armed_for = None, -float("inf")  # nothing that is placed meanwhile arms a second timer
        now = self._now()
        try:
            while self._heap and self._heap[0][0] <= now:
                _, _, call, arguments = heapq.heappop(self._heap)
                call(*arguments)
        finally:
            self._armed_for = float("inf")
            if self._heap:
                self._arm()
