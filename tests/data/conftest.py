"""``ours`` and ``theirs``: two organisations with everything in them, and raw connections as each database role."""

from collections.abc import Callable, Iterator
from typing import Any

import cast as stage
import psycopg
import pytest

PEOPLE = [stage.Person(f"+6011239{number}", f"Orang {number}") for number in range(45101, 45107)]


@pytest.fixture(scope="session")
def opened(database: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """The database, reachable through Django without the transactions that pytest-django would wrap around it."""
    if not request.config.pluginmanager.hasplugin("django"):
        yield
        return
    with request.getfixturevalue("django_db_blocker").unblock():
        yield


@pytest.fixture(scope="session")
def ours(opened: None) -> stage.Cast:
    return stage.found("ours", PEOPLE)


@pytest.fixture(scope="session")
def theirs(opened: None, ours: stage.Cast) -> stage.Cast:
    return stage.found("theirs", PEOPLE)


@pytest.fixture
def connect(opened: None) -> Iterator[Callable[..., psycopg.Connection[Any]]]:
    """Open raw connections by role; they are closed at the end of the test."""
    made: list[psycopg.Connection[Any]] = []

    def one(role: str, **more: Any) -> psycopg.Connection[Any]:
        made.append(stage.connect(role, **more))
        return made[-1]

    yield one
    for connection in made:
        connection.close()
