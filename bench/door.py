"""Signed status webhooks, one status each, that the real door takes, seals and commits before it answers 200.

Its ceiling is a bare door on the same server and the same PostgreSQL that checks the HMAC and commits one row a batch.
"""

import json
import subprocess
import sys
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
        door, port = place.house.run_door(), free_port()
        bare = _bare(place, port)
        theirs, ours = f"http://127.0.0.1:{port}/", place.house.door_url + path
        seen: dict[str, list[dict[str, float]]] = {"izin": [], "bare": []}
        for _ in range(3):
            for name, url, pid in (("bare", theirs, bare), ("izin", ours, door.pid)):
                before, pg = cpu_s(pid), place.postgres_cpu_s()
                one = load(url, options.seconds / 3)
                count = one["posts"]
                one |= {
                    "cpu_us": (cpu_s(pid) - before) * 1e6 / count,
                    "pg_us": (place.postgres_cpu_s() - pg) * 1e6 / count,
                }
                seen[name].append(one)
        paced = load(ours, options.seconds, rate=RATE)

    def of(name: str, key: str) -> list[float]:
        return [one[key] for one in seen[name]]

    def middle(name: str, key: str) -> float:
        return sorted(of(name, key))[1]

    return [
        figure("door: webhooks", of("izin", "per_second"), "webhooks/s", ceiling=middle("bare", "per_second")),
        figure("door: CPU", of("izin", "cpu_us"), "µs/webhook", ceiling=middle("bare", "cpu_us")),
        figure("door: CPU of PostgreSQL", of("izin", "pg_us"), "µs/webhook", ceiling=middle("bare", "pg_us")),
        figure("door: p50 at full load", of("izin", "p50_ms"), "ms", ceiling=middle("bare", "p50_ms")),
        figure("door: p99 at full load", of("izin", "p99_ms"), "ms", ceiling=middle("bare", "p99_ms")),
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


def _bare(place: Ground, port: int) -> int:
    from izin.lib import embedded_postgres

    database = embedded_postgres.location(place.house.data).url("postgres", "postgres")
    options = ["--database", database, "--secret", APP_SECRET, "--port", str(port)]
    process = place.house.launch("bare", [sys.executable, "-m", "bench.bare_door", *options])
    until(lambda: process.has_ended() or listens(port), what="the bare door listens")
    return process.pid
