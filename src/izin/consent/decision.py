"""The rule of consent. It lives here once; SQL only reads what was decided here.

GDPR Art. 4(11), 7(1), 7(3), 21(2)-(3); PDPA s.6, s.38, s.43. Pure: facts and the moment in, a decision out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Act(StrEnum):
    """What was done by, or about, the person."""

    REQUESTED = "requested"  # we asked
    GIVEN = "given"  # the person's own act from the own number
    ATTESTED = "attested"  # evidence of an earlier act, brought by an import or by staff
    WITHDRAWN = "withdrawn"  # Art. 7(3); s.38
    OBJECTED = "objected"  # Art. 21(2); s.43


class State(StrEnum):
    UNKNOWN = "unknown"
    PENDING = "pending"
    GRANTED = "granted"
    EXPIRED = "expired"
    REFUSED = "refused"


REFUSALS = frozenset({Act.WITHDRAWN, Act.OBJECTED})


@dataclass(frozen=True, slots=True)
class Fact:
    """One act at its time. ``id`` is the evidence that shows it."""

    id: object
    act: Act
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """The state, the evidence it rests on, and until when it holds (None: no end)."""

    state: State
    because: object = None
    valid_until: datetime | None = None


def decide(facts: Sequence[Fact], at: datetime, lifetime: timedelta) -> Decision:
    """The standing that these facts about one person and one purpose make at the moment ``at``.

    The order in which facts arrive does not matter, their own times do; of two acts at the same instant the refusal
    counts, and of two alike the id settles which one is named. Only the person's own act lifts a refusal. No fact means
    unknown, which means no.
    """
    decision = Decision(State.UNKNOWN)
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.act in REFUSALS, str(fact.id))):
        if fact.act in REFUSALS:
            decision = Decision(State.REFUSED, fact.id)
        elif fact.act is Act.GIVEN:
            decision = Decision(State.GRANTED, fact.id, fact.at + lifetime)
        elif decision.state is State.REFUSED:
            continue  # neither an import nor a question overrides a no
        elif fact.act is Act.ATTESTED:
            decision = _later(decision, Decision(State.GRANTED, fact.id, fact.at + lifetime))
        elif decision.state is State.UNKNOWN:
            decision = Decision(State.PENDING, fact.id)
    if decision.valid_until is not None and decision.valid_until <= at:
        return Decision(State.EXPIRED, decision.because, decision.valid_until)
    return decision


def _later(old: Decision, new: Decision) -> Decision:
    """The decision that holds longer: evidence of an earlier act does not shorten a consent that already stands."""
    if old.valid_until is not None and new.valid_until is not None and old.valid_until >= new.valid_until:
        return old
    return new
