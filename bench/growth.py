"""Does it stay as quick when it grows: planning a large audience, and the cost of one message in small and large ones.

Of the largest audience only as many can be written to as the lane reaches while it is watched; the planning, the queue
and its indexes have their whole size. One lane at its limit, no statuses.
"""

import tempfile
from pathlib import Path
from typing import Any

from bench.ground import Ground, ground
from bench.lane import FASTEST, WARM_S, Seen, look
from bench.people import fill
from bench.registry import Options, figure
from bench.sinking import sinking

NAME = "growth"
SMALL, MIDDLE, LARGE = 1_000, 100_000, 1_000_000
SMALL_LANES = range(4)  # a thousand messages are over in a second: four of them, one after the other, are a figure
PLAN_GOAL_S = 30


def measure(options: Options) -> list[dict[str, Any]]:
    """``quick`` leaves out the million."""
    sizes = (MIDDLE,) if options.quick else (MIDDLE, LARGE)
    found, cost, seen = [], {}, None
    with ground() as place:
        small = [_run(place, lane, SMALL, options.seconds)[1] for lane in SMALL_LANES]
        cost[SMALL] = [one.dispatch_us + one.postgres_us for one in small]
        for lane, size in enumerate(sizes, len(SMALL_LANES)):
            planned_s, seen = _run(place, lane, size, options.seconds * 2)
            cost[size] = [seen.dispatch_us + seen.postgres_us]
            goal = PLAN_GOAL_S if size == LARGE else None
            found.append(figure(f"growth: planning {size:,} people", [planned_s], "s", ceiling=goal))
            found.append(figure(f"growth: memory of dispatch at {size:,}", [seen.memory_mb], "MB", ceiling=200))
            found.append(figure(f"growth: memory gained while sending at {size:,}", [seen.grown_mb], "MB"))
    first = sorted(cost[SMALL])[len(SMALL_LANES) // 2]
    for size, runs in cost.items():
        ceiling = None if size == SMALL else first
        found.append(figure(f"growth: CPU per message at {size:,} (with PostgreSQL)", runs, "µs", ceiling=ceiling))
    return found


def _run(place: Ground, lane: int, people: int, seconds: float) -> tuple[float, Seen]:
    reached = int(FASTEST * (seconds + 2 * WARM_S))
    fill(place, lane, people, readable=reached)
    campaign, planned_s = place.plan(lane, FASTEST)
    with tempfile.TemporaryDirectory() as folder, sinking(Path(folder)) as sink:
        warm_s = 0.0 if people == SMALL else WARM_S
        return planned_s, look(place, sink, {lane: campaign}, seconds, warm_s=warm_s, most=min(people, reached))
