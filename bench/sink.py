"""Meta's side for the benchmark, as fast as it can be: takes messages over TLS, answers after a while, reports back.

A process of its own. It does no more than HTTP needs, so that what is measured is the sender and not its receiver; the
simulator (``izin_simulator``) is the one that behaves like WhatsApp. ``GET /count`` says how many came, ``GET /whole``
all that is known (this takes a while, so: afterwards), ``GET /reset`` forgets it.
"""

import argparse
import asyncio
import gc
import json
import re
import resource
import ssl
import time
from array import array
from collections import deque
from typing import Any

import uvloop

from bench.webhooks import KINDS, Post, body_of, new_id, percentile, status

TICK_S = 0.001
POSTS_A_TICK = 16  # more in a row would be read as a burst of the sender, whose messages wait meanwhile
DELAYS_S = {b"sent": 0.05, b"delivered": 0.2, b"read": 0.5}
LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
TOKEN = re.compile(rb'"biz_opaque_callback_data":"([^"]*)"')
TO = re.compile(rb'"to":"([^"]*)"')


class Sink:
    """What came, what must still be answered, and what must still be reported."""

    def __init__(self, latency_s: float, post: Post | None, batch: int) -> None:
        self._latency_s = latency_s
        self._post = post
        self._batch = batch
        self._answers: deque[tuple[float, asyncio.Transport, bytes]] = deque()
        self._reports: dict[bytes, deque[tuple[float, bytes, bytes, bytes]]] = {kind: deque() for kind in KINDS}
        self._ready: list[bytes] = []
        self._posted_at = 0.0
        self.times = array("d")
        self.statuses = 0

    def take(self, transport: asyncio.Transport, head: bytes, body: bytes) -> None:
        if head.startswith(b"GET /"):
            transport.write(_answer(json.dumps(self._control(head)).encode()))
            return
        now = time.perf_counter()
        self.times.append(now)
        token, to, message_id = TOKEN.search(body), TO.search(body), new_id()
        number = to[1] if to else b""
        answer = (
            b'{"messaging_product":"whatsapp","contacts":[{"input":"%b","wa_id":"%b"}],'
            b'"messages":[{"id":"%b","message_status":"accepted"}]}' % (number, number[1:], message_id)
        )
        self._answers.append((now + self._latency_s, transport, _answer(answer)))
        if self._post is not None:
            for kind, delay_s in DELAYS_S.items():
                due = now + self._latency_s + delay_s
                self._reports[kind].append((due, message_id, token[1] if token else b"", number))

    async def keep_answering(self) -> None:
        while True:
            now = time.perf_counter()
            while self._answers and self._answers[0][0] <= now:
                _, transport, answer = self._answers.popleft()
                transport.write(answer)
            if self._post is not None:
                self._report(self._post, now)
            await asyncio.sleep(TICK_S)

    def _report(self, post: Post, now: float) -> None:
        for kind, waiting in self._reports.items():
            while waiting and waiting[0][0] <= now:
                _, message_id, token, number = waiting.popleft()
                self._ready.append(status(message_id, kind, token, number))
        for _ in range(POSTS_A_TICK):
            if not post.idle or not (len(self._ready) >= self._batch or (self._ready and now - self._posted_at > 0.05)):
                break
            batch, self._ready = self._ready[: self._batch], self._ready[self._batch :]
            post.send(post.idle.popleft(), body_of(batch))
            self.statuses += len(batch)
            self._posted_at = now

    def _control(self, head: bytes) -> dict[str, Any]:
        if head.startswith(b"GET /reset"):
            self.times, self.statuses = array("d"), 0
            if self._post:
                self._post.waits_ms.clear()
                self._post.refused = 0
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu_s = usage.ru_utime + usage.ru_stime
        known = {"at": time.perf_counter(), "messages": len(self.times), "statuses": self.statuses, "cpu_s": cpu_s}
        if not head.startswith(b"GET /whole"):
            return known
        waits = self._post.waits_ms if self._post else []
        return known | {
            "busiest_second": _busiest_second(self.times),
            "unreported": len(self._ready) + sum(len(waiting) for waiting in self._reports.values()),
            "posts": len(waits),
            "post_p50_ms": percentile(waits, 0.5),
            "post_p99_ms": percentile(waits, 0.99),
            "posts_refused": self._post.refused if self._post else 0,
        }


class Phone(asyncio.Protocol):
    """One connection."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        heard = self._heard + data if self._heard else data
        while (end := heard.find(b"\r\n\r\n")) >= 0:
            found = LENGTH.search(heard, 0, end)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(heard) < whole:
                break
            self._sink.take(self._transport, heard[:end], heard[end + 4 : whole])
            heard = heard[whole:]
        self._heard = heard


def _answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def _busiest_second(times: "array[float]") -> int:
    """The largest number of messages in any window of one second."""
    first = most = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


async def _serve(asked: argparse.Namespace) -> None:
    post = None
    if asked.webhook:
        post = Post(asked.webhook, asked.secret.encode(), asked.connections)
        await post.open()
    sink = Sink(asked.latency_ms / 1000, post, asked.batch)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(asked.certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Phone(sink), "127.0.0.1", asked.port, ssl=tls, backlog=4096)
    async with server:
        print("listening", flush=True)
        await sink.keep_answering()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--latency-ms", type=float, default=80.0)
    parser.add_argument("--webhook", help="where statuses are posted; without it none are")
    parser.add_argument("--secret", default="")
    parser.add_argument("--batch", type=int, default=1, help="statuses in one webhook")
    parser.add_argument("--connections", type=int, default=256, help="connections to the door")
    gc.disable()  # its pauses would be read as the sender's bursts
    uvloop.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
