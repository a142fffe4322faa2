"""Lanes of a real dispatch process: is the limit kept, and how much goes through when there is hardly any.

The whole path: consent lock, decision, decryption, rendering, HTTP over TLS, outcome row; three signed statuses for
each message come back through the door and are applied by the worker. The ceiling of a limit is the limit; the ceiling
of the uncapped runs is a plain loop over the same HTTP library at the same kind of sink, with nothing else to do, and
beside it stands Izin's own client alone, run by run in turn. Where statuses come back they come back to these as well,
to a door that checks their signature and forgets them.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import client
from bench.door import bare
from bench.ground import APP_SECRET, Ground, Running, cpu_s, ground, memory_mb, until
from bench.people import fill
from bench.registry import Options, figure
from bench.sinking import Sinking, sinking

NAME = "lane"
WARM_S = 3.0
LANES = 8
FASTEST = 1_000
LIMITS = (80, FASTEST)
BARE, OWN = "aiohttp", "izin"
Turn = tuple[dict[str, dict[str, float]], "Seen"]
STATUSES_A_WEBHOOK = 30  # in the uncapped runs; one by one they are at the limits and in the door's own measure


@dataclass(frozen=True, slots=True)
class Seen:
    """One run, once it was under way."""

    per_second: float
    busiest_second: int
    dispatch_us: float
    postgres_us: float
    memory_mb: float
    grown_mb: float
    door_p50_ms: float
    door_p99_ms: float
    backlog: int


def measure(options: Options) -> list[dict[str, Any]]:
    with ground() as place:
        fill(place, 0, int(FASTEST * (options.limit_s + 3 * WARM_S)))
        for lane in range(1, LANES):
            fill(place, lane, int(FASTEST * (options.seconds + 3 * WARM_S)))
        plain = [_turn(place, options)]
        place.house.run("worker")
        place.house.run_door()
        webhook = place.house.door_url + place.connect("https://127.0.0.1:1")
        forgetful, _ = bare(place, database=False)
        whole = []
        for _ in range(options.repeats):
            place.rest()
            whole.append(_turn(place, options, webhook, forgetful))
        limited = {}
        for limit in LIMITS:
            place.rest()
            with _sink(webhook) as sink:
                limited[limit] = watch(place, sink, range(1), limit, options.limit_s, apart=True)
    found = [
        *_uncapped("lanes, uncapped, no statuses", plain),
        *_uncapped("lanes, uncapped, with statuses", whole),
        figure("lanes, uncapped, with statuses: left to apply", [seen.backlog for _, seen in whole], "webhooks"),
    ]
    for limit, seen in limited.items():
        found += _limited(f"lane at {limit}/s", limit, seen)
    return found


@contextmanager
def _sink(webhook: str = "", batch: int = 1) -> Iterator[Sinking]:
    """A new sink, whose record holds one run."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sinking(Path(folder), webhook=webhook, secret=APP_SECRET, batch=batch) as sink,
    ):
        yield sink


def _turn(place: Ground, options: Options, webhook: str = "", forgetful: str = "") -> Turn:
    """The bare clients, and right after them all lanes: the machine's speed is not steady, all shall see the same."""
    alone = {}
    for peer in (OWN, BARE):
        with _sink(forgetful, STATUSES_A_WEBHOOK) as sink:
            alone[peer] = client.run(peer, sink, options.seconds / 2)
    with _sink(webhook, STATUSES_A_WEBHOOK) as sink:
        return alone, watch(place, sink, range(LANES), FASTEST, options.seconds)


