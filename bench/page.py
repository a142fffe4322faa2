"""The tables of ``docs/performance.md``, made of ``bench/results/latest.json``. Text between the tables is by hand."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.registry import RESULTS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
TABLE = re.compile(r"(<!-- figures: (.+?) -->\n).*?(<!-- end of figures -->)", re.DOTALL)
HEAD = "| | figure | ceiling or goal | share of it | beside it | single runs |\n|---|---:|---:|---:|---|---|\n"


def write() -> None:
    """Fill every place between markers with the results whose names begin as the marker says."""
    results = json.loads(RESULTS.read_text())
    PAGE.write_text(
        TABLE.sub(lambda found: found[1] + table(results, found[2].split("; ")) + found[3], PAGE.read_text())
    )


def table(results: Iterable[dict[str, Any]], beginnings: Iterable[str]) -> str:
    """The results whose names begin so, beginning by beginning, and on what they were measured."""
    chosen = [one for beginning in beginnings for one in results if one["name"].startswith(beginning)]
    if not chosen:
        return ""
    machines = dict.fromkeys(one["machine"] for one in chosen)
    versions: dict[str, str] = {}
    for one in chosen:
        versions |= one["versions"]
    tools = ", ".join(f"{name} {version}" for name, version in versions.items())
    return HEAD + "".join(map(_row, chosen)) + f"\nMeasured on {'; '.join(machines)}. {tools}.\n"


def _row(one: dict[str, Any]) -> str:
    peers = ", ".join(f"{peer} {_number(value)}" for peer, value in one["peers"].items())
    runs = ", ".join(_number(run) for run in one["runs"]) if len(one["runs"]) > 1 else ""
    ceiling = "" if one["ceiling"] is None else _number(one["ceiling"])
    share = "" if one["ratio"] is None else f"{one['ratio']:.2f}"
    return f"| {one['name']} | {_number(one['value'])} {one['unit']} | {ceiling} | {share} | {peers} | {runs} |\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"
