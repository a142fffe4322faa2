"""The benchmark can at least be started: nothing else of the tests imports it."""

import subprocess
import sys
from pathlib import Path


def test_every_measure_is_known() -> None:
    asked = [sys.executable, "-m", "bench", "--help"]
    done = subprocess.run(asked, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("lane", "door", "growth", "import", "silence", "simulator"))
