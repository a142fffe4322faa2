"""Puts the parts together, finds the handler of a request, and serves over HTTP."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from izin_simulator.access import Access
from izin_simulator.aftermath import Aftermath
from izin_simulator.answers import error_answer, json_answer
from izin_simulator.clock import Clock
from izin_simulator.cloud import Cloud
from izin_simulator.config import Config
from izin_simulator.control import Control, Refused
from izin_simulator.courier import Courier
from izin_simulator.crowd import Crowd
from izin_simulator.errors import GraphError
from izin_simulator.estate import Estate
from izin_simulator.fate import Fate
from izin_simulator.faults import FaultPlan
from izin_simulator.gate import Gate
from izin_simulator.graph import Graph, Handler
from izin_simulator.ground import Ground
from izin_simulator.holdings import Holdings
from izin_simulator.http import Connection, Request, Response
from izin_simulator.media import Media
from izin_simulator.memory import Memory
from izin_simulator.oracle import Log, replay
from izin_simulator.phones import SPOKEN, Phones
from izin_simulator.sending import Sending
from izin_simulator.template_endpoints import TemplateEndpoints
from izin_simulator.timetable import Timetable

_VERSION = re.compile(r"v\d+\.\d+")
_PAGE = Path(__file__).parent / "page"
_PAGES = {"": "index.html", "phones.css": "phones.css", "phones.js": "phones.js"}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
_SELF_ONLY = {"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'", "Cache-Control": "no-cache"}
_PATIENCE_S = 1.0


@asynccontextmanager
async def running(config: Config, log_path: Path, seed: int, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends; gives the address, `http://host:port`. Port 0 takes a free one.

    An existing log is read first, and what it left unfinished goes on once the port is open.
    """
    memory = Memory(Crowd(config.business_account_id, contact_book=config.people.contact_book), Holdings(config))
    media, phones = Media(log_path.with_suffix(".media")), Phones(memory)

    for event in ("media", "media_deleted"):
        memory.also(event, media.hear)

    def remember(record: dict[str, Any]) -> None:
        memory.hear(record)
        phones.replay(record)

    replay(log_path, remember)
    for event in SPOKEN:
        memory.also(event, phones.hear)
    clock = Clock(config.seconds_per_day, memory.latest_at)
    real, simulated = Timetable(time.monotonic), Timetable(clock.now, clock.real)
    log = Log(log_path, memory.hear)
    timeout = aiohttp.ClientTimeout(total=config.webhook_timeout_s)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as session:
        ground = Ground(config, seed, clock, real, simulated, memory, media, log)
        courier, access = Courier(ground, session, _addresses(config, memory.holdings)), Access(config)
        faults = FaultPlan(config.faults, began=time.monotonic(), seed=seed)
        gate = Gate(config, memory, access, Fate(config, seed, memory, media.known), faults)
        estate = Estate(ground, courier)
        aftermath = Aftermath(ground, gate, courier, estate)
        estate.released = aftermath.follow
        door = Door(Cloud(ground, access, courier, gate, estate, aftermath, phones), session)
        server = await asyncio.get_running_loop().create_server(door.connection, host, port, backlog=1024)
        try:
            estate.resume()
            aftermath.resume()
            yield f"http://{host}:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            await door.close()
            real.close()
            simulated.close()
            await courier.close()
            await log.close()


def _addresses(config: Config, holdings: Holdings) -> Callable[[str | None], str | None]:
    """Return where webhooks of a number go: its own callback, the account's, or the configured one."""

    def address_of(number_id: str | None) -> str | None:
        if not holdings.subscribed:
            return None
        own = holdings.states[number_id].callback if number_id is not None else None
        return own or holdings.callback or config.webhook_url

    return address_of


class Door:
    """Hands requests to their handlers. Sends are taken at once, everything else gets a task."""

    def __init__(self, cloud: Cloud, session: aiohttp.ClientSession) -> None:
        self._cloud = cloud
        self._sending = Sending(cloud)
        self._graph = Graph(cloud, session)
        self._templates = TemplateEndpoints(cloud, self._graph)
        self._edges = self._graph.routes() | self._templates.routes()
        self._control = Control(cloud).routes()
        self._opened: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def connection(self) -> Connection:
        """Return the protocol of a new connection."""
        return Connection(self._take, self._opened)

    async def close(self) -> None:
        """Let handlers end, then close every connection."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_PATIENCE_S)
        for task in self._tasks:
            task.cancel()
        for connection in list(self._opened):
            connection.hang_up()

    def _take(self, request: Request) -> None:
        parts = request.path.split("/")[1:]
        if len(parts) == 3 and request.method == "POST" and _VERSION.fullmatch(parts[0]):
            if parts[2] == "messages":
                self._sending.take(request, parts[1])
                return
            if parts[2] == "marketing_messages":
                self._sending.take(request, parts[1], marketing_endpoint=True)
                return
        task = asyncio.get_running_loop().create_task(self._answer(request, parts))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, request: Request, parts: list[str]) -> None:
        try:
            response = await self._handled(request, parts)
        except GraphError as error:
            response = error_answer(error)
        except Refused as error:
            response = json_answer({"error": str(error)}, 400)
        except Exception:
            request.connection.reply(Response(b"Internal Server Error", 500, "text/plain"))
            raise
        request.connection.reply(response)

    def _handled(self, request: Request, parts: list[str]) -> Awaitable[Response]:
        method = "GET" if request.method == "HEAD" else request.method
        if parts[0] == "control" and len(parts) == 2 and (method, parts[1]) in self._control:
            return self._control[method, parts[1]](request)
        if len(parts) == 1 and method == "GET" and parts[0] in _PAGES:
            return _page(_PAGES[parts[0]])
        if len(parts) == 2 and method == "GET" and parts[0] == "media":
            return self._graph.download(request, parts[1])
        if _VERSION.fullmatch(parts[0]):
            parts = parts[1:]
        if parts == ["debug_token"] and method == "GET":
            return self._graph.debug_token(request)
        if len(parts) == 2 and (method, parts[1]) in self._edges:
            return self._edges[method, parts[1]](request, parts[0])
        if len(parts) == 1 and parts[0]:
            return self._node(method, parts[0])(request, parts[0])
        raise GraphError(100, "Unknown path components.", http=404)

    def _node(self, method: str, wanted: str) -> Handler:
        """Return the handler of an object by the kind of its id, as the Graph API does."""
        holdings, graph, templates = self._cloud.memory.holdings, self._graph, self._templates
        if wanted == self._cloud.config.business_account_id:
            handlers: dict[str, Handler] = {"GET": graph.business_account}
        elif wanted in holdings.numbers:
            handlers = {"GET": graph.phone_number, "POST": graph.change_phone_number}
        elif holdings.catalogue.by_id(wanted) is not None:
            handlers = {"GET": templates.show, "POST": templates.edit}
        else:
            handlers = {"GET": graph.media, "DELETE": graph.delete_media}
        if method not in handlers:
            raise GraphError(100, "Unsupported request.")
        return handlers[method]


async def _page(name: str) -> Response:
    path = _PAGE / name
    return Response(path.read_bytes(), 200, _TYPES[path.suffix], dict(_SELF_ONLY))
