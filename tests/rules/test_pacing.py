"""The pace of a lane: never above the limit, slower after a throttle, back in time."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.dispatch.pacing import FASTEST, SLACK_S, SLOWEST, Pace, PaceState, careful, reserve, share, start, throttled


def slots(state: PaceState, now: float, count: int) -> tuple[PaceState, list[float]]:
    """The times at which ``count`` messages leave when each waits as long as it is told."""
    times = []
    for _ in range(count):
        state, wait_s = reserve(state, now)
        now += wait_s
        times.append(now)
    return state, times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(1 for other in times if first <= other < first + 1 - 1e-6) for first in times)


@given(
    per_second=st.floats(0.5, 120),
    share_of_burst=st.floats(0, 1),
    gaps=st.lists(st.floats(0, 3), min_size=2, max_size=150),
    begin=st.floats(0, 1e6),
    throttles=st.sets(st.integers(0, 150), max_size=3),
    warm_up_s=st.sampled_from([0.0, 2.0]),
)
def test_no_second_holds_more_than_the_limit(
    per_second: float,
    share_of_burst: float,
    gaps: list[float],
    begin: float,
    throttles: set[int],
    warm_up_s: float,
) -> None:
    pace = Pace(per_second, burst=max(1, math.floor(per_second * share_of_burst)))
    state, now, times = start(pace, begin, warm_up_s=warm_up_s), begin, []
    for number, gap in enumerate(gaps):
        now += gap if gap < 1 else 0  # many follow each other closely, some after a rest
        if number in throttles:
            state = throttled(state, now)
        state, wait_s = reserve(state, now)
        now += wait_s
        times.append(now)
    assert most_in_a_second(times) <= max(1, math.floor(per_second))


@pytest.mark.parametrize("limit", [1, 20, 80, 1000])
def test_the_limit_itself_is_reached(limit: int) -> None:
    _, times = slots(start(Pace(limit), 5.0), 5.0, limit * 2 + 1)
    assert times[-1] - times[0] == pytest.approx(2.0, abs=0.01)
    assert most_in_a_second(times) == limit


def arrivals(limit: int, burst: int, late: int, jitter_s: float) -> list[float]:
    """When two seconds of messages arrive; those whose bit is set in ``late`` are 20 ms longer under way."""
    return arrived(Pace(limit, burst, jitter_s=jitter_s), late, 0.02)


def arrived(pace: Pace, late: int, late_s: float) -> list[float]:
    _, sent = slots(start(pace, 0.0), 0.0, 2 * int(pace.per_second))
    return [left + late_s * (late >> place & 1) for place, left in enumerate(sent)]


@given(limit=st.integers(10, 60), burst=st.integers(1, 3), late=st.integers(0, 2**120 - 1))
def test_no_second_holds_more_where_they_arrive(limit: int, burst: int, late: int) -> None:
    assert most_in_a_second(arrivals(limit, burst, late, jitter_s=0.02)) <= limit


@pytest.mark.parametrize("limit", [80, 1000])
def test_without_room_for_it_a_late_message_meets_the_next_second(limit: int) -> None:
    assert most_in_a_second(arrivals(limit, 2, 0b11, jitter_s=0.0)) > limit
    assert most_in_a_second(arrivals(limit, 2, 0b11, jitter_s=0.02)) <= limit


@given(limit=st.integers(1, 90), late=st.integers(0, 2**180 - 1))
def test_a_slow_lane_has_all_its_slack_for_the_way(limit: int, late: int) -> None:
    assert most_in_a_second(arrived(careful(limit), late, SLACK_S - 1e-6)) <= limit


@given(st.floats(SLOWEST, FASTEST))
def test_a_careful_pace_is_a_pace_and_takes_two_hundredths_at_most(limit: float) -> None:
    pace = careful(limit)
    assert pace.jitter_s + (pace.burst - 1) / limit == pytest.approx(SLACK_S)
    assert pace.steady >= 0.98 * (limit if limit < 1 else math.floor(limit))


def test_a_fast_lane_may_catch_up_and_a_slow_one_need_not() -> None:
    assert (careful(80).burst, careful(1000).burst) == (1, 12)


def test_a_lane_that_begins_goes_at_half_its_rate_and_soon_at_all_of_it() -> None:
    state = start(Pace(80), 10.0, warm_up_s=2.0)
    assert [share(state, now) for now in (10.0, 11.0, 12.0, 20.0)] == pytest.approx([0.5, 0.75, 1.0, 1.0])
    slow = throttled(state, 20.0)
    assert share(slow, 36.0) == pytest.approx(1.0, abs=0.01)  # a throttle takes its own time
    assert share(slow, 31.0) < 0.9


def test_a_burst_leaves_together_after_a_rest_and_only_once() -> None:
    state = start(Pace(80, burst=8), 0.0)
    state, times = slots(state, 100.0, 9)
    assert times[:8] == [100.0] * 8
    assert times[8] > 100.0


def test_a_pace_below_one_a_second() -> None:
    _, times = slots(start(Pace(0.5), 0.0), 0.0, 3)
    assert [after - before for before, after in pairwise(times)] == pytest.approx([2.0, 2.0], abs=0.001)


def test_a_throttle_halves_once_and_recovers() -> None:
    state = throttled(start(Pace(80), 0.0), 10.0)
    assert share(state, 10.0) == 0.5
    assert share(throttled(state, 10.2), 10.2) == 0.5  # an answer that was under way
    assert reserve(state, 10.0)[1] == pytest.approx(1.0, abs=0.001)
    assert share(throttled(state, 11.5), 11.5) == pytest.approx(0.258, abs=0.01)
    assert share(state, 26.0) == pytest.approx(1.0, abs=0.01)
    assert share(state, 1000.0) == 1.0


def test_many_throttles_never_stop_the_lane_for_good() -> None:
    state, now = start(Pace(80), 0.0), 0.0
    for _ in range(50):
        now += 1.001
        state = throttled(state, now)
    assert share(state, now) >= 1 / 80


def test_a_throttle_may_name_its_own_wait() -> None:
    state = throttled(start(Pace(80), 0.0), 0.0, wait_s=3600)
    assert reserve(state, 0.0)[1] == pytest.approx(3600, abs=0.001)


def test_a_clock_that_stands_still_or_goes_back_gives_no_slot_twice() -> None:
    state = start(Pace(10), 100.0)
    state, first = reserve(state, 100.0)
    state, second = reserve(state, 100.0)
    state, third = reserve(state, 99.0)
    assert first == 0.0
    assert second == pytest.approx(0.1, abs=0.001)
    assert third == pytest.approx(1.2, abs=0.001)


@pytest.mark.parametrize("limit", [0, -1, 1e9, float("nan"), float("inf"), 1001])
def test_a_limit_out_of_range_is_refused(limit: float) -> None:
    with pytest.raises(ValueError):
        Pace(limit)


@pytest.mark.parametrize(
    ("burst", "recovery_s", "jitter_s"),
    [(0, 30, 0), (81, 30, 0), (1, 0, 0), (1, float("nan"), 0), (1, 30, -0.1), (1, 30, 1.0), (1, 30, float("nan"))],
)
def test_a_burst_recovery_or_jitter_out_of_range_is_refused(burst: int, recovery_s: float, jitter_s: float) -> None:
    with pytest.raises(ValueError):
        Pace(80, burst, recovery_s, jitter_s)
