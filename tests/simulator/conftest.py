"""Fixtures of the simulator's tests; the stage itself is in stage.py."""

import asyncio
import inspect
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import specification

from .stage import Theatre


@pytest.fixture
def theatre(tmp_path: Path) -> Theatre:
    return Theatre(tmp_path)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine function to its end."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True)
def upright() -> Iterator[None]:
    """Whatever was said in a test stands up to Meta's own specification, where that is at hand."""
    specification.DEVIATIONS.clear()
    yield
    assert not specification.DEVIATIONS, Counter(specification.DEVIATIONS)
