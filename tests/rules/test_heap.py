"""What is alive when a process begins its work stays out of collections, also after an import in that process."""

import gc
from collections.abc import Iterator

import pytest

from izin.lib import heap


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_was_settled_stays_so_after_a_large_work() -> None:
    heap.settle()
    with heap.settled():
        pass
    assert gc.get_freeze_count() > 0


def test_a_large_work_alone_leaves_nothing_behind() -> None:
    with heap.settled():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
