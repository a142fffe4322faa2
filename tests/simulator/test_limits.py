"""The bucket of a business number and of a pair, with a clock of the test's own."""

from hypothesis import given
from hypothesis import strategies as st

from izin_simulator.limits import Limiter


def accepted(limiter: Limiter, times: list[float]) -> list[float]:
    taken = []
    for at in times:
        if limiter.wait("k", at) == 0:
            limiter.take("k", at)
            taken.append(at)
    return taken


def test_pair_limit_lets_45_through_at_once_then_one_every_six_seconds() -> None:
    limiter = Limiter(1 / 6, 45)
    assert len(accepted(limiter, [1000.0] * 60)) == 45
    assert abs(limiter.wait("k", 1000.0) - 6) < 0.001
    assert accepted(limiter, [1000.0 + n for n in range(1, 25)]) == [1006.0, 1012.0, 1018.0, 1024.0]


def test_keys_do_not_share() -> None:
    limiter = Limiter(1, 1)
    limiter.take("a", 0)
    assert limiter.wait("a", 0.5) > 0
    assert limiter.wait("b", 0.5) == 0


def test_a_sender_exactly_on_pace_is_never_refused() -> None:
    limiter = Limiter(80, 1)
    assert len(accepted(limiter, [n / 80 for n in range(10_000)])) == 10_000


@given(st.lists(st.floats(0, 10), max_size=200).map(sorted))
def test_no_window_holds_more_than_burst_and_rate(times: list[float]) -> None:
    taken = accepted(Limiter(5, 3), times)
    for n, first in enumerate(taken):
        for m in range(n, len(taken)):
            assert m - n + 1 <= 3 + 5 * (taken[m] - first) + 0.001


def test_what_could_not_be_refused_is_counted_too() -> None:
    limiter = Limiter(10, 1)
    for _ in range(5):
        limiter.take("k", 0)
    assert abs(limiter.wait("k", 0) - 0.5) < 0.001
