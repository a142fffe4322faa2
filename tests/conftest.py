"""One embedded PostgreSQL for the whole run, migrated once by its owner and used by the tests as the app's own roles.

Nothing is rolled back between tests, since the walls are what is tested: each test founds organisations of its own.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import clusters
import pytest
import specification

_place = ExitStack()
_data = tempfile.TemporaryDirectory(prefix="izin-test-")
DATA = Path(_data.name)
DATA.chmod(0o711)  # as root, PostgreSQL runs as another user and must get through
# What a person or the run tells the tests; the rest is the house's.
ASKED = {"IZIN_WHATSAPP_OPENAPI", "IZIN_TIER", "IZIN_TEST_SEED", clusters.PLACE}
for name in [name for name in os.environ if name.startswith("IZIN_") and name not in ASKED]:
    del os.environ[name]


def pytest_configure(config: pytest.Config) -> None:
    """Say where this process's own database is. What only hands tests out to others has none, for they would inherit
    it."""
    if not hasattr(config, "workerinput"):
        config.add_cleanup(_place.close)
        _place.enter_context(clusters.place_of_the_run())
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        return
    os.environ.update({"DJANGO_SETTINGS_MODULE": "izin.settings", "IZIN_DATA": str(DATA), "IZIN_ROLE": "web"})


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """The migrated database; every connection that the tests make through Django is izin_web's."""
    import django

    from izin.lib.keyring import RootKey

    with clusters.running(DATA):
        django.setup()
        from django.conf import settings
        from django.db import connections

        RootKey.create(settings.ROOT_KEY_FILE)
        yield
        connections.close_all()


ORDER = ("rules", "data", "web", "simulator", "flows", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quickest answers first; the browser last, whose driver keeps an event loop in this thread until the end."""
    items.sort(key=lambda item: ORDER.index(item.path.relative_to(Path(__file__).parent).parts[0]))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that runs tests for another one tells it what it counted."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = dict(specification.TALLY)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What such a process counted, added up."""
    specification.TALLY.update(getattr(node, "workeroutput", {}).get("tally", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was held against Meta's own specification."""
    if specification.TALLY:
        terminalreporter.section("held against Meta's specification")
        for what, count in sorted(specification.TALLY.items()):
            terminalreporter.line(f"{count:>7,} {what}")
