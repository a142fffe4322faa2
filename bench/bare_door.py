"""The least a door can do: check the HMAC, commit one row with what came, then say 200. The ceiling of Izin's door.

Nothing is read and nothing sealed. By itself each webhook is one row and one commit, 32 at a time, as a web application
would have it; with ``--gathers`` what comes within a moment is committed together, as Izin's door does. Without a
database it checks and forgets: what a sender alone needs to hear.
"""

import argparse
import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import psycopg
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

CONNECTIONS = 32
BATCH_S, BATCH_MAX = 0.02, 256  # as Izin's own


class Rows(Protocol):
    """Where the rows go."""

    async def open(self) -> None: ...

    async def commit(self, body: bytes) -> None: ...


class One:
    """A row and a commit for each."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()

    async def open(self) -> None:
        for _ in range(CONNECTIONS):
            self._free.put_nowait(await psycopg.AsyncConnection.connect(self._url, autocommit=True))

    async def commit(self, body: bytes) -> None:
        connection = await self._free.get()
        try:
            await connection.execute("INSERT INTO bare_door VALUES (%s)", [body], prepare=True)
        finally:
            self._free.put_nowait(connection)


class Gathered:
    """A row for each, a commit for what came within a moment."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._full = asyncio.Event()
        self._thread = ThreadPoolExecutor(1)

    async def open(self) -> None:
        self._storing = asyncio.create_task(self._keep_storing())

    async def commit(self, body: bytes) -> None:
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((body, stored))
        if len(self._waiting) >= BATCH_MAX:
            self._full.set()
        await stored

    async def _keep_storing(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                async with asyncio.timeout(BATCH_S):
                    await self._full.wait()
            except TimeoutError:
                pass
            self._full.clear()
            batch, self._waiting = self._waiting[:BATCH_MAX], self._waiting[BATCH_MAX:]
            if batch:
                bodies = [body for body, _ in batch]
                statement = "INSERT INTO bare_door SELECT unnest(%b::bytea[])"
                await loop.run_in_executor(self._thread, self._connection.execute, statement, [bodies])
                for _, stored in batch:
                    stored.set_result(None)


class Forgotten:
    """No row."""

    async def open(self) -> None: ...

    async def commit(self, body: bytes) -> None: ...


class BareDoor:
    def __init__(self, rows: Rows, secret: bytes) -> None:
        self._rows = rows
        self._secret = secret

    async def __call__(self, scope: Mapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await self._rows.open()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        parts = []
        while True:
            message = await receive()
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                break
        body = b"".join(parts)
        given = next((value for name, value in scope["headers"] if name == b"x-hub-signature-256"), b"")
        status = 401
        if hmac.compare_digest(given, b"sha256=" + hmac.digest(self._secret, body, "sha256").hex().encode()):
            await self._rows.commit(body)
            status = 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"ok"})


def _rows(database: str, *, gathers: bool) -> Rows:
    if not database:
        return Forgotten()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare_door (body bytea)")
    return Gathered(database) if gathers else One(database)


async def _serve(asked: argparse.Namespace) -> None:
    await Server(
        BareDoor(_rows(asked.database, gathers=asked.gathers), asked.secret.encode()),
        address="127.0.0.1",
        port=asked.port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_access=False,
        backlog=1024,
    ).serve()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", default="")
    parser.add_argument("--secret", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--gathers", action="store_true")
    uvloop.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
