"""How many messages a second an HTTP client brings to the sink, with nothing else to do: the ceiling of every lane.

Ours, and its peers on the same wire: a plain aiohttp loop, pyreqwest and pywa where they are installed. As a program it
is one of them for some seconds, and prints what it saw as one line of JSON.
"""

import argparse
import asyncio
import json
import resource
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uvloop

from bench.registry import Options, figure
from bench.sinking import Sinking, sinking

NAME = "client"
PHONE = "106540352200001"
TOKEN = "bench-token"
BODY = (
    b'{"messaging_product":"whatsapp","type":"template","to":"+60120000001","recipient_type":"individual",'
    b'"template":{"name":"kelas","language":{"code":"ms"},"components":[{"type":"body","parameters":'
    b'[{"type":"text","parameter_name":"nama","text":"Orang 1"}]}]},'
    b'"biz_opaque_callback_data":"v1.AAAAAAAAAAAAAAAAAAAAAA"}'
)
STEP_S = 0.004
WARM_S = 10.0
CONCURRENCY = 1_000  # at 80 ms for an answer; fewer would wait for answers instead of working
CONCURRENCY_OF = {"pywa": 50}  # httpx searches its whole pool at each request: with more it is slower, not faster
Send = Callable[[], Awaitable[None]]


def measure(options: Options) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder, sinking(Path(folder)) as sink:
        for _ in range(options.repeats):
            for peer in available():
                found.setdefault(peer, []).append(run(peer, sink, options.seconds / 2))
    rates = {peer: [one["per_second"] for one in runs] for peer, runs in found.items()}
    costs = {peer: [one["cpu_us"] for one in runs] for peer, runs in found.items()}
    return [
        figure("client: messages", rates.pop("izin"), "messages/s", peers=_medians(rates)),
        figure("client: CPU", costs.pop("izin"), "µs/message", peers=_medians(costs)),
    ]


def available() -> list[str]:
    """Those that can be imported here."""
    return [peer for peer, (module, _) in PEERS.items() if find_spec(module)]


def missing() -> list[str]:
    """Those that cannot: `bin/setup --bench` installs them."""
    return sorted(set(PEERS) - set(available()))


def run(peer: str, sink: Sinking, seconds: float, *, concurrency: int | None = None) -> dict[str, float]:
    """One client for so long: ``per_second`` and ``cpu_us`` a message, after its connections are open."""
    at_once = str(concurrency or CONCURRENCY_OF.get(peer, CONCURRENCY))
    arguments = [peer, sink.url, str(sink.authority), "--seconds", str(seconds), "--concurrency", at_once]
    command = [sys.executable, "-m", "bench.client", *arguments]
    done = subprocess.run(command, env=sink.environment(), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@asynccontextmanager
async def _izin(url: str, _authority: str, concurrency: int) -> AsyncIterator[Send]:
    """Izin's own, as a lane uses it in a process of Izin's."""
    from izin.lib import heap
    from izin.whatsapp.client import Client

    heap.settle()
    async with Client(url, access_token=TOKEN, app_secret=b"bench-app-secret", limit=concurrency) as client:

        async def send() -> None:
            answer = await client.send(PHONE, BODY)
            if answer.kind != "accepted":
                raise RuntimeError(answer.kind)

        yield send


@asynccontextmanager
async def _aiohttp(url: str, authority: str, concurrency: int) -> AsyncIterator[Send]:
    """The least that aiohttp can do."""
    import aiohttp

    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connector = aiohttp.TCPConnector(limit=concurrency, ssl=ssl.create_default_context(cafile=authority))
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:
        address = f"{url}/v23.0/{PHONE}/messages"

        async def send() -> None:
            async with session.post(address, data=BODY) as response:
                json.loads(await response.read())["messages"]

        yield send


@asynccontextmanager
async def _pyreqwest(url: str, authority: str, concurrency: int) -> AsyncIterator[Send]:
    from pyreqwest.client import ClientBuilder

    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    builder = ClientBuilder().default_headers(headers).add_root_certificate_pem(Path(authority).read_bytes())
    async with builder.http1_only().pool_max_idle_per_host(concurrency).build() as client:
        address = f"{url}/v23.0/{PHONE}/messages"

        async def send() -> None:
            response = await client.post(address).body_bytes(BODY).build().send()
            json.loads(bytes(await response.bytes()))["messages"]

        yield send


@asynccontextmanager
async def _pywa(url: str, authority: str, concurrency: int) -> AsyncIterator[Send]:
    """Its asynchronous client on one httpx session, as its documentation has it for many messages."""
    httpx, pywa, words = (import_module(name) for name in ("httpx", "pywa_async", "pywa.types.templates"))
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    context = ssl.create_default_context(cafile=authority)
    async with httpx.AsyncClient(verify=context, limits=limits, timeout=30.0) as session:
        whatsapp = pywa.WhatsApp(phone_id=PHONE, token=TOKEN, session=session)
        whatsapp.api._session.base_url = httpx.URL(f"{url}/v23.0")
        nama = words.BodyText.params(nama="Orang 1")

        async def send() -> None:
            await whatsapp.send_template(
                to="+60120000001", name="kelas", language=words.TemplateLanguage.MALAY, params=[nama], tracker="v1.A"
            )

        yield send


PEERS: dict[str, tuple[str, Any]] = {
    "izin": ("izin", _izin),
    "aiohttp": ("aiohttp", _aiohttp),
    "pyreqwest": ("pyreqwest", _pyreqwest),
    "pywa": ("pywa", _pywa),
}


async def _run(asked: argparse.Namespace) -> dict[str, float]:
    _, opened = PEERS[asked.peer]
    done = connected = 0
    running = True

    async def keep_sending(send: Send) -> None:
        nonlocal done, connected
        await send()
        connected += 1
        while running:
            await send()
            done += 1

    async with opened(asked.url, asked.authority, asked.concurrency) as send:
        tasks = []
        for _ in range(asked.concurrency):  # not all handshakes at once: they would time out
            tasks.append(asyncio.create_task(keep_sending(send)))
            await asyncio.sleep(STEP_S)
        deadline = time.perf_counter() + WARM_S
        while connected < asked.concurrency and time.perf_counter() < deadline:
            await asyncio.sleep(0.1)
        first, began, cpu_s = done, time.perf_counter(), _cpu_s()
        await asyncio.sleep(asked.seconds)
        messages, elapsed, cpu_s = done - first, time.perf_counter() - began, _cpu_s() - cpu_s
        running = False
        await asyncio.gather(*tasks)
    return {"per_second": messages / elapsed, "cpu_us": cpu_s * 1e6 / max(1, messages)}


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _medians(runs: dict[str, list[float]]) -> dict[str, float]:
    return {peer: sorted(found)[len(found) // 2] for peer, found in runs.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=list(PEERS))
    parser.add_argument("url")
    parser.add_argument("authority")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--concurrency", type=int, default=CONCURRENCY)
    print(json.dumps(uvloop.run(_run(parser.parse_args()))), flush=True)


if __name__ == "__main__":
    main()
