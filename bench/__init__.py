"""How fast Izin is, and how fast it could be: each figure beside a ceiling that was measured in the same run.

A measure is a module here with a ``NAME`` and ``measure(options) -> list[dict]``; ``python -m bench`` finds it by that.
"""

import sys
from pathlib import Path

_TESTS = Path(__file__).parents[1] / "tests"
sys.path += [str(_TESTS), str(_TESTS / "data")]  # the house of the flow tests is what is measured in
