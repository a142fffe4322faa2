"""How many messages a second the simulator takes over with every webhook delivered, and what one costs of a core.

Sender and webhook receiver stand in this process and are as thin as can be: the simulator runs alone in its own. The
machine's other work takes from the messages per second, hardly from the CPU time per message.
"""

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import uvloop

from bench.registry import Options, figure

NAME = "simulator"
CONNECTIONS = 200
RUNS = 3
WARM_UP = 2_000
NUMBER = "106540352242922"
GOAL_PER_SECOND = 3_000
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def measure(options: Options) -> list[dict[str, Any]]:
    """Messages a second, and CPU milliseconds for one message with its three statuses."""
    runs = [uvloop.run(_run(options.seconds)) for _ in range(RUNS)]
    return [
        figure("simulator: messages with webhooks", [run[0] for run in runs], "messages/s", ceiling=GOAL_PER_SECOND),
        figure("simulator: messages on one core", [run[1] for run in runs], "messages/CPU s", ceiling=GOAL_PER_SECOND),
        figure("simulator: CPU per message", [run[2] for run in runs], "ms"),
    ]


async def _run(seconds: float) -> tuple[float, float, float]:
    loop = asyncio.get_running_loop()
    sink = await loop.create_server(_Sink, "127.0.0.1", 0)
    with tempfile.TemporaryDirectory() as folder:
        process, port = await _simulator(Path(folder), sink.sockets[0].getsockname()[1])
        try:
            sender = _Sender(port)
            await sender.send(WARM_UP)
            await _quiet(port)
            cpu, began = _cpu_s(process.pid), time.perf_counter()
            sent = 0
            while time.perf_counter() < began + seconds:
                sent += await sender.send(WARM_UP)
            await _quiet(port)
            wall, cpu = time.perf_counter() - began, _cpu_s(process.pid) - cpu
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()
    sink.close()
    return sent / wall, sent / cpu, cpu / sent * 1000


async def _simulator(folder: Path, sink: int) -> tuple[Process, int]:
    """Start it with everybody reading, no latency and no throughput limit."""
    config = {
        "webhook_url": f"http://127.0.0.1:{sink}/",
        "phone_numbers": [{"id": NUMBER, "messages_per_second": 1_000_000}],
        "templates": [
            {
                "name": "promo",
                "language": "ms",
                "components": [{"type": "BODY", "text": "Hai {{1}}, kelas {{2}} dibuka."}],
            }
        ],
        "latency_ms": 0,
        "read_rate": 1.0,
        "status_delay_ms": {"sent": 50, "delivered": 200, "read": 500},
    }
    (folder / "config.json").write_text(json.dumps(config))
    files = ("--config", str(folder / "config.json"), "--log", str(folder / "log.jsonl"), "--port", "0")
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "izin_simulator", *files, stdout=PIPE)
    assert process.stdout is not None
    address = json.loads(await process.stdout.readline())["listening"]
    return process, int(address.rpartition(":")[2])


def _cpu_s(pid: int) -> float:
    """User and system time of the process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _quiet(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b'{"timeout_s":60}'
    writer.write(b"POST /control/quiet HTTP/1.1\r\nHost: s\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    status = await reader.readline()
    writer.close()
    if b" 200 " not in status:
        raise RuntimeError("the webhooks did not all arrive")


class _Sender:
    """Sends to a new number each time, over so many connections."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._next = 0

    async def send(self, count: int) -> int:
        """Send so many messages; return how many were accepted, which must be all."""
        await asyncio.gather(*(self._over_one(count // CONNECTIONS) for _ in range(CONNECTIONS)))
        return count

    async def _over_one(self, count: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for _ in range(count):
            writer.write(self._request())
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError("the simulator refused a message")
            length = head.index(b"Content-Length: ") + 16
            await reader.readexactly(int(head[length : head.index(b"\r", length)]))
        writer.close()

    def _request(self) -> bytes:
        self._next += 1
        body = (
            b'{"messaging_product":"whatsapp","to":"+6011%08d","type":"template","biz_opaque_callback_data":"r=%d",'
            b'"template":{"name":"promo","language":{"code":"ms"},"components":[{"type":"body","parameters":'
            b'[{"type":"text","text":"Aina"},{"type":"text","text":"cuti sekolah"}]}]}}' % (self._next, self._next)
        )
        return (
            b"POST /v25.0/" + NUMBER.encode() + b"/messages HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
            b"Authorization: Bearer simulator-access-token\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body) + body
        )


class _Sink(asyncio.Protocol):
    """Answers 200 to every webhook and reads no more of it than where it ends."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end]).lower()
            start = head.index(b"content-length:") + 15
            whole = end + 4 + int(head[start:].partition(b"\r\n")[0])
            if len(self._buffer) < whole:
                return
            del self._buffer[:whole]
            self._transport.write(ANSWER)
