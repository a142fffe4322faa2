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
        self._lines: list[bytes] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._disk = ThreadPoolExecutor(1, "log")
        self._writer = asyncio.create_task(self._write_on())

    def append(self, record: Json) -> None:
        """Add a record without waiting for the disk."""
        self._hear(record)
        self._lines.append(msgspec.json.encode(record) + b"\n")
        self._wake.set()

    async def durable(self) -> None:
        """Return when everything appended so far is on disk. Raises OSError if it could not be written."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._wake.set()
        await waiting

    async def commit(self, *records: Json) -> None:
        """Append the records and return when they are on disk."""
        for record in records:
            self.append(record)
        await self.durable()

    async def close(self) -> None:
        """Write what is left and close the file."""
        await self.durable()
        self._writer.cancel()
        self._disk.shutdown()
        self._file.close()

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            self._wake.clear()
            lines, self._lines = self._lines, []
            waiting, self._waiting = self._waiting, []
            failure: OSError | None = None
            if lines:
                try:
                    await loop.run_in_executor(self._disk, self._write, b"".join(lines))
                except OSError as error:
                    failure = error
            for future in waiting:
                if future.done():
                    continue
                if failure is None:
                    future.set_result(None)
                else:
                    future.set_exception(failure)

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
        os.fsync(self._file.fileno())
