"""The log: append-only JSON lines, on disk before anybody is told. It is the oracle of what the outside world saw.

Records that come while a write is under way share the next one (group commit), so that one fsync serves many requests.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

Json = dict[str, Any]
Then = Callable[[OSError | None], None]
_GATHER_S = 0.001


def replay(path: Path, hear: Callable[[Json], None]) -> None:
    """Give every record of an existing log to `hear`, oldest first, and cut off a line torn by a crash.

    Raises msgspec.DecodeError if a whole line is not JSON.
    """
    if not path.exists():
        return
    whole = 0
    with path.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            hear(msgspec.json.decode(line))
            whole += len(line)
    os.truncate(path, whole)


class Log:
    """Appends records. `hear` is given each record at once, in the order of the file."""

    def __init__(self, path: Path, hear: Callable[[Json], None]) -> None:
        self._file = path.open("ab", buffering=0)
        self._hear = hear
        self._encode = msgspec.json.Encoder().encode
        self._lines: list[bytes] = []
        self._waiting: list[Then] = []
        self._writing = False
        self._disk = ThreadPoolExecutor(1, "log")

    def append(self, record: Json) -> None:
        """Add a record without waiting for the disk."""
        self._hear(record)
        self._lines.append(self._encode(record))
        if not self._writing:
            self._write_soon()

    def then(self, call: Then) -> None:
        """Call when everything appended so far is on disk, with the error if it could not be written."""
        self._waiting.append(call)
        if not self._writing:
            self._write_soon()

    async def durable(self) -> None:
        """Return when everything appended so far is on disk. Raises OSError if it could not be written."""
        waiting = asyncio.get_running_loop().create_future()

        def told(error: OSError | None) -> None:
            if waiting.done():
                return
            if error is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(error)

        self.then(told)
        await waiting

    async def commit(self, *records: Json) -> None:
        """Append the records and return when they are on disk."""
        for record in records:
            self.append(record)
        await self.durable()

    async def close(self) -> None:
        """Write what is left and close the file."""
        await self.durable()
        self._disk.shutdown()
        self._file.close()

    def _write_soon(self) -> None:
        """Write in a millisecond, so that what comes meanwhile goes along: one fsync for all of it."""
        self._writing = True
        asyncio.get_running_loop().call_later(_GATHER_S, self._write_now)

    def _write_now(self) -> None:
        lines, self._lines = self._lines, []
        waiting, self._waiting = self._waiting, []
        writing = asyncio.get_running_loop().run_in_executor(self._disk, self._write, lines)
        writing.add_done_callback(lambda done: self._written(done, waiting))

    def _written(self, done: "asyncio.Future[None]", waiting: list[Then]) -> None:
        self._writing = False
        error = done.exception()
        if self._lines or self._waiting:
            self._write_soon()
        for call in waiting:
            call(error if isinstance(error, OSError) or error is None else OSError(str(error)))

    def _write(self, lines: list[bytes]) -> None:
        if not lines:
            return
        left = memoryview(b"\n".join(lines) + b"\n")
        while left:
            left = left[self._file.write(left) :]
        os.fsync(self._file.fileno())
