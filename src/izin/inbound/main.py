"""The door process: granian serves the ASGI app in this very process, on one event loop."""

import asyncio
import logging
import signal

import uvloop
from django.conf import settings
from django.db import connection
from granian.constants import Interfaces
from granian.server.embed import Server

from izin.inbound.accounts import Accounts
from izin.inbound.door import Door
from izin.inbound.storing import store
from izin.lib.errors import IzinError

log = logging.getLogger(__name__)


class CannotListen(IzinError):
    """The address for webhooks is wrong or taken."""


def main() -> None:
    """Serve until SIGTERM or SIGINT; what was received by then is stored and answered. Raises CannotListen."""
    uvloop.run(_serve())


async def _serve() -> None:
    host, _, port = settings.DOOR_BIND.rpartition(":")
    if not port.isdecimal():
        raise CannotListen("IZIN_DOOR_BIND must look like 127.0.0.1:8001.")
    server = Server(
        Door(Accounts(), store),
        address=host.strip("[]") or "127.0.0.1",
        port=int(port),
        interface=Interfaces.ASGI,
        websockets=False,
        log_access=False,
        backlog=1024,
    )
    # The same thirty statements for every refusal: planned once, a refusal is in force a third sooner.
    connection.settings_dict["OPTIONS"]["prepare_threshold"] = 5
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, server.stop)
    try:
        await server.serve()
    except (OSError, RuntimeError) as error:
        raise CannotListen(f"The door cannot listen on {settings.DOOR_BIND}: {error}. Set IZIN_DOOR_BIND.") from error
