"""Signed status webhooks, one status each, that the real door takes, seals and commits before it answers 200.

Its ceiling is a bare door on the same server and the same PostgreSQL that checks the HMAC and commits one row. Beside
it stands what nobody gets past: the same bare door when it commits together what came within a moment.
"""

import json
import subprocess
import sys
from statistics import median
from typing import Any

from bench.ground import APP_SECRET, Ground, cpu_s, ground, until
from bench.registry import Options, figure
from tests.flows.house import _listens as listens
from tests.flows.house import free_port

NAME = "door"
RATE = 3_000


def measure(options: Options) -> list[dict[str, Any]]:
    with ground() as place:
        path = place.connect("https://127.0.0.1:1")
        door = place.house.run_door()
        ours = place.house.door_url + path
        doors = {"bare": bare(place), "gathering": bare(place, "--gathers"), "izin": (ours, door.pid)}
        seen: dict[str, list[dict[str, float]]] = {name: [] for name in doors}
        for _ in range(3):
            for name, (url, pid) in doors.items():
                before, pg = cpu_s(pid), place.postgres_cpu_s()
                one = load(url, options.seconds / 3)
                count = one["posts"]
                one |= {
                    "cpu_us": (cpu_s(pid) - before) * 1e6 / count,
                    "pg_us": (place.postgres_cpu_s() - pg) * 1e6 / count,
                }
                seen[name].append(one)
        paced = load(ours, options.seconds, rate=RATE)

    def compared(what: str, key: str, unit: str) -> dict[str, Any]:
        bare, gathering = (median(one[key] for one in seen[name]) for name in ("bare", "gathering"))
        peers = {"bare, commits together": gathering}
        return figure(f"door: {what}", [one[key] for one in seen["izin"]], unit, ceiling=bare, peers=peers)

    return [
        compared("webhooks", "per_second", "webhooks/s"),
        compared("CPU", "cpu_us", "µs/webhook"),
        compared("CPU of PostgreSQL", "pg_us", "µs/webhook"),
        compared("p50 at full load", "p50_ms", "ms"),
        compared("p99 at full load", "p99_ms", "ms"),
        figure(f"door: p50 at {RATE}/s", [paced["p50_ms"]], "ms", ceiling=50),
        figure(f"door: p99 at {RATE}/s", [paced["p99_ms"]], "ms", ceiling=250),
    ]


def load(url: str, seconds: float, *, rate: float = 0, connections: int = 512) -> dict[str, float]:
    """Webhooks as fast as they are answered, or at a rate. Raises RuntimeError when one was not answered 200."""
    options = ["--seconds", str(seconds), "--rate", str(rate), "--connections", str(connections)]
    command = [sys.executable, "-m", "bench.webhooks", url, "--secret", APP_SECRET, *options]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    if found["refused"]:
        raise RuntimeError(f"{found['refused']} webhooks were not answered 200")
    return found


def bare(place: Ground, *how: str, database: bool = True) -> tuple[str, int]:
    """A running bare door: its address and its process."""
    from izin.lib import embedded_postgres

    port = free_port()
    options = ["--secret", APP_SECRET, "--port", str(port), *how]
    if database:
        options += ["--database", embedded_postgres.location(place.house.data).url("postgres", "postgres")]
    process = place.house.launch("bare", [sys.executable, "-m", "bench.bare_door", *options])
    until(lambda: process.has_ended() or listens(port), what="the bare door listens")
    return f"http://127.0.0.1:{port}/", process.pid
