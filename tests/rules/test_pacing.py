"""The pace of a lane: never above the limit, slower after a throttle, back in time."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.dispatch.pacing import Pace, Pacer


def slots(pacer: Pacer, now: float, count: int) -> list[float]:
    """The times at which ``count`` messages leave when each waits as long as it is told."""
    times = []
    for _ in range(count):
        now += pacer.reserve(now)
        times.append(now)
    return times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(1 for other in times if first <= other < first + 1 - 1e-6) for first in times)


@given(
    per_second=st.floats(0.5, 120),
    share_of_burst=st.floats(0, 1),
    gaps=st.lists(st.floats(0, 3), min_size=2, max_size=150),
    begin=st.floats(0, 1e6),
    throttles=st.sets(st.integers(0, 150), max_size=3),
)
def test_no_second_holds_more_than_the_limit(
    per_second: float, share_of_burst: float, gaps: list[float], begin: float, throttles: set[int]
) -> None:
    pace = Pace(per_second, burst=max(1, math.floor(per_second * share_of_burst)))
    state, now, times = Pacer(pace, begin), begin, []
    for number, gap in enumerate(gaps):
        now += gap if gap < 1 else 0  # many follow each other closely, some after a rest
        if number in throttles:
            state.throttled(now)
        now += state.reserve(now)
        times.append(now)
    assert most_in_a_second(times) <= max(1, math.floor(per_second))


@pytest.mark.parametrize("limit", [1, 20, 80, 1000])
def test_the_limit_itself_is_reached(limit: int) -> None:
    times = slots(Pacer(Pace(limit), 5.0), 5.0, limit * 2 + 1)
    assert times[-1] - times[0] == pytest.approx(2.0, abs=0.01)
    assert most_in_a_second(times) == limit


def test_a_burst_leaves_together_after_a_rest_and_only_once() -> None:
    state = Pacer(Pace(80, burst=8), 0.0)
    times = slots(state, 100.0, 9)
    assert times[:8] == [100.0] * 8
    assert times[8] > 100.0


def test_a_delay_is_caught_up_on_and_the_second_keeps_its_limit() -> None:
    """Every tenth of a second the sender is held up for 30 ms; with a bucket alone a quarter would be lost."""
    pacer, now, times = Pacer(Pace(100, burst=5), 0.0), 0.0, []
    for number in range(500):
        now += 0.03 if number % 10 == 9 else 0.0
        now += pacer.reserve(now)
        times.append(now)
    assert most_in_a_second(times) <= 100
    assert times[-1] - times[0] == pytest.approx(5.0, abs=0.05)


def test_what_leaves_late_counts_when_it_left() -> None:
    pacer = Pacer(Pace(2, burst=2), 0.0)
    assert [pacer.reserve(9.0), pacer.reserve(9.0)] == [0.0, 0.0], "rested"
    pacer.left(9.3)
    assert pacer.reserve(9.3) == pytest.approx(0.7, abs=0.001)
    assert pacer.reserve(10.0) == pytest.approx(0.3, abs=0.001)


def test_a_pace_below_one_a_second() -> None:
    times = slots(Pacer(Pace(0.5), 0.0), 0.0, 3)
    assert [after - before for before, after in pairwise(times)] == pytest.approx([2.0, 2.0], abs=0.001)


def test_a_throttle_halves_once_and_recovers() -> None:
    pacer = Pacer(Pace(80), 0.0)
    pacer.throttled(10.0)
    assert pacer.share(10.0) == 0.5
    pacer.throttled(10.2)  # an answer that was under way
    assert pacer.share(10.2) == 0.5
    assert pacer.share(26.0) == pytest.approx(1.0, abs=0.01)
    assert pacer.share(1000.0) == 1.0
    assert pacer.reserve(10.0) == pytest.approx(1.2, abs=0.001)
    pacer.throttled(11.5)
    assert pacer.share(11.5) == pytest.approx(0.255, abs=0.01)


def test_many_throttles_never_stop_the_lane_for_good() -> None:
    pacer, now = Pacer(Pace(80), 0.0), 0.0
    for _ in range(50):
        now += 1.001
        pacer.throttled(now)
    assert pacer.share(now) >= 1 / 80


def test_a_throttle_may_name_its_own_wait() -> None:
    pacer = Pacer(Pace(80), 0.0)
    pacer.throttled(0.0, wait_s=3600)
    assert pacer.reserve(0.0) == pytest.approx(3600, abs=0.001)


def test_a_clock_that_stands_still_or_goes_back_gives_no_slot_twice() -> None:
    pacer = Pacer(Pace(10), 100.0)
    first, second, third = (pacer.reserve(now) for now in (100.0, 100.0, 99.0))
    assert first == 0.0
    assert second == pytest.approx(0.1, abs=0.001)
    assert third == pytest.approx(1.2, abs=0.001)


@pytest.mark.parametrize("limit", [0, -1, 1e9, float("nan"), float("inf"), 1001])
def test_a_limit_out_of_range_is_refused(limit: float) -> None:
    with pytest.raises(ValueError):
        Pace(limit)


@pytest.mark.parametrize(("burst", "recovery_s"), [(0, 30), (81, 30), (1, 0), (1, float("nan"))])
def test_a_burst_or_recovery_out_of_range_is_refused(burst: int, recovery_s: float) -> None:
    with pytest.raises(ValueError):
        Pace(80, burst, recovery_s)
