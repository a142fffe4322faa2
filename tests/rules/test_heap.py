"""What is alive when a process begins its work stays out of collections, also after an import in that process."""

import gc
from collections.abc import Iterator

import pytest

from izin.lib import heap


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    seldom = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.set_threshold(*seldom)


def test_what_was_settled_stays_so_after_a_large_work() -> None:
    heap.settle()
    with heap.settled():
        pass
    assert gc.get_freeze_count() > 0


def test_collections_come_seldom_once_a_process_works() -> None:
    begun = 0

    def count(phase: str, _: dict[str, int]) -> None:
        nonlocal begun
        begun += phase == "start"

    heap.settle()
    gc.callbacks.append(count)
    try:
        under_way = [[] for _ in range(heap.YOUNG_MAX // 2)]
    finally:
        gc.callbacks.remove(count)
    assert (begun, len(under_way)) == (0, heap.YOUNG_MAX // 2)


def test_a_large_work_alone_leaves_nothing_behind() -> None:
    with heap.settled():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
