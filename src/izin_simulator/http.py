"""A small HTTP/1.1 server: no task for each request, and a hand on every byte and on the connection itself.

That is what the simulator needs and a framework does not give: thousands of requests that wait for their answer without
a coroutine each, and answers that stop at byte N, drip, or end in a reset. It reads bodies with a length or in chunks,
keeps connections open, answers `Expect: 100-continue`, and takes pipelined requests one after the other.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import cast
from urllib.parse import parse_qsl, unquote

HEAD_MAX = 64 * 1024
BODY_MAX = 101 * 1024 * 1024
_FLUSH_S = 0.05


@dataclass(slots=True)
class Request:
    """One request; header names are lower case, `query` holds the last value of each key."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    connection: "Connection"

    @property
    def target(self) -> str:
        """Return scheme, host and path, as the caller wrote them."""
        return f"http://{self.headers.get('host', 'localhost')}{self.path}"


@dataclass(slots=True)
class Response:
    """An answer. Without a type of its own it is JSON."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def encode(self, *, close: bool = False, head_only: bool = False) -> bytes:
        """Return the bytes on the wire."""
        more = "Connection: close\r\n" if close else ""
        more += "".join([f"{name}: {value}\r\n" for name, value in self.headers.items()])
        head = (
            f"HTTP/1.1 {self.status} {_PHRASES.get(self.status, 'Unknown')}\r\nContent-Type: {self.content_type}\r\n"
            f"Content-Length: {len(self.body)}\r\n{more}\r\n"
        ).encode("latin-1")
        return head if head_only else head + self.body


_PHRASES = {status.value: status.phrase for status in HTTPStatus}
Handle = Callable[[Request], None]


class _Malformed(Exception):
    """A request that is no HTTP. Carries the status to answer."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a body. `headers` and `query` are shared by requests with the same head: read them only."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    length: int
    chunked: bool
    expects: bool
    closes: bool


@lru_cache(1024)
def read_head(raw: bytes) -> Head:
    """Return the head of a request. A client's heads are mostly alike, so they are kept. Raises _Malformed."""
    first, *lines = raw.decode("latin-1").lstrip("\r\n").split("\r\n")
    try:
        method, target, version = first.split(" ")
    except ValueError:
        raise _Malformed from None
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise _Malformed(505)
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise _Malformed
        headers[name.lower()] = value.strip()
    coding = headers.get("transfer-encoding", "").lower()
    if coding not in ("", "chunked"):
        raise _Malformed(501)
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        raise _Malformed
    if int(length) > BODY_MAX:
        raise _Malformed(413)
    wish = headers.get("connection", "").lower()
    path, _, query = target.partition("?")
    return Head(
        method,
        unquote(path),
        dict(parse_qsl(query, keep_blank_values=True)),
        headers,
        int(length),
        coding == "chunked",
        headers.get("expect", "").lower() == "100-continue",
        wish == "close" or (version == "HTTP/1.0" and wish != "keep-alive"),
    )


class Connection(asyncio.Protocol):
    """One client. It hands on a request, and reads the next one when that is answered."""

    def __init__(self, handle: Handle, opened: "set[Connection]") -> None:
        self._handle = handle
        self._opened = opened
        self._buffer = bytearray()
        self._head: Head | None = None
        self._answered: Head | None = None
        self._chunks: bytearray | None = None
        self._busy = False
        self._reading = False
        self._broken = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)
        self._opened.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        self._transport = None
        self._opened.discard(self)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._buffer += data
        if not self._busy:
            self._read_on()

    def reply(self, response: Response) -> None:
        """Answer the request at hand. Nothing happens if the client has gone."""
        head_only = self._answered is not None and self._answered.method == "HEAD"
        self.write(response.encode(close=self._closes, head_only=head_only))
        self.finish()

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        if self._transport is not None:
            self._transport.write(data)

    def finish(self) -> None:
        """The request at hand is answered: go on with the next, or close as the client wished."""
        self._busy = False
        if self._transport is None:
            return
        if self._closes:
            self._transport.close()
        elif self._buffer and not self._reading:
            self._read_on()

    def hang_up(self, *, with_reset: bool = False) -> None:
        """Close without a word."""
        if self._transport is None:
            return
        connection = self._transport.get_extra_info("socket")
        if with_reset and connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def reset_soon(self) -> None:
        """Reset the connection once the kernel has had time to send what was written."""
        asyncio.get_running_loop().call_later(_FLUSH_S, lambda: self.hang_up(with_reset=True))

    @property
    def _closes(self) -> bool:
        return self._broken or (self._answered is not None and self._answered.closes)

    def _read_on(self) -> None:
        self._reading = True
        try:
            while not self._busy and self._transport is not None:
                request = self._next()
                if request is None:
                    return
                self._busy = True
                self._handle(request)
        except _Malformed as error:
            self._broken = True
            self.reply(Response(b"", error.status, "text/plain"))
        finally:
            self._reading = False

    def _next(self) -> Request | None:
        head = self._head
        if head is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > HEAD_MAX:
                    raise _Malformed(431)
                return None
            head = self._head = read_head(bytes(self._buffer[:end]))
            del self._buffer[: end + 4]
            self._chunks = bytearray() if head.chunked else None
            if head.expects:
                self.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self._read_chunks() if head.chunked else self._read_length(head.length)
        if body is None:
            return None
        self._head, self._answered = None, head
        return Request(head.method, head.path, head.query, head.headers, body, self)

    def _read_length(self, length: int) -> bytes | None:
        if len(self._buffer) < length:
            return None
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        return body

    def _read_chunks(self) -> bytes | None:
        """Take every chunk that is whole; return the body after the last one."""
        assert self._chunks is not None
        while (end := self._buffer.find(b"\r\n")) >= 0:
            try:
                size = int(bytes(self._buffer[:end]).partition(b";")[0], 16)
            except ValueError:
                raise _Malformed from None
            if len(self._chunks) + size > BODY_MAX:
                raise _Malformed(413)
            start, after = end + 2, end + 2 + size + 2
            if size == 0:  # the trailer, which may be empty, ends with an empty line
                ended = self._buffer.find(b"\r\n\r\n", end)
                if ended < 0:
                    return None
                del self._buffer[: ended + 4]
                return bytes(self._chunks)
            if len(self._buffer) < after:
                return None
            self._chunks += self._buffer[start : start + size]
            del self._buffer[:after]
        return None
