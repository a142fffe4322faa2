"""By when a request of a person must be answered. Pure: dates in, dates out, in the organisation's own calendar.

GDPR Art. 12(3): one month from receipt, two more with a notice inside the first. A month ends on the day with the same
number, or on the last of a shorter month; when that is a Saturday or Sunday, on the Monday (Regulation 1182/71 Art. 3).
Public holidays would only give more time, so none are counted. PDPA s.31 and s.35: 21 days for access and correction,
14 more with a notice in writing before they end; s.38(2), s.43: withdrawal and objection at once.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Law = Literal["gdpr", "pdpa"]
KINDS = ("access", "correct", "erase", "restrict", "object", "withdraw", "portability")
AT_ONCE = frozenset({"object", "withdraw"})
PDPA_DAYS, PDPA_MORE_DAYS = 21, 14
GDPR_MONTHS, GDPR_MORE_MONTHS = 1, 2


@dataclass(frozen=True, slots=True)
class Clock:
    """The last day under one law, and the last day once it is extended (the same where it cannot be)."""

    law: Law
    due: date
    longest: date


def clocks(kind: str, received: date) -> tuple[Clock, ...]:
    """Every clock that runs for such a request. Raises ValueError for a kind that is none of KINDS."""
    if kind not in KINDS:
        raise ValueError(f"no such right: {kind}")
    if kind in AT_ONCE:
        return Clock("gdpr", received, received), Clock("pdpa", received, received)
    gdpr = Clock("gdpr", after_months(received, GDPR_MONTHS), after_months(received, GDPR_MONTHS + GDPR_MORE_MONTHS))
    if kind not in ("access", "correct"):
        return (gdpr,)
    days = timedelta(days=PDPA_DAYS)
    return gdpr, Clock("pdpa", received + days, received + days + timedelta(days=PDPA_MORE_DAYS))


def due(kind: str, received: date, *, extended: bool = False) -> date:
    """The last day to answer: the earliest of all clocks."""
    return min(clock.longest if extended else clock.due for clock in clocks(kind, received))


def may_extend(kind: str, received: date, today: date) -> bool:
    """Whether a notice of extension would still be in time: before the first period is over, and not for a stop."""
    return kind not in AT_ONCE and received <= today <= due(kind, received)


def after_months(start: date, months: int) -> date:
    """The end of a period of months that begins with this day's event; never a Saturday or a Sunday."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    end = date(year, month, min(start.day, monthrange(year, month)[1]))
    return end + timedelta(days=max(0, 7 - end.weekday()) if end.weekday() >= 5 else 0)
