"""Sending hours: never in anybody's night, in no country and in no season, and always open some time."""

from datetime import UTC, datetime, time, timedelta

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from izin.campaigns.hours import ANY_HOUR, DEFAULT, HOME, Hours, is_open, opens_next, zones_of

COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)
MOMENTS = st.integers(0, 3 * 366 * 86_400).map(lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(0, seconds))
QUARTER = timedelta(minutes=15)


@settings(deadline=None)  # the first look loads all the world's time zones
@given(st.sampled_from(COUNTRIES), MOMENTS, st.times(), st.times())
@example("DE", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), time(2, 30), time(3, 30))  # the hour that Germany leaps over
@example("DE", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), time(2, 15), time(2, 45))  # the hour that it has twice
def test_open_means_that_it_is_the_hour_wherever_the_number_may_ring(
    country: str, at: datetime, opens: time, closes: time
) -> None:
    hours = Hours(opens, closes)
    local = [at.astimezone(zone).time() for zone in zones_of(country)]
    within = [(opens <= one < closes) if opens < closes else (one >= opens or one < closes) for one in local]
    assert is_open(country, at, hours) == all(within)


@settings(deadline=None)
@given(st.sampled_from(COUNTRIES), MOMENTS)
@example("GB", datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
@example("US", datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
def test_the_default_opens_every_day_in_every_country_and_it_is_said_when(country: str, at: datetime) -> None:
    opens = opens_next(country, at, DEFAULT)
    assert opens is not None
    assert at <= opens <= at + timedelta(hours=26)
    assert is_open(country, opens, DEFAULT)
    if opens > at:
        assert not is_open(country, opens - timedelta(seconds=1), DEFAULT), "not later than need be"
    between = [at + place * QUARTER for place in range(104)]
    assert not [one for one in between if one < opens and is_open(country, one, DEFAULT)]


def test_a_malaysian_number_by_day_and_by_night() -> None:
    night = datetime(2026, 3, 1, 14, 0, tzinfo=UTC)  # 22:00 in Kuala Lumpur
    assert not is_open("MY", night, DEFAULT)
    assert opens_next("MY", night, DEFAULT) == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert is_open("MY", night, ANY_HOUR)
    assert is_open("MY", night, Hours(time(21), time(23)))
    assert [zone.key for zone in zones_of("ZZ")] == [zone.key for zone in zones_of("")] == [HOME]


@pytest.mark.parametrize("country", ["RU", "US", "ID"])
def test_a_country_of_many_zones_waits_for_all_of_them(country: str) -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    open_quarters = sum(is_open(country, at + place * QUARTER, DEFAULT) for place in range(96))
    assert 0 < open_quarters < 48, "shorter than the twelve hours of one zone"


def test_where_no_hour_suits_all_zones_there_is_none() -> None:
    assert opens_next("RU", datetime(2026, 6, 1, tzinfo=UTC), Hours(time(9), time(10))) is None
