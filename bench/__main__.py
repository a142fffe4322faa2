"""``python -m bench [name…] [--seconds N] [--write]``: measure and print; --write keeps it in results/latest.json."""

import argparse
import json
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.registry import RESULTS, Options, measures, run


def main() -> None:
    known = sorted(measures())
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"what to measure: {', '.join(known)} (all)")
    parser.add_argument("--seconds", type=float, default=Options().seconds, help="how long each single run is watched")
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/results/latest.json")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(known):
        parser.error(f"there is no measure called {', '.join(sorted(unknown))}")
    found: list[dict[str, Any]] = []
    for name in asked.names or known:
        results = _alone(name, Options(asked.seconds))
        for result in results:
            print(line(result), flush=True)
        found += results
    if asked.write:
        write(found)


def line(result: dict[str, Any]) -> str:
    """One result for a reader."""
    parts = [f"{result['name']:<44} {result['value']:>10,g} {result['unit']}"]
    if result["ceiling"] is not None:
        parts.append(f"ceiling {result['ceiling']:,g}, ratio {result['ratio']}")
    parts += [f"{peer} {value:,g}" for peer, value in result["peers"].items()]
    return " · ".join(parts)


def write(found: list[dict[str, Any]]) -> None:
    """Replace these results in the file and leave the others."""
    names = {result["name"] for result in found}
    kept = [one for one in json.loads(RESULTS.read_text()) if one["name"] not in names] if RESULTS.exists() else []
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(sorted([*kept, *found], key=lambda one: str(one["name"])), indent=1) + "\n")


def _alone(name: str, options: Options) -> list[dict[str, Any]]:
    """In a process of its own, so that no measure inherits another one's memory, database or Django.

    Says beside each figure how much of the machine other programs took meanwhile: then it was too low.
    """
    began, busy, ours = time.monotonic(), _busy_s(), _ours_s()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        results = pool.submit(run, name, options).result()
    foreign = (_busy_s() - busy) - (_ours_s() - ours)
    share = max(0.0, foreign / (time.monotonic() - began) / (os.cpu_count() or 1))
    return [
        result | {"machine": f"{result['machine']}, {share:.0%} of it taken by other programs"} for result in results
    ]


def _busy_s() -> float:
    """What all programs of this machine have used so far."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")  # without idle and waiting for the disk


def _ours_s() -> float:
    """What our processes that have ended used, and this one."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
