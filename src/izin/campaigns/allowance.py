"""How many people WhatsApp lets be reached in moving 24 hours, and how long a campaign needs at that limit. Pure.

Meta's page "Messaging limits": the limit counts different people who are written to outside an open customer-service
window, and belongs to the business portfolio, whose numbers share it. Izin takes an organisation for one portfolio.
"""

from datetime import timedelta
from math import ceil
from typing import Final, Literal

from izin.whatsapp.connection import people_per_day

FIRST_LIMIT: Final = 250  # with which Meta starts every portfolio
WINDOW: Final = timedelta(hours=24)
META: Final = "https://graph.facebook.com"


def is_assumed(told: str, base_url: str) -> bool:
    """Whether Meta was never asked about the number, so that its first limit is taken for the number's."""
    return not told and base_url.rstrip("/") == META


def allowance(told: str, base_url: str) -> int | Literal["unlimited"] | None:
    """People in 24 hours, from what Meta said of the number; None where its answer cannot be understood.

    Never asked, a number at Meta counts as one that just began. At another address (a provider of one's own choice, the
    simulator) nobody said that Meta's limit is told at all: there it counts as unlimited, and an answer of WhatsApp
    that it is enough slows the lane.
    """
    if told:
        return people_per_day(told) or None
    return FIRST_LIMIT if is_assumed(told, base_url) else "unlimited"


def kept(told: str, base_url: str) -> int | None:
    """The same for a lane, which must not guess upwards: None for unlimited, Meta's first limit for the unknown."""
    people = allowance(told, base_url)
    return FIRST_LIMIT if people is None else None if people == "unlimited" else people


def days_needed(people: int, per_day: int) -> int:
    """On how many days a campaign to so many sends, when nobody else uses the limit. At least one; ``per_day`` > 0."""
    return max(1, ceil(people / per_day))


def least_time(people: int, per_day: int) -> timedelta:
    """From the first to the last message, if the pace were no limit: each further part waits until the window moved."""
    return WINDOW * (days_needed(people, per_day) - 1)
