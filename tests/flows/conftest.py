"""Fixtures of the flows: one house for each module, with its door and worker; stages are set in house.py and stage.py."""

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
