"""One house for each module of flows, with its door and worker; each test sets its own stage (stage.py)."""

from collections.abc import Iterator

import pytest

from .house import House, house


@pytest.fixture(scope="module")
def home() -> Iterator[House]:
    """A house in which the door and the worker run. Dispatch is started by each test."""
    with house() as built:
        built.run("worker")
        built.run_door()
        yield built
