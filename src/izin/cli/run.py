"""``izin run web|door|worker|dispatch``, one process each, and ``izin up``, all of them under one supervisor."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib import import_module
from typing import Any

from izin.cli.supervisor import SUPERVISED, Supervisor
from izin.lib.errors import IzinError

# The order in which they start, each with its database role; they stop the other way round, so that what a lane has
# sent still gets its answers written down.
PROCESSES = {"web": "web", "door": "dispatch", "worker": "web", "dispatch": "dispatch"}
_MAINS = {"door": "izin.inbound.main", "worker": "izin.cli.worker", "dispatch": "izin.dispatch.main"}
_WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
_GRACE_S = 8.0


class CannotListen(IzinError):
    """The address for the web application is wrong or taken."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = subparsers.add_parser("run", help="run one process: web, door, worker or dispatch")
    names = run.add_subparsers(metavar="process", required=True)
    for name, role in PROCESSES.items():
        names.add_parser(name).set_defaults(handler=run_one, role=role, process=name)
    up = subparsers.add_parser("up", help="run all processes, and the embedded database if no other is set")
    up.set_defaults(handler=run_all, django=False)


def commands() -> dict[str, list[str]]:
    """The command of each process, in the order of their start, as ``Supervisor`` takes them."""
    return {name: izin("run", name) for name in PROCESSES}


def izin(*arguments: str) -> list[str]:
    """The ``izin`` command with this interpreter."""
    return [sys.executable, "-m", "izin", *arguments]


def run_one(parsed: argparse.Namespace) -> int | None:
    """Check the walls, then run the process until SIGTERM or SIGINT."""
    from django.db import connections

    from izin.lib import heap
    from izin.organisations import isolation

    end_with_supervisor()
    isolation.check()
    connections.close_all()
    if parsed.process == "web":
        _serve_web()
        return None
    work = import_module(_MAINS[parsed.process]).main
    heap.settle()
    code: int | None = work()
    return code


def run_all(parsed: argparse.Namespace) -> int:
    """Migrate, then keep all processes running until SIGTERM, SIGINT or SIGHUP. Returns 0, or 2 if one refuses."""
    migrated = subprocess.run(izin("database", "migrate", "--quiet"), check=False)
    if migrated.returncode:
        return migrated.returncode
    from izin import settings

    supervisor = Supervisor(commands())
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda *_: supervisor.request_stop())
    supervisor.start()
    print(f"Izin is starting at {settings.PUBLIC_URL} (Ctrl-C stops it).", flush=True)
    return supervisor.wait()


def end_with_supervisor() -> None:
    """End this process and its children soon after its supervisor has gone, however that ended (kill -9 as well).

    The supervisor holds the other end of our standard input and never writes: its end is the supervisor's end.
    """
    if not os.environ.pop(SUPERVISED, None):
        return

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.killpg(0, signal.SIGTERM)  # the supervisor gave us a process group of our own
        time.sleep(_GRACE_S)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, name="end-with-supervisor", daemon=True).start()


def _serve_web() -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    from izin import settings, wsgi  # imported here, so that a mistake in it ends this process and not a worker

    host, _, port = settings.WEB_BIND.rpartition(":")
    address = host.strip("[]") or "127.0.0.1"
    if not port.isdecimal():
        raise CannotListen("IZIN_WEB_BIND must look like 127.0.0.1:8000.")
    server: Any = Server(
        f"{wsgi.__name__}:application",
        address=address,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_WEB_THREADS,
        websockets=False,
        workers_kill_timeout=int(_GRACE_S) - 3,
    )
    try:
        # granian shares its port with whoever shares it too, and half of the requests would go to another Izin.
        socket.create_server((address, int(port)), family=socket.AF_INET6 if ":" in address else socket.AF_INET).close()
    except OSError as error:
        raise CannotListen(
            f"Izin cannot listen on {settings.WEB_BIND}: {os.strerror(error.errno or 0)}. Set IZIN_WEB_BIND."
        ) from error
    server.serve()
