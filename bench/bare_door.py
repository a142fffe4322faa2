"""The least a door can do: check the HMAC, commit one row with what came, then say 200. The ceiling of Izin's door."""

import argparse
import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

BATCH_S, BATCH_MAX = 0.02, 256  # as Izin's own


class BareDoor:
    """Batches as Izin's door does; each batch is one row, neither read nor sealed."""

    def __init__(self, url: str, secret: bytes) -> None:
        self._secret = secret
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("CREATE TABLE IF NOT EXISTS bare_door (body bytea)")
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._full = asyncio.Event()
        self._thread = ThreadPoolExecutor(1)

    async def __call__(self, scope: Mapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            self._writer = asyncio.create_task(self._keep_storing())
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
            stored = asyncio.get_running_loop().create_future()
            self._waiting.append((body, stored))
            if len(self._waiting) >= BATCH_MAX:
                self._full.set()
            await stored
            status = 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"ok"})

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
                whole = b"\n".join(body for body, _ in batch)
                await loop.run_in_executor(
                    self._thread, self._connection.execute, "INSERT INTO bare_door VALUES (%s)", [whole]
                )
                for _, stored in batch:
                    stored.set_result(None)


async def _serve(asked: argparse.Namespace) -> None:
    door = BareDoor(asked.database, asked.secret.encode())
    await Server(
        door,
        address="127.0.0.1",
        port=asked.port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_access=False,
        backlog=1024,
    ).serve()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--port", type=int, required=True)
    uvloop.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
