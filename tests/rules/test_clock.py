"""The clock: the machine's time in UTC, and a time that tests set."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from izin.lib import clock

NOON = datetime(2026, 8, 31, 12, tzinfo=timezone(timedelta(hours=8)))


def test_now_is_aware_and_goes_on() -> None:
    first = clock.now()
    assert first.tzinfo is UTC and first <= clock.now()


def test_a_frozen_clock_stands_until_moved_and_is_given_back() -> None:
    with clock.frozen(NOON) as hands:
        assert clock.now() == NOON == clock.now() and clock.now().tzinfo is UTC
        hands.move(timedelta(days=1))
        assert clock.now() == NOON + timedelta(days=1)
        with clock.frozen(datetime(2020, 1, 1, tzinfo=UTC)):
            assert clock.now().year == 2020
        assert clock.now() == NOON + timedelta(days=1)
    assert clock.now() != NOON + timedelta(days=1)
    with pytest.raises(RuntimeError), clock.frozen(NOON):
        raise RuntimeError
    assert clock.now() != NOON


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
