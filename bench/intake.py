"""Rows a second of an import of contacts with evidence: read, checked, sealed, consent recorded, entered in the ledger.

Its ceiling is the parser alone, which validates each number.
"""

import time
from datetime import UTC, datetime
from typing import Any

from bench.ground import contacts, ground
from bench.registry import Options, figure

NAME = "intake"
ROWS = 4_000
RUNS = 3


def measure(_options: Options) -> list[dict[str, Any]]:
    with ground() as place:
        from izin.contacts import spreadsheet

        parsed, taken = [], []
        for run in range(RUNS):
            body = contacts(run, ROWS)
            began = time.perf_counter()
            spreadsheet.read(body, country="MY", at=datetime.now(UTC))
            parsed.append(ROWS / (time.perf_counter() - began))
            taken.append(place.populate(run, ROWS))
    return [figure("intake: rows", taken, "rows/s", ceiling=sorted(parsed)[RUNS // 2])]
