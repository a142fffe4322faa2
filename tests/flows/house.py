"""Izin's real processes in a data directory of their own, and the database seen as one of Izin's roles."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import clusters

T = TypeVar("T")
LEASE_TTL_S = 2
UNCERTAIN_WINDOW_S = 3


def until(ask: Callable[[], T], seconds: float = 30.0, *, what: str = "") -> T:
    """Ask again and again until the answer is true, and return it; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what or ask}")
        time.sleep(0.03)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """One process that can be stopped in every way a process ends."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], log: Path) -> None:
        self.name, self._log = name, log
        with log.open("ab") as lines:
            self._process = subprocess.Popen(
                command, env=env, stdin=subprocess.DEVNULL, stdout=lines, stderr=lines, start_new_session=True
            )
        self.pid = self._process.pid

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        """As the machine would: no goodbye, nothing flushed, and what it had started goes as well."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait(10)

    def terminate(self, seconds: float = 30.0) -> int:
        """SIGTERM, and the exit code."""
        self._process.terminate()
        return self._process.wait(seconds)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def code(self) -> int | None:
        return self._process.poll()

    @property
    def lines(self) -> str:
        """What it wrote, both streams."""
        return self._log.read_text(errors="replace")


class House:
    """A data directory with its PostgreSQL, and the processes that live there."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.door_port = free_port()
        self.processes: list[Running] = []

    @property
    def door_url(self) -> str:
        return f"http://127.0.0.1:{self.door_port}"

    def environment(self) -> dict[str, str]:
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}
        return foreign | {
            "IZIN_DATA": str(self.data),
            "IZIN_DOOR_BIND": f"127.0.0.1:{self.door_port}",
            "IZIN_LEASE_TTL_S": str(LEASE_TTL_S),
            "IZIN_UNCERTAIN_WINDOW_S": str(UNCERTAIN_WINDOW_S),
            "PYTHONUNBUFFERED": "1",
        }

    def run(self, process: str, **env: str) -> Running:
        """Start ``izin run <process>``; does not wait for anything."""
        return self.launch(process, [sys.executable, "-m", "izin", "run", process], **env)

    def launch(self, name: str, command: list[str], **env: str) -> Running:
        number = len(self.processes)
        started = Running(name, command, self.environment() | env, self.data / f"{number}-{name}.log")
        self.processes.append(started)
        return started

    def run_door(self) -> Running:
        """The door, once it listens."""
        door = self.run("door")
        until(lambda: door.has_ended() or _listens(self.door_port), what="the door listens")
        assert not door.has_ended(), door.lines
        return door

    def end_all(self, *names: str) -> None:
        """Kill what still runs: all, or the processes of these names."""
        for process in self.processes:
            if not process.has_ended() and (not names or process.name in names):
                process.kill()


@contextmanager
def house() -> Iterator[House]:
    """A migrated house with a root key, and Django in this process as the web role in it."""
    with tempfile.TemporaryDirectory(prefix="izin-house-") as folder:
        data = Path(folder)
        data.chmod(0o711)  # as root, PostgreSQL runs as another user and must get through
        from izin.lib.keyring import RootKey

        with clusters.running(data):
            built = House(data)
            RootKey.create(data / "keys" / "root.key")
            try:
                with _django_in(data):
                    yield built
            finally:
                built.end_all()


@contextmanager
def _django_in(data: Path) -> Iterator[None]:
    """Point this process's Django at the house, whatever database the test run has besides."""
    import django

    django.setup()
    from django.db import connections
    from django.test.utils import override_settings

    from izin.lib import embedded_postgres
    from izin.organisations import keys

    place = embedded_postgres.location(data)
    target: dict[str, Any] = connections.settings["default"]
    elsewhere = {name: target[name] for name in ("HOST", "PORT", "NAME")}
    connections.close_all()
    keys.root.cache_clear()
    target.update(HOST=str(place.socket), PORT=str(place.port), NAME=place.database)
    try:
        with override_settings(ROOT_KEY_FILE=data / "keys" / "root.key", CHECKPOINTS=data / "checkpoints"):
            yield
    finally:
        connections.close_all()
        keys.root.cache_clear()
        target.update(elsewhere)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
