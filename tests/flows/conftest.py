"""One house for each module of flows, with its door and worker; each test sets its own stage (stage.py)."""

import os
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from .house import House, house


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """At full size a run may take its time."""
    if os.environ.get("IZIN_TIER") == "release":
        for item in items:
            item.add_marker(pytest.mark.timeout(3600))


@pytest.fixture(scope="module")
def home(request: pytest.FixtureRequest) -> Iterator[House]:
    """A house in which the door and the worker run. Dispatch is started by each test."""
    guarded = request.config.pluginmanager.hasplugin("django")
    unblocked = request.getfixturevalue("django_db_blocker").unblock() if guarded else nullcontext()
    with unblocked, house() as built:
        built.run("worker")
        built.run_door()
        yield built
