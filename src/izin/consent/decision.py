"""The rule of consent. It lives here once; SQL only reads what was decided here.

GDPR Art. 4(11), 7(1), 7(3), 21(2)-(3); PDPA s.6, s.38, s.43. Pure: facts and the moment in, a decision out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from izin.consent.grades import Grade


class Act(StrEnum):
    """What was done by, or about, the person."""

    REQUESTED = "requested"  # we asked
    GIVEN = "given"  # the person's own act from the own number
    ATTESTED = "attested"  # evidence of an earlier act, brought by an import or by staff
    WITHDRAWN = "withdrawn"  # Art. 7(3); s.38
    OBJECTED = "objected"  # Art. 21(2); s.43
    HELD = "held"  # an unclear wish: no marketing until somebody decides (EDPB 05/2020 ¶112; law.md C-04)
    RELEASED = "released"  # it was decided that the unclear wish was no refusal
    PAUSED = "paused"  # the person asked for silence until a moment


class State(StrEnum):
    UNKNOWN = "unknown"
    PENDING = "pending"
    GRANTED = "granted"
    EXPIRED = "expired"
    HELD = "held"
    REFUSED = "refused"


REFUSALS = frozenset({Act.WITHDRAWN, Act.OBJECTED})
CAUTION = {Act.WITHDRAWN: 2, Act.OBJECTED: 2, Act.HELD: 1}  # of acts at one instant the most cautious counts last


@dataclass(frozen=True, slots=True)
class Fact:
    """One act at its time. ``id`` is the evidence that shows it; ``until`` is the end of a pause.

    ``grade`` is how strong an imported evidence is; the person's own act is always the strongest.
    """

    id: object
    act: Act
    at: datetime
    until: datetime | None = None
    grade: int = Grade.STATED


@dataclass(frozen=True, slots=True)
class Decision:
    """The state, the evidence it rests on, and from when (a pause) until when it holds (None: now, and no end)."""

    state: State
    because: object = None
    valid_until: datetime | None = None
    not_before: datetime | None = None


def decide(facts: Sequence[Fact], at: datetime, lifetime: timedelta, least: int = Grade.STATED) -> Decision:
    """The standing that these facts about one person and one purpose make at the moment ``at``.

    ``least`` is the grade of evidence that the purpose accepts: weaker evidence leaves the person to be asked.

    The order in which facts arrive does not matter, their own times do; of two acts at the same instant the refusal
    counts, and of two alike the id settles which one is named. Only the person's own act lifts a refusal. An unclear
    wish holds whatever stands, and whatever is imported, until it is decided. No fact means unknown, which means no;
    where nobody was asked, a pause or a decided hold leaves it unknown, and is named as what it rests on.
    """
    decision, held, paused_until = Decision(State.UNKNOWN), None, None
    in_order = sorted(facts, key=_order) if len(facts) > 1 else facts
    for fact in in_order:
        if fact.act is Act.HELD:
            held = fact.id
        elif fact.act is Act.RELEASED:
            held = None
        elif fact.act is Act.PAUSED:
            paused_until = fact.until
        elif fact.act in REFUSALS:
            decision, held = Decision(State.REFUSED, fact.id), None
        elif fact.act is Act.GIVEN:
            decision, held, paused_until = Decision(State.GRANTED, fact.id, fact.at + lifetime), None, None
        else:
            decision = _weaker(decision, fact, lifetime, least)
    if held is not None and decision.state is not State.REFUSED:
        return Decision(State.HELD, held)
    if in_order and decision.state is State.UNKNOWN:
        return Decision(State.UNKNOWN, in_order[-1].id)
    if decision.state is State.GRANTED and paused_until is not None:
        decision = replace(decision, not_before=paused_until)
    if decision.valid_until is not None and decision.valid_until <= at:
        return replace(decision, state=State.EXPIRED)
    return decision


def _order(fact: Fact) -> tuple[datetime, int, str]:
    return fact.at, CAUTION.get(fact.act, 0), str(fact.id)


def _weaker(decision: Decision, fact: Fact, lifetime: timedelta, least: int) -> Decision:
    """What an import or a question adds: neither overrides a no, and being asked again is not a yes."""
    if decision.state is State.REFUSED:
        return decision
    if fact.act is Act.ATTESTED and fact.grade >= least:
        return _later(decision, Decision(State.GRANTED, fact.id, fact.at + lifetime))
    return Decision(State.PENDING, fact.id) if decision.state is State.UNKNOWN else decision


def _later(old: Decision, new: Decision) -> Decision:
    """The decision that holds longer: evidence of an earlier act does not shorten a consent that already stands."""
    if old.valid_until is not None and new.valid_until is not None and old.valid_until >= new.valid_until:
        return old
    return new
