"""``python -m bench [name…] [--quick] [--write]``: measure and print.

``--write`` keeps the figures in ``bench/results/latest.json`` and in the tables of ``docs/performance.md``; they are
written after each measure, so that what was measured stays when a later one fails.
"""

import argparse
import json
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import client, page
from bench.registry import QUICK, RESULTS, Options, measures, run


def main() -> None:
    known = sorted(measures())
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"what to measure: {', '.join(known)} (all)")
    parser.add_argument("--seconds", type=float, help="how long each single run is watched")
    parser.add_argument("--quick", action="store_true", help="shorter and once: to see whether it works")
    parser.add_argument("--write", action="store_true", help="keep the figures for the documentation")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(known):
        parser.error(f"there is no measure called {', '.join(sorted(unknown))}")
    options = QUICK if asked.quick else Options()
    if asked.seconds:
        options = replace(options, seconds=asked.seconds)
    if absent := client.missing():
        print(f"not installed, so not compared: {', '.join(absent)} (bin/setup --bench installs them)", flush=True)
    failed = []
    for name in asked.names or known:
        try:
            results = _alone(name, options)
        except Exception as problem:
            failed.append(name)
            print(f"{name} failed: {type(problem).__name__}: {problem}", flush=True)
            continue
        for result in results:
            print(line(result), flush=True)
        if asked.write:
            write(results)
            page.write()
    raise SystemExit(f"failed: {', '.join(failed)}" if failed else 0)


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
