"""The webhook door: verify, store, then answer. Its own ASGI app, without Django's middleware.

Meta wants 200 within 250 ms in the median at three times the outgoing rate, and sends again whatever was not answered
so. The signature over the raw bytes is checked before anything is parsed; bodies are stored in micro-batches, and 200
is said only after the commit that holds the body and, when it says stop, the withdrawal itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from izin.inbound.accounts import AGAIN_S, Account, Accounts
from izin.lib.clock import now
from izin.lib.errors import place_of
from izin.lib.patience import Patience
from izin.whatsapp.wire import may_speak, signature_is_valid

log = logging.getLogger(__name__)

BODY_MAX = 3 * 1024 * 1024
READ_S = 10.0
BATCH_S = 0.02  # how long statuses wait for each other; somebody's words wait for the commit before them alone
BATCH_MAX = 256
PREFIX = "/webhooks/"

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]


@dataclass(slots=True)
class Arrival:
    """A signed body that waits to be stored."""

    account: Account
    body: bytes = field(repr=False)
    received_at: datetime
    stored: "asyncio.Future[bool]"
    may_speak: bool = field(init=False)

    def __post_init__(self) -> None:
        self.may_speak = may_speak(self.body)


class Door:
    """The ASGI application. ``store`` commits a batch and says for each arrival whether it is safe."""

    def __init__(self, accounts: Accounts, store: Callable[[list[Arrival]], list[bool]]) -> None:
        self._accounts = accounts
        self._store = store
        self._waiting: list[Arrival] = []
        self._full = asyncio.Event()
        self._patience = Patience(READ_S)
        self._tasks: list[asyncio.Task[None]] = []
        self._thread = ThreadPoolExecutor(1, "storing")  # one writer, with one database connection that stays open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            status, text = await self._answer(scope, receive)
            await _respond(send, status, text)

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, str]:
        path, method = scope["path"], scope["method"]
        if path == "/health":
            return 200, "ok"
        account = await self._accounts.find(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None
        if account is None:
            return 404, "not found"
        if method == "GET":
            return self._challenge(account, scope["query_string"])
        if method != "POST":
            return 405, "method not allowed"
        return await self._post(path.removeprefix(PREFIX), account, scope["headers"], receive)

    async def _post(self, key: str, account: Account, headers: Headers, receive: Receive) -> tuple[int, str]:
        if _header(headers, b"content-encoding") not in (None, "identity"):
            return 415, "no content encoding"
        try:
            body = await self._patience.spend(_read(receive))
        except TimeoutError:
            return 408, "too slow"
        if body is None:
            return 413, "too large"
        signed = _header(headers, b"x-hub-signature-256")
        if not signature_is_valid(signed, body, account.app_secrets):
            # Signed with a secret that came with a rotation a moment ago?
            renewed = await self._accounts.find(key, at_most_s=AGAIN_S)
            if renewed is None or not signature_is_valid(signed, body, renewed.app_secrets):
                return 401, "signature"
            account = renewed
        arrival = Arrival(account, body, now(), asyncio.get_running_loop().create_future())
        self._waiting.append(arrival)
        if arrival.may_speak or len(self._waiting) >= BATCH_MAX:
            self._full.set()
        return (200, "ok") if await arrival.stored else (503, "not stored")

    @staticmethod
    def _challenge(account: Account, query: bytes) -> tuple[int, str]:
        """Meta's handshake: the challenge comes back when the verify token is ours, and only as digits."""
        asked = {key: values[0] for key, values in parse_qs(query.decode("latin-1")).items()}
        challenge = asked.get("hub.challenge", "")
        ours = account.knows(asked.get("hub.verify_token", ""))
        if asked.get("hub.mode") == "subscribe" and ours and challenge.isascii() and challenge.isalnum():
            return 200, challenge
        return 403, "forbidden"

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._tasks = [asyncio.create_task(work) for work in (self._keep_storing(), self._patience.run_out())]
                await send({"type": "lifespan.startup.complete"})
            else:
                for task in self._tasks:
                    task.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _keep_storing(self) -> None:
        """One batch after the other: what came during one commit is the next one."""
        while True:
            try:
                async with asyncio.timeout(BATCH_S):
                    await self._full.wait()
            except TimeoutError:
                pass
            self._full.clear()
            batch, self._waiting = self._waiting[:BATCH_MAX], self._waiting[BATCH_MAX:]
            if not batch:
                continue
            try:
                stored = await asyncio.get_running_loop().run_in_executor(self._thread, self._store, batch)
            except Exception as problem:
                log.error("a batch of %d webhooks was not stored: %s", len(batch), place_of(problem))
                stored = [False] * len(batch)
            for arrival, is_safe in zip(batch, stored, strict=True):
                if not arrival.stored.done():
                    arrival.stored.set_result(is_safe)


def _header(headers: Headers, name: bytes) -> str | None:
    """The value of a header; of one that comes twice nothing, so that a signature header that does is no signature."""
    found = [value for known, value in headers if known.lower() == name]
    return found[0].decode("latin-1") if len(found) == 1 else "" if found else None


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None when it is larger than Meta ever sends."""
    chunks, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > BODY_MAX:
            return None
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


async def _respond(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
