"""Lanes of a real dispatch process: is the limit kept, and how much goes through when there is hardly any.

The whole path: consent lock, decision, decryption, rendering, HTTP over TLS, outcome row; three signed statuses for
each message come back through the door and are applied by the worker. The ceiling of a limit is the limit; the ceiling
of the uncapped run is Izin's own client at the same sink, in the same run, with nothing else to do.
"""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import client
from bench.ground import APP_SECRET, Ground, Running, cpu_s, ground, memory_mb, until
from bench.registry import Options, figure
from bench.sinking import Sinking, sinking

NAME = "lane"
WARM_S = 3.0
LANES = 6
FASTEST = 1_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One run, once it was under way."""

    per_second: float
    busiest_second: int
    dispatch_us: float
    postgres_us: float
    memory_mb: float
    door_p50_ms: float
    door_p99_ms: float
    backlog: int
    unreported: int


def measure(options: Options) -> list[dict[str, Any]]:
    seconds = options.seconds
    found = []
    with tempfile.TemporaryDirectory() as folder, sinking(Path(folder)) as plain, ground(plain.authority) as place:
        place.connect(plain.url)
        people = int(FASTEST * (seconds + 2 * WARM_S))
        for lane in range(LANES):
            place.populate(lane, people)
        bare = client.run("izin", plain, seconds)
        alone = watch(place, plain, range(LANES), FASTEST, seconds)
        found += [
            figure("lanes, uncapped: messages", [alone.per_second], "messages/s", ceiling=bare["per_second"]),
            figure("lanes, uncapped: CPU of dispatch", [alone.dispatch_us], "µs/message", ceiling=bare["cpu_us"]),
            figure("lanes, uncapped: CPU of PostgreSQL", [alone.postgres_us], "µs/message"),
            figure("lanes, uncapped: memory of dispatch", [alone.memory_mb], "MB", ceiling=200),
        ]
        place.house.run("worker")
        place.house.run_door()
        webhook = place.house.door_url + place.connect(plain.url)
        for limit, batch in ((80, 1), (FASTEST, 1)):
            with (
                tempfile.TemporaryDirectory() as own,
                sinking(Path(own), webhook=webhook, secret=APP_SECRET, batch=batch) as sink,
            ):
                found += _limited(place, sink, limit, seconds)
        with (
            tempfile.TemporaryDirectory() as own,
            sinking(Path(own), webhook=webhook, secret=APP_SECRET, batch=30) as sink,
        ):
            whole = watch(place, sink, range(LANES), FASTEST, seconds)
        found += [
            figure(
                "lanes, uncapped, with statuses: messages", [whole.per_second], "messages/s", ceiling=bare["per_second"]
            ),
            figure("lanes, uncapped, with statuses: left to apply", [whole.backlog], "webhooks"),
        ]
    return found


def _limited(place: Ground, sink: Sinking, limit: int, seconds: float) -> list[dict[str, Any]]:
    seen = watch(place, sink, range(1), limit, seconds)
    name = f"lane at {limit}/s"
    return [
        figure(f"{name}: messages", [seen.per_second], "messages/s", ceiling=limit),
        figure(f"{name}: busiest second", [seen.busiest_second], "messages", ceiling=limit),
        figure(f"{name}: CPU of dispatch", [seen.dispatch_us], "µs/message"),
        figure(f"{name}: CPU of PostgreSQL", [seen.postgres_us], "µs/message"),
        figure(f"{name}: door p50", [seen.door_p50_ms], "ms", ceiling=50),
        figure(f"{name}: door p99", [seen.door_p99_ms], "ms", ceiling=250),
    ]


def watch(
    place: Ground, sink: Sinking, lanes: range, per_second: int, seconds: float, profile: Path | None = None
) -> Seen:
    """Run a campaign in each lane, and look at it for so long after it is under way."""
    _trust(place, sink)
    campaigns = [place.start_campaign(lane, per_second) for lane in lanes]
    for lane in lanes:
        place.unlock(lane)
    dispatch = place.dispatch(profile)
    try:
        until(lambda: dispatch.has_ended() or sink.ask("count")["messages"] > 0, 60, what="the first message came")
        time.sleep(WARM_S)
        before = _state(place, sink, dispatch)
        time.sleep(seconds)
        after = _state(place, sink, dispatch)
        peak, backlog = memory_mb(dispatch.pid), place.backlog()
        if dispatch.terminate(60):
            raise RuntimeError(dispatch.lines[-2000:])
    finally:
        place.strike()
        for campaign in campaigns:
            place.cancel(campaign)
    elapsed, dispatch_s, postgres_s = after["at"] - before["at"], *(after[k] - before[k] for k in ("dispatch", "pg"))
    messages = after["messages"] - before["messages"]
    whole = sink.ask("whole")
    return Seen(
        per_second=messages / elapsed,
        busiest_second=whole["busiest_second"],
        dispatch_us=dispatch_s * 1e6 / messages,
        postgres_us=postgres_s * 1e6 / messages,
        memory_mb=peak,
        door_p50_ms=whole["post_p50_ms"],
        door_p99_ms=whole["post_p99_ms"],
        backlog=backlog,
        unreported=whole["unreported"],
    )


def _state(place: Ground, sink: Sinking, dispatch: Running) -> dict[str, float]:
    return sink.ask("count") | {"dispatch": cpu_s(dispatch.pid), "pg": place.postgres_cpu_s()}


def _trust(place: Ground, sink: Sinking) -> None:
    place.trust = sink.authority
    place.connect(sink.url)
