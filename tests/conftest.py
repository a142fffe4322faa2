"""One embedded PostgreSQL for the whole run, migrated once by its owner and used by the tests as the app's own roles.

Nothing is rolled back between tests, since the walls are what is tested: each test founds organisations of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import specification

_data = tempfile.TemporaryDirectory(prefix="izin-test-")
DATA = Path(_data.name)
DATA.chmod(0o711)  # as root, PostgreSQL runs as another user and must get through
ASKED = {
    "IZIN_WHATSAPP_OPENAPI",
    "IZIN_TIER",
    "IZIN_TEST_SEED",
}  # what a person tells the tests; the rest is the house's
for name in [name for name in os.environ if name.startswith("IZIN_") and name not in ASKED]:
    del os.environ[name]


def pytest_configure(config: pytest.Config) -> None:
    """Say where this process's own database is. What only hands tests out to others has none, for they would inherit
    it."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        return
    os.environ.update({"DJANGO_SETTINGS_MODULE": "izin.settings", "IZIN_DATA": str(DATA), "IZIN_ROLE": "web"})


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """The migrated database; every connection that the tests make through Django is izin_web's."""
    import django

    from izin.lib import embedded_postgres
    from izin.lib.keyring import RootKey

    with embedded_postgres.running(DATA, durable=False):
        subprocess.run([sys.executable, "-m", "izin", "database", "migrate", "--quiet"], check=True)
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
