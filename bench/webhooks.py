"""Signed webhooks and a pool of connections that posts them: the sink's way back, and the load of the door's measure.

Run as a program it posts statuses of unknown messages for some seconds and prints what it saw as one line of JSON.
"""

import argparse
import asyncio
import hmac
import json
import time
from collections import deque
from collections.abc import Callable
from itertools import count
from urllib.parse import urlsplit

import uvloop

KINDS = (b"sent", b"delivered", b"read")
SCATTERED = 0x9E3779B97F4A7C15F39CC0605CEDC835
_ids = count(1)


def new_id() -> bytes:
    """A message id in the form of Meta's, each as unlike the others as those are."""
    return b"wamid.HBgLNjAxMjAwMDAwMDAVAgARGBI%032XAA==" % (next(_ids) * SCATTERED % 2**128)


def status(message_id: bytes, kind: bytes, token: bytes, to: bytes) -> bytes:
    """One item of ``statuses``."""
    return (
        b'{"id":"%b","status":"%b","timestamp":"%d","recipient_id":"%b","biz_opaque_callback_data":"%b",'
        b'"conversation":{"id":"c0ffee","origin":{"type":"marketing"}},'
        b'"pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"}}'
        % (message_id, kind, int(time.time()), to.lstrip(b"+"), token)
    )


def body_of(statuses: list[bytes], phone_number_id: bytes = b"106540352200001") -> bytes:
    """One webhook with these statuses."""
    return (
        b'{"object":"whatsapp_business_account","entry":[{"id":"102290129300001","changes":[{"field":"messages","value":'
        b'{"messaging_product":"whatsapp","metadata":{"display_phone_number":"60312345678","phone_number_id":"%b"},'
        b'"statuses":[%b]}}]}]}' % (phone_number_id, b",".join(statuses))
    )


class Post:
    """Connections to one webhook address; each carries one request at a time. Refused bodies are posted again."""

    def __init__(self, url: str, secret: bytes, connections: int) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n".encode()
        )
        self._secret = secret
        self._connections = connections
        self.idle: deque[_Connection] = deque()
        self.waits_ms: list[float] = []
        self.refused = 0
        self.on_answer: Callable[[_Connection], None] | None = None

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(self._connections):
            _, connection = await loop.create_connection(lambda: _Connection(self), self._host, self._port)
            self.idle.append(connection)

    def send(self, connection: "_Connection", body: bytes) -> None:
        signed = hmac.digest(self._secret, body, "sha256").hex().encode()
        connection.write(
            b"%bX-Hub-Signature-256: sha256=%b\r\nContent-Length: %d\r\n\r\n%b" % (self._head, signed, len(body), body)
        )

    def answered(self, connection: "_Connection", status_line: bytes) -> None:
        self.waits_ms.append((time.perf_counter() - connection.begun) * 1000)
        if b" 200 " not in status_line:
            self.refused += 1
        if self.on_answer:
            self.on_answer(connection)
        else:
            self.idle.append(connection)


class _Connection(asyncio.Protocol):
    def __init__(self, post: Post) -> None:
        self._post = post
        self._heard = b""
        self.begun = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def write(self, request: bytes) -> None:
        self.begun = time.perf_counter()
        self._transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, found, rest = self._heard.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or b"0")
        if len(rest) < length:
            return
        self._heard = rest[length:]
        self._post.answered(self, head.partition(b"\r\n")[0])


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def _load(url: str, secret: bytes, connections: int, rate: float, seconds: float) -> dict[str, float]:
    """Post as fast as answers come, or at a rate: then a wait begins when a post was due, not when it left."""
    post = Post(url, secret, connections)
    await post.open()

    def send(connection: _Connection) -> None:
        message_id = new_id()
        post.send(connection, body_of([status(message_id, b"sent", b"", b"+60120000000")]))

    if not rate:
        post.on_answer = send
        while post.idle:
            send(post.idle.popleft())
        await asyncio.sleep(1)
        post.waits_ms.clear()
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        taken, elapsed = list(post.waits_ms), time.perf_counter() - began
    else:
        began, sent = time.perf_counter(), 0
        while (now := time.perf_counter()) < began + seconds:
            due = int((now - began) * rate)
            while sent < due and post.idle:
                connection = post.idle.popleft()
                send(connection)
                connection.begun = began + sent / rate
                sent += 1
            await asyncio.sleep(0.001)
        taken, elapsed = list(post.waits_ms), time.perf_counter() - began
    return {
        "posts": len(post.waits_ms),
        "per_second": len(taken) / elapsed,
        "p50_ms": percentile(taken, 0.5),
        "p99_ms": percentile(taken, 0.99),
        "refused": post.refused,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--secret", required=True)
    parser.add_argument("--connections", type=int, default=512)
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    asked = parser.parse_args()
    load = _load(asked.url, asked.secret.encode(), asked.connections, asked.rate, asked.seconds)
    print(json.dumps(uvloop.run(load)), flush=True)


if __name__ == "__main__":
    main()
