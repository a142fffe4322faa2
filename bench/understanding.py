"""How long it takes to understand a reply, over the whole corpus, and how well each part of the corpus is understood.

One process, no database; processor time. ``first`` reads every line once in a fresh process, before any word is
remembered; ``again`` is the steady state of a door that has been running.
"""

import csv
import gc
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.registry import Options, figure

NAME = "understanding"
CORPUS = Path(__file__).parents[1] / "tests" / "data" / "optout"
CAUGHT = frozenset({"stop_all", "stop_purpose", "hold"})
STOPS = frozenset({"stop_all", "stop_purpose"})
HELD_OUT = "blind"
SPLITS = (*sorted({file.stem.partition("-")[2] for file in CORPUS.glob("??-*.tsv")}), HELD_OUT)
PASSES = 5


def measure(options: Options) -> list[dict[str, Any]]:
    """Microseconds a message, and the shares of the splits in percent."""
    from izin.inbound.understanding import understand

    lines = {split: _lines(split) for split in SPLITS}
    texts = [text for split in lines.values() for _, text in split]
    understand("halo")
    gc.disable()
    first = _once(texts, understand)
    passes = [_once(texts, understand) for _ in range(PASSES)]
    longest = [_once([("ini cerita panjang tentang kelas dan baju. " * 100)[:4096]], understand) for _ in range(PASSES)]
    results = [
        figure("understanding a reply, first", [first], "us"),
        figure("understanding a reply, again", passes, "us"),
        figure("understanding 4,096 characters", longest, "us"),
    ]
    for split, labelled in lines.items():
        results += _shares(split, Counter((label, understand(text).intent in CAUGHT) for label, text in labelled))
    return results


def _lines(split: str) -> list[tuple[str, str]]:
    """Label and text of each line of a split."""
    found = []
    for file in sorted(CORPUS.glob("*.tsv")):
        if split in file.stem.split("-"):
            with file.open(newline="") as opened:
                rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
                found += [(row["label"], row["text"]) for row in rows]
    return found


def _once(texts: list[str], understand: Any) -> float:
    begun = time.process_time_ns()
    for text in texts:
        understand(text)
    return (time.process_time_ns() - begun) / len(texts) / 1000


def _shares(split: str, counted: Counter[tuple[str, bool]]) -> list[dict[str, Any]]:
    def share(labels: frozenset[str]) -> float:
        of = {side: sum(counted[label, side] for label in labels) for side in (True, False)}
        return 100 * of[True] / max(1, sum(of.values()))

    asked = {"stops caught": STOPS, "holds caught": {"hold"}, "ordinary talk stopped or held": {"other"}}
    has = {label for label, _ in counted}
    return [
        figure(f"{name}, {split}", [share(frozenset(labels))], "%") for name, labels in asked.items() if labels & has
    ]
