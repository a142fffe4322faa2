"""One house for each module of flows, with its door and worker; each test sets its own stage (stage.py)."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from .house import House, house


@pytest.fixture(scope="module")
def home(request: pytest.FixtureRequest) -> Iterator[House]:
    """A house in which the door and the worker run. Dispatch is started by each test."""
    guarded = request.config.pluginmanager.hasplugin("django")
    unblocked = request.getfixturevalue("django_db_blocker").unblock() if guarded else nullcontext()
    with unblocked, house() as built:
        built.run("worker")
        built.run_door()
        yield built
