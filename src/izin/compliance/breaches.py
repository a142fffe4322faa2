"""The breach register: record one, count who is affected, tell or decide not to, close; each step in the ledger.

Every verb runs inside an organisation's scope. The ledger gets counts, codes and times; texts are sealed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from izin.compliance import affected, breach_rules
from izin.compliance.breach_rules import Clock, Moments, Risk
from izin.compliance.models import Breach, BreachStep, BreachTask
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.keyring import associated, seal, unseal
from izin.organisations.keys import keys
from izin.organisations.models import Organisation
from izin.organisations.scope import current

Kind = BreachStep.Kind
Texts = Mapping[str, Any]
NEEDS_GROUND = frozenset({Kind.AUTHORITY_NOT, Kind.PEOPLE_NOT})
TOLD = {
    Kind.AUTHORITY_TOLD: "authority",
    Kind.MORE_TOLD: "rest",
    Kind.PEOPLE_TOLD: "people",
    Kind.CONTROLLER_TOLD: "controller",
}
DECIDED_NOT = {Kind.AUTHORITY_NOT: "authority", Kind.PEOPLE_NOT: "people"}


class WrongTimes(IzinError):
    """The times contradict each other."""

    def __init__(self) -> None:
        super().__init__("Nothing can be known before it was found, and nothing of this can lie in the future.")


class NoGround(IzinError):
    """Somebody decided not to tell, and did not say why."""

    def __init__(self) -> None:
        super().__init__("Say on which ground nobody is told: the authority may ask (GDPR Art. 33(5)).")


class StillOpen(IzinError):
    """Somebody must still be told, or it must be decided why not."""

    def __init__(self) -> None:
        super().__init__("First tell whom it must be told, or decide why not, and complete the tasks.")


class Closed(IzinError):
    """The breach was closed; what is in the register stays as it is."""

    def __init__(self) -> None:
        super().__init__("This breach is closed.")


@dataclass(frozen=True, slots=True)
class State:
    """Where a breach stands: whom it concerns, how grave it is, and its clocks side by side."""

    authorities: tuple[str, ...]
    without_rule: tuple[str, ...]
    risk: Risk
    clocks: tuple[Clock, ...]


def record(
    *,
    detected_at: datetime,
    aware_at: datetime,
    happened_at: datetime | None,
    zone: str,
    kinds: list[str],
    facts: list[str],
    scope: affected.Scope,
    texts: Texts,
    by: UUID,
) -> Breach:
    """A breach in the register; its clocks have begun at ``detected_at`` and ``aware_at`` (aware).

    ``texts``: ``what`` happened, perhaps ``client`` for whom the data are processed. Raises WrongTimes, and
    affected.NoSuchScope.
    """
    if not (happened_at or detected_at) <= detected_at <= aware_at <= now():
        raise WrongTimes
    counted = affected.by_country(scope)
    log.hold()
    number = (Breach.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1
    breach = Breach(
        number=number,
        happened_at=happened_at,
        detected_at=detected_at,
        aware_at=aware_at,
        zone=zone,
        recorded_at=now(),
        recorded_by=by,
        kinds=kinds,
        facts=facts,
        scope=dict(scope),
        people=sum(counted.values()),
        countries=counted,
    )
    breach.texts_sealed = _seal("compliance_breach", breach.id, json.dumps(texts))
    breach.save(force_insert=True)
    times = {"detected": detected_at, "aware": aware_at} | ({"happened": happened_at} if happened_at else {})
    _log(
        "breach.recorded",
        breach,
        {name: log.timestamp(at) for name, at in times.items()}
        | {"kinds": kinds, "facts": facts, "scope": scope["kind"], "people": breach.people, "by": str(by)},
    )
    return breach


def state_of(breach: Breach) -> State:
    """Whom it concerns, its risk and its clocks, from the register alone."""
    home = Organisation.objects.get(id=current()).country
    whom = breach_rules.authorities(home, breach.countries)
    risk = breach_rules.assess(breach.kinds, breach.facts, breach.people)
    steps = list(steps_of(breach))
    told: dict[tuple[str, str], datetime] = {}
    for one in steps:
        if name := TOLD.get(Kind(one.kind)):
            told.setdefault((name, one.whom), one.at)
    decided_not = {(DECIDED_NOT[Kind(one.kind)], one.whom) for one in steps if one.kind in DECIDED_NOT}
    found = breach_rules.clocks(
        Moments(breach.detected_at, breach.aware_at),
        whom,
        risk,
        told=told,
        decided_not=decided_not,
        for_client=bool(texts_of(breach).get("client")),
    )
    return State(whom, breach_rules.without_rule(home, breach.countries), risk, found)


def take_step(
    breach: Breach, kind: str, *, by: UUID, at: datetime | None = None, whom: str = "", ground: str = ""
) -> BreachStep:
    """Something was done at ``at`` (aware; this moment when left out), or decided not to be done, with its ground.

    Raises Closed, NoGround, WrongTimes, and StillOpen for an end that comes too early.
    """
    held = _held(breach)
    step_kind, moment = Kind(kind), at or now()
    if step_kind in NEEDS_GROUND and not ground.strip():
        raise NoGround
    if not held.detected_at <= moment <= now():
        raise WrongTimes
    if step_kind == Kind.CLOSED:
        state = state_of(held)
        open_tasks = BreachTask.objects.filter(breach=held, done_at=None).exists()
        if open_tasks or breach_rules.undecided(state.authorities, state.clocks):
            raise StillOpen
        Breach.objects.filter(id=held.id).update(closed_at=now())
    step = BreachStep(breach=held, kind=step_kind, whom=whom, at=moment, by=by)
    step.ground_sealed = _seal("compliance_breachstep", step.id, ground.strip()) if ground.strip() else None
    body = {"step": str(step_kind), "whom": whom, "at": log.timestamp(moment), "by": str(by), "ground": bool(ground)}
    step.entry_seq = _log("breach.step", held, body)
    step.save(force_insert=True)
    return step


def assess_anew(breach: Breach, *, kinds: list[str], facts: list[str], scope: affected.Scope, by: UUID) -> None:
    """Other kinds of data, facts or people than first thought: counted and logged again. Raises Closed, NoSuchScope."""
    held = _held(breach)
    counted = affected.by_country(scope)
    found = {"kinds": kinds, "facts": facts, "people": sum(counted.values())}
    Breach.objects.filter(id=held.id).update(scope=dict(scope), countries=counted, **found)
    _log("breach.assessed", held, found | {"scope": scope["kind"], "by": str(by)})


def write(breach: Breach, texts: Texts) -> None:
    """Keep the texts of the notices, sealed, in place of those before. Raises Closed."""
    held = _held(breach)
    sealed = _seal("compliance_breach", held.id, json.dumps({**texts_of(held), **texts}))
    Breach.objects.filter(id=held.id).update(texts_sealed=sealed)


def add_task(breach: Breach, text: str, due_at: datetime) -> BreachTask:
    """Something that somebody has to do by then. Raises Closed."""
    task = BreachTask(breach=_held(breach), due_at=due_at)
    task.text_sealed = _seal("compliance_breachtask", task.id, text)
    task.save(force_insert=True)
    return task


def finish_task(task: BreachTask, *, by: UUID) -> None:
    """It is done; twice is as once."""
    BreachTask.objects.filter(id=task.id, done_at=None).update(done_at=now(), done_by=by)


def texts_of(breach: Breach) -> dict[str, Any]:
    """What was written about it, in clear."""
    found: dict[str, Any] = json.loads(_open("compliance_breach", breach.id, breach.texts_sealed))
    return found


def ground_of(step: BreachStep) -> str:
    """Why nobody was told, or what else was noted, in clear."""
    return _open("compliance_breachstep", step.id, step.ground_sealed) if step.ground_sealed is not None else ""


def task_text(task: BreachTask) -> str:
    """What has to be done, in clear."""
    return _open("compliance_breachtask", task.id, task.text_sealed)


def steps_of(breach: Breach) -> "list[BreachStep]":
    """Everything that was done about it, in order."""
    return list(BreachStep.objects.filter(breach=breach))


def overdue(at: datetime | None = None) -> list[tuple[Breach, Clock]]:
    """Every clock of an open breach whose time is over."""
    moment = at or now()
    return [
        (breach, clock)
        for breach in Breach.objects.filter(closed_at=None)
        for clock in state_of(breach).clocks
        if clock.state(moment) == "overdue"
    ]


def overdue_tasks(at: datetime | None = None) -> int:
    """How many tasks of open breaches should be done already."""
    return BreachTask.objects.filter(breach__closed_at=None, done_at=None, due_at__lt=at or now()).count()


def _held(breach: Breach) -> Breach:
    """The breach as it is now, locked. Raises Closed."""
    log.hold()
    held = Breach.objects.select_for_update().get(id=breach.id)
    if held.closed_at is not None:
        raise Closed
    return held


def _log(kind: str, breach: Breach, body: Mapping[str, Any]) -> int:
    return log.append(kind, {"breach": str(breach.id), "number": breach.number, **body}).seq


def _seal(table: str, row: UUID, text: str) -> bytes:
    return seal(keys().inbox, text, associated(current(), table, "text", row))


def _open(table: str, row: UUID, sealed: bytes) -> str:
    return unseal(keys().inbox, bytes(sealed), associated(current(), table, "text", row)).decode()
