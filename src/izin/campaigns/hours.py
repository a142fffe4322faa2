"""When a person may be written to: in the sending hours of where the person is, never in the night. Pure.

Where somebody is, is read from the country of the number. Where a country has several time zones, the hours of all of
them must be open, since the number does not say in which one its holder lives. Malaysian law names no hours; nine to
nine is the house's own default, and each organisation may choose others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import phonenumbers

HOME: Final = "Asia/Kuala_Lumpur"  # for a number whose country nobody knows
# The numbering plan of +1 reaches over twenty countries and half the world. Zones of America, unless it says where.
_PLAN_ONE: Final = {
    "US": "New_York Chicago Denver Phoenix Los_Angeles Anchorage Adak Pacific/Honolulu",
    "CA": "St_Johns Halifax Toronto Winnipeg Regina Edmonton Vancouver",
    "GU": "Pacific/Guam",
    "MP": "Pacific/Saipan",
    "AS": "Pacific/Pago_Pago",
}
_ISLANDS: Final = "Jamaica Atlantic/Bermuda"  # all others of +1 lie between these two


@dataclass(frozen=True, slots=True)
class Hours:
    """From ``opens`` until before ``closes``, local time; they may cross midnight. Alike means: at any hour."""

    opens: time
    closes: time

    @property
    def is_always(self) -> bool:
        return self.opens == self.closes

    def hold(self, at: time) -> bool:
        """Whether they are open at this local time."""
        if self.is_always:
            return True
        if self.opens < self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes


DEFAULT: Final = Hours(time(9), time(21))
ANY_HOUR: Final = Hours(time(0), time(0))


@cache
def zones_of(country: str) -> tuple[ZoneInfo, ...]:
    """The time zones in which a number of this country (ISO 3166) may ring; the house's own for an unknown one."""
    from phonenumbers.tzdata import TIMEZONE_DATA  # large: only who asks loads it

    code = phonenumbers.country_code_for_region(country)
    if code != 1:
        return tuple(ZoneInfo(name) for name in TIMEZONE_DATA.get(str(code), (HOME,)))
    names = _PLAN_ONE.get(country, _ISLANDS).split()
    return tuple(ZoneInfo(name if "/" in name else f"America/{name}") for name in names)


def is_open(country: str, at: datetime, hours: Hours) -> bool:
    """Whether somebody with a number of this country may be written to at this moment (with its time zone)."""
    return hours.is_always or all(hours.hold(at.astimezone(zone).time()) for zone in zones_of(country))


def opens_next(country: str, at: datetime, hours: Hours) -> datetime | None:
    """The next moment from which they are open, ``at`` itself when they are; None when no hour suits all zones."""
    if is_open(country, at, hours):
        return at
    return min(
        (one for one in _openings(country, at, hours) if one > at and is_open(country, one, hours)), default=None
    )


def _openings(country: str, at: datetime, hours: Hours) -> Iterator[datetime]:
    for zone in zones_of(country):
        today = at.astimezone(zone).date()
        for days in range(3):
            yield datetime.combine(today + timedelta(days=days), hours.opens, zone).astimezone(at.tzinfo)
