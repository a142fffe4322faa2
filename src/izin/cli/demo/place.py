"""Where the demo keeps its things, apart from any real installation, and what it remembers over a crash."""

import json
import os
import shutil
import socket
from dataclasses import asdict, dataclass, field

from izin.lib import embedded_postgres
from izin.lib.places import data_directory

PORTS = {"web": 8000, "door": 8001, "simulator": 8002}


@dataclass(slots=True)
class Memory:
    """What a demo that was killed must know when it is started again."""

    ports: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    organisation: str = ""
    campaign: str = ""
    said_stop: bool = False
    seconds: float = 0.0
    finished: bool = False


class Place:
    """The demo's folder, ``<data>/demo``."""

    def __init__(self) -> None:
        self.data = data_directory() / "demo"
        self._file = self.data / "demo.json"
        self.memory = Memory()

    def enter(self) -> bool:
        """Take up what a killed demo left, or begin anew; whether something was taken up."""
        if self._file.exists():
            self.memory = Memory(**json.loads(self._file.read_text()))
        taken_up = self._file.exists() and not self.memory.finished
        if not taken_up:
            self._clear()
        self._choose_ports()
        self.remember()
        return taken_up

    def remember(self) -> None:
        """Write the memory down, whole or not at all."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(asdict(self.memory)))
        new.replace(self._file)

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.memory.ports[name]}"

    def environment(self) -> dict[str, str]:
        """What makes every process of the demo find the same folder and ports."""
        ports = self.memory.ports
        return {
            "IZIN_DATA": str(self.data),
            "IZIN_WEB_BIND": f"127.0.0.1:{ports['web']}",
            "IZIN_DOOR_BIND": f"127.0.0.1:{ports['door']}",
            "IZIN_PUBLIC_URL": self.url("web"),
            "IZIN_UNCERTAIN_WINDOW_S": os.environ.get("IZIN_UNCERTAIN_WINDOW_S", "15"),
            "IZIN_LEASE_TTL_S": os.environ.get("IZIN_LEASE_TTL_S", "4"),
            "IZIN_LOG_LEVEL": "WARNING",
        }

    def _clear(self) -> None:
        """An earlier demo that was finished makes room, with its database (which lies elsewhere for root)."""
        cluster = embedded_postgres.location(self.data).cluster
        if cluster.exists():
            embedded_postgres.start(self.data).stop()
            shutil.rmtree(cluster)
        if self.data.exists():
            shutil.rmtree(self.data)
        self.memory = Memory()

    def _choose_ports(self) -> None:
        """The usual ports, or free ones where those are taken."""
        for name, usual in PORTS.items():
            wanted = self.memory.ports.get(name, usual)
            self.memory.ports[name] = wanted if _is_free(wanted) else _free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