def _uncapped(name: str, turns: list[Turn]) -> list[dict[str, Any]]:
    seen = [one for _, one in turns]

    def beside(what: str, key: str, found: list[float], unit: str) -> dict[str, Any]:
        bare, own = (median(alone[peer][key] for alone, _ in turns) for peer in (BARE, OWN))
        return figure(f"{name}: {what}", found, unit, ceiling=bare, peers={"Izin's client alone": own})

    return [
        beside("messages", "per_second", [one.per_second for one in seen], "messages/s"),
        beside("CPU of dispatch", "cpu_us", [one.dispatch_us for one in seen], "µs/message"),
        figure(f"{name}: CPU of PostgreSQL", [one.postgres_us for one in seen], "µs/message"),
        figure(f"{name}: memory of dispatch", [one.memory_mb for one in seen], "MB", ceiling=200),
    ]


def _limited(name: str, limit: int, seen: Seen) -> list[dict[str, Any]]:
    return [
        figure(f"{name}: messages", [seen.per_second], "messages/s", ceiling=limit),
        figure(f"{name}: busiest second", [seen.busiest_second], "messages", ceiling=limit),
        figure(f"{name}: CPU of dispatch", [seen.dispatch_us], "µs/message"),
        figure(f"{name}: CPU of PostgreSQL", [seen.postgres_us], "µs/message"),
        figure(f"{name}: memory of dispatch", [seen.memory_mb], "MB", ceiling=200),
        figure(f"{name}: door p50", [seen.door_p50_ms], "ms", ceiling=50),
        figure(f"{name}: door p99", [seen.door_p99_ms], "ms", ceiling=250),
    ]


def watch(place: Ground, sink: Sinking, lanes: range, per_second: int, seconds: float, *, apart: bool = False) -> Seen:
    """Plan a campaign in each lane, run them, and look at them for so long after they are under way."""
    return look(place, sink, {lane: place.start_campaign(lane, per_second) for lane in lanes}, seconds, apart=apart)


def look(
    place: Ground,
    sink: Sinking,
    campaigns: dict[int, Any],
    seconds: float,
    *,
    warm_s: float = WARM_S,
    most: float = float("inf"),
    apart: bool = False,
    profile: Path | None = None,
) -> Seen:
    """Let a dispatch process send these planned campaigns, and look at it until the time is over or ``most`` are sent.

    The lanes are given up and the campaigns cancelled after it. The process is ``apart`` where its own timing is
    measured: kept waiting for a processor by ours, it would be judged for what the others do.
    """
    place.trust = sink.authority
    place.connect(sink.url)
    for lane in campaigns:
        place.unlock(lane)
    dispatch = place.dispatch(profile)
    try:
        until(lambda: dispatch.has_ended() or sink.ask("count")["messages"] > 0, 60, what="the first message came")
        if apart:
            place.apart(dispatch)
        time.sleep(warm_s)
        before, began = _state(place, sink, dispatch), time.perf_counter()
        while (left := began + seconds - time.perf_counter()) > 0 and sink.ask("count")["messages"] < most:
            time.sleep(min(left, 0.2 if most < float("inf") else left))
        after = _state(place, sink, dispatch)
        backlog = place.backlog()
        if dispatch.terminate(60):
            raise RuntimeError(dispatch.lines[-2000:])
    finally:
        place.strike()
        for campaign in campaigns.values():
            place.cancel(campaign)
    messages = after["messages"] - before["messages"]
    whole = sink.ask("whole")
    return Seen(
        per_second=messages / (after["at"] - before["at"]),
        busiest_second=whole["busiest_second"],
        dispatch_us=(after["dispatch"] - before["dispatch"]) * 1e6 / messages,
        postgres_us=(after["pg"] - before["pg"]) * 1e6 / messages,
        memory_mb=after["peak"],
        grown_mb=after["now"] - before["now"],
        door_p50_ms=whole["post_p50_ms"],
        door_p99_ms=whole["post_p99_ms"],
        backlog=backlog,
    )


def _state(place: Ground, sink: Sinking, dispatch: Running) -> dict[str, float]:
    pid = dispatch.pid
    used = {"dispatch": cpu_s(pid), "pg": place.postgres_cpu_s()}
    return sink.ask("count") | used | {"peak": memory_mb(pid), "now": memory_mb(pid, "VmRSS")}
