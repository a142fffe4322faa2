"""By when a request must be answered (GDPR Art. 12(3), Regulation 1182/71 Art. 3; PDPA s.31, s.35, s.38, s.43)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.rights import clocks
from izin.rights.clocks import KINDS, after_months, due, may_extend

DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("received", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2028, 1, 31), 1, date(2028, 2, 29)),  # a leap year
        (date(2027, 1, 29), 1, date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 15), 3, date(2027, 3, 15)),
        (date(2026, 11, 25), 1, date(2026, 12, 25)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last(received: date, months: int, end: date) -> None:
    assert after_months(received, months) == end


def test_the_earlier_law_decides() -> None:
    received = date(2026, 11, 2)
    assert due("access", received) == due("correct", received) == date(2026, 11, 23)
    assert due("access", received, extended=True) == date(2026, 12, 7)
    assert due("erase", received) == date(2026, 12, 2)
    assert due("erase", received, extended=True) == date(2027, 2, 2)
    assert due("object", received) == due("withdraw", received, extended=True) == received
    with pytest.raises(ValueError, match="no such right"):
        due("wish", received)


@given(DAYS, st.sampled_from(KINDS))
def test_clocks_are_sound_on_every_day(received: date, kind: str) -> None:
    for clock in clocks.clocks(kind, received):
        assert received <= clock.due <= clock.longest
        if clock.law == "gdpr" and kind not in clocks.AT_ONCE:
            assert 28 <= (clock.due - received).days <= 33 and clock.due.weekday() < 5
    last = due(kind, received)
    assert may_extend(kind, received, last) is (kind not in clocks.AT_ONCE)
    assert not may_extend(kind, received, last + timedelta(days=1))


@given(DAYS, DAYS, st.sampled_from(KINDS))
def test_who_asks_later_is_never_due_earlier(one: date, other: date, kind: str) -> None:
    first, second = sorted((one, other))
    assert due(kind, first) <= due(kind, second)
