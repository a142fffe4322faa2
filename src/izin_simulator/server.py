"""Puts the parts together and serves them over HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from izin_simulator.aftermath import Aftermath
from izin_simulator.cloud import Cloud
from izin_simulator.config import Config
from izin_simulator.control import Control
from izin_simulator.courier import Courier
from izin_simulator.errors import GraphError
from izin_simulator.gate import Gate
from izin_simulator.graph import Graph, error_answer
from izin_simulator.memory import Memory
from izin_simulator.oracle import Log, replay
from izin_simulator.templates import Catalogue

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def running(config: Config, log_path: Path, seed: int, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends; gives the address, `http://host:port`. Port 0 takes a free one.

    An existing log is read first, and what it left unfinished goes on once the port is open.
    """
    memory = Memory(Catalogue(config.templates))
    replay(log_path, memory.hear)
    log = Log(log_path, memory.hear)
    timeout = aiohttp.ClientTimeout(total=config.webhook_timeout_s)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        courier = Courier(config, log, session, seed)
        gate = Gate(config, seed, memory)
        aftermath = Aftermath(config, gate, memory, log, courier)
        cloud = Cloud(config, memory, log, courier, gate, aftermath)
        runner = web.AppRunner(_application(cloud, session), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=1024)
            await site.start()
            aftermath.resume()
            yield f"http://{host}:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
            await courier.close()
            await log.close()


def _application(cloud: Cloud, session: aiohttp.ClientSession) -> web.Application:
    application = web.Application(middlewares=[_errors])
    application.add_routes(Graph(cloud, session).routes())
    application.add_routes(Control(cloud).routes())
    return application


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn a refusal into Meta's error body."""
    try:
        return await handler(request)
    except GraphError as error:
        return error_answer(error)
    except web.HTTPNotFound:
        return error_answer(GraphError(100, "Unknown path components.", http=404))
