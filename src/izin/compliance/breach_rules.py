"""Which clocks a breach starts, how grave it is, and whom it must be told. Pure: moments and counts in, answers out.

GDPR Art. 33, 34; EDPB 9/2022 (¶31 aware = reasonably certain, ¶73 no one-stop-shop for a controller outside the Union);
PDPA s.12B with the Commissioner's guideline of 2025. The names of the clocks are those of the deadlines' list. A clock
in hours is not lengthened by a holiday. Where sources differ (from occurrence, or from being informed) the Malaysian
clock starts at the earliest moment at which we could have known.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Level = Literal["unlikely", "risk", "high"]
Law = Literal["gdpr", "uk", "pdpa"]
# Numbers of the law, in one place: a change (Digital Omnibus proposal: 96 hours) is a change of one line.
AUTHORITY = timedelta(hours=72)
CONTROLLER = timedelta(hours=24)  # Art. 33(2) says "without undue delay"; this is the house's own limit
PEOPLE_GDPR = timedelta(hours=72)  # Art. 34(1) says the same; the house's own limit
PEOPLE_PDPA = timedelta(days=7)  # after the first notice to the Commissioner
REST_PDPA = timedelta(days=30)  # further information, after the first notice
SCALE_PDPA = 1_000  # more people than that are of significant scale
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)
KINDS = ("contact", "consent", "messages", "sensitive", "financial", "identity", "credentials", "children")
FACTS = ("unintelligible", "recovered", "malicious", "public", "unavailable", "late_found")
GRAVE_KINDS = frozenset({"sensitive", "financial", "identity", "credentials", "children"})
GRAVE_FACTS = frozenset({"malicious", "public"})


@dataclass(frozen=True, slots=True)
class Moments:
    """When it was found, and when we were reasonably certain of it. Aware."""

    detected: datetime
    aware: datetime


@dataclass(frozen=True, slots=True)
class Risk:
    """How grave it is for people, by GDPR and by the Malaysian guideline, and because of what."""

    level: Level
    significant_harm: bool
    significant_scale: bool
    because: tuple[str, ...]

    def needs_authority(self, law: Law) -> bool:
        """Whether the authority must be told (Art. 33(1): unless a risk is unlikely; s.12B(1): significant)."""
        return self.significant_harm or self.significant_scale if law == "pdpa" else self.level != "unlikely"

    def needs_people(self) -> bool:
        """Whether the people must be told (Art. 34(1): high risk; s.12B(2): significant harm)."""
        return self.level == "high"


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline. ``done`` is when it was kept, ``waived`` that somebody decided otherwise and said why."""

    name: str
    whom: str  # the authority's country, or empty
    due: datetime
    done: datetime | None = None
    waived: bool = False

    def state(self, at: datetime) -> Literal["done", "late", "waived", "overdue", "running"]:
        """What it comes to at that moment; ``late`` was kept, but after its time."""
        if self.done is not None:
            return "late" if self.done > self.due else "done"
        if self.waived:
            return "waived"
        return "overdue" if at > self.due else "running"


def law_of(country: str) -> Law:
    """The law of an authority's country."""
    return {"MY": "pdpa", "GB": "uk"}.get(country, "gdpr")  # type: ignore[return-value]


def assess(kinds: Collection[str], facts: Collection[str], people: int) -> Risk:
    """The risk to people. A list of names with their WhatsApp numbers is of use for scams, so it is never nothing."""
    grave = tuple(one for one in (*KINDS, *FACTS) if one in (GRAVE_KINDS & {*kinds}) | (GRAVE_FACTS & {*facts}))
    calmed = tuple(one for one in ("unintelligible", "recovered") if one in facts)
    level: Level = "high" if grave else "risk"
    if "unintelligible" in facts or ("recovered" in facts and not GRAVE_FACTS & {*facts}):
        level = "unlikely"
    because = calmed if level == "unlikely" else grave or tuple(one for one in KINDS if one in kinds)
    return Risk(level, level == "high", level != "unlikely" and people > SCALE_PDPA, because)


def authorities(home: str, countries: Collection[str]) -> tuple[str, ...]:
    """Whom to notify, by country: the own authority, and each one in the Union and in the UK where people live.

    A controller in the Union has one leading authority there; one outside has none (EDPB 9/2022 ¶73).
    """
    union = {home} if home in EEA else EEA & {*countries}
    more = {"GB"} if "GB" in {home, *countries} else set()
    own = {"MY"} if home == "MY" or "MY" in countries else set()
    return (*sorted(own), *sorted(union), *sorted(more))


def without_rule(home: str, countries: Collection[str]) -> tuple[str, ...]:
    """Countries of affected people whose breach law Izin does not know: counsel is asked."""
    return tuple(sorted({*countries} - EEA - {"MY", "GB", "", home}))


def clocks(
    moments: Moments,
    whom: Collection[str],
    risk: Risk,
    *,
    told: Mapping[tuple[str, str], datetime],
    decided_not: Collection[tuple[str, str]] = (),
    for_client: bool = False,
) -> tuple[Clock, ...]:
    """Every clock that runs, beside each other. ``told`` and ``decided_not`` are keyed by step and country.

    Which authority is told never waits for the risk: until somebody decides that it need not be, its clock runs.
    """
    found = []
    for country in whom:
        law = law_of(country)
        start = min(moments.detected, moments.aware) if law == "pdpa" else moments.aware
        name = {"pdpa": "breach.my.commissioner", "uk": "breach.uk.ico", "gdpr": "breach.gdpr.sa"}[law]
        first = told.get(("authority", country))
        found.append(Clock(name, country, start + AUTHORITY, first, ("authority", country) in decided_not))
        if law == "pdpa" and first is not None:
            found.append(Clock("breach.my.rest", country, first + REST_PDPA, told.get(("rest", country))))
    if whom and (risk.needs_people() or ("people", "") in told or ("people", "") in decided_not):
        found += _people(moments, whom, told, ("people", "") in decided_not)
    if for_client:
        due = moments.aware + CONTROLLER
        found.append(Clock("breach.gdpr.processor", "", due, told.get(("controller", ""))))
    return tuple(found)


def undecided(whom: Collection[str], clocks: Collection[Clock]) -> tuple[Clock, ...]:
    """The clocks that keep a breach from being closed: neither kept nor waived."""
    return tuple(one for one in clocks if one.done is None and not one.waived)


def _people(
    moments: Moments, whom: Collection[str], told: Mapping[tuple[str, str], datetime], waived: bool
) -> list[Clock]:
    done, found = told.get(("people", "")), []
    if "MY" in whom:
        longest = min(moments.detected, moments.aware) + AUTHORITY
        start = told.get(("authority", "MY"), longest)
        found.append(Clock("breach.my.subjects", "MY", start + PEOPLE_PDPA, done, waived))
    if any(law_of(country) != "pdpa" for country in whom):
        found.append(Clock("breach.gdpr.subjects", "", moments.aware + PEOPLE_GDPR, done, waived))
    return found
