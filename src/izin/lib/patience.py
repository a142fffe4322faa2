"""A limit of time for many small things at once."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Patience:
    """Ends what takes longer than ``seconds``, or up to ``look_s`` more.

    One look at all that is going on, from time to time: a timer for each webhook costs as much as checking its
    signature.
    """

    def __init__(self, seconds: float, *, look_s: float = 1.0) -> None:
        self._seconds = seconds
        self._look_s = look_s
        self._since: dict[asyncio.Task[Any], float] = {}
        self._ended: set[asyncio.Task[Any]] = set()

    async def spend(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What ``work`` returns. Raises TimeoutError."""
        task = asyncio.current_task()
        assert task is not None
        self._since[task] = time.monotonic()
        try:
            return await work
        except asyncio.CancelledError:
            if task not in self._ended or task.uncancel():  # somebody else wants it to end as well
                raise
            raise TimeoutError from None
        finally:
            self._since.pop(task, None)
            self._ended.discard(task)

    async def run_out(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(self._look_s)
            latest = time.monotonic() - self._seconds
            for task in [task for task, since in self._since.items() if since <= latest]:
                del self._since[task]
                self._ended.add(task)
                task.cancel()
