"""``izin demo`` killed with -9 in the middle and started again: nobody twice, everybody accounted for."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from .house import until
from .stage import FACTS

pytestmark = pytest.mark.flow

KEYS = {
    "planned",
    "accepted",
    "delivered",
    "suppressed",
    "withdrawn_mid_campaign",
    "decided_after_withdrawal",
    "optout_to_silence_ms",
    "ledger",
    "seconds",
}
KILLED_AT = 400  # and as many again, of about 1,800


@pytest.fixture
def data() -> Iterator[Path]:
    with TemporaryDirectory(prefix="izin-demo-") as folder:
        Path(folder).chmod(0o711)  # as root, PostgreSQL runs as another user and must get through
        yield Path(folder)


def start(data: Path, **more: Any) -> "subprocess.Popen[str]":
    foreign = {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}
    command = [sys.executable, "-m", "izin", "demo", "--once", "--json"]
    env = foreign | {"IZIN_DATA": str(data)}
    return subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **more
    )


def reached(data: Path) -> Counter[str]:
    """How often WhatsApp took the campaign's message over, by number: the simulator's log, read on its own."""
    log = data / "demo" / "simulator.jsonl"
    if not log.exists():
        return Counter()
    whole, _, _ = log.read_text().rpartition("\n")
    found = [json.loads(line) for line in whole.splitlines()]
    return Counter(one["to"] for one in found if one.get("template") and one.get("verdict") in FACTS)


def kin(pid: int) -> list[int]:
    """A process and everything it has started, by the parents that the system names."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def test_killed_in_the_middle_and_started_again(data: Path) -> None:
    """All of it at once, as a machine does; the full size adds the parent alone, as a closed terminal does."""
    sent = _kill(start(data), data, KILLED_AT, all_of_it=True)
    if os.environ.get("IZIN_TIER") == "release":
        sent = _kill(start(data), data, sent + KILLED_AT, all_of_it=False)
    last = start(data)
    printed, said = last.communicate(timeout=200)
    assert last.returncode == 0, said
    assert "going on where it stopped" in said
    _check(json.loads(printed), reached(data), sent)


def _kill(demo: "subprocess.Popen[str]", data: Path, when: int, *, all_of_it: bool) -> int:
    """Kill it as soon as WhatsApp took over so many; how many it had taken over in the end."""
    until(lambda: reached(data).total() >= when or demo.poll() is not None, 150, what=f"{when} are sent")
    assert demo.poll() is None, demo.communicate()
    for pid in kin(demo.pid) if all_of_it else [demo.pid]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # its supervisor's end was quicker
    demo.communicate()
    return reached(data).total()


def _check(report: dict[str, Any], seen: Counter[str], sent_before: int) -> None:
    assert report.keys() >= KEYS
    assert set(seen.values()) == {1}, "nobody twice"
    assert seen.total() > sent_before, "it went on"
    outcomes = report["accepted"] + report["rejected"] + report["unresolved"] + sum(report["suppressed"].values())
    assert report["planned"] == outcomes
    assert report["accepted"] <= seen.total() <= report["accepted"] + report["unresolved"]
    assert report["decided_after_withdrawal"] == 0
    assert report["withdrawn_mid_campaign"] > 0
    assert report["ledger"]["verified"] is True
    assert report["optout_to_silence_ms"].keys() == {"p50", "p99"}
    assert report["seconds"] > 0
    print(json.dumps(report))
