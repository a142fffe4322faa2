"""The standings of people, decided from their evidence and kept. Inside an organisation's scope, while the log is held.

What stands is decided by ``decision`` alone; here the facts are fetched for it, and its decisions become rows.
"""

from collections.abc import Set
from datetime import timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from izin.consent.decision import Act, Decision, Fact, State, decide
from izin.consent.grades import Grade
from izin.consent.models import Evidence, Purpose, Standing
from izin.lib.clock import now
from izin.lib.ids import uuid7
from izin.organisations import bulk

DECIDED = ("standing", "valid_until", "not_before", "because_id")
Heard = dict[tuple[UUID, UUID], list[Fact]]  # by person and purpose


def store(contact_ids: Set[UUID], purpose_ids: set[UUID] | None, alone: Heard | None = None) -> int:
    """Decide and keep the standings of these people. ``alone`` are the facts of people of whom there are no others."""
    first, others = [], []  # of the first, none has a row yet
    for key, decision in sorted(decide_all(contact_ids, alone or {}).items(), key=itemgetter(0)):
        if purpose_ids is None or key[1] in purpose_ids:
            (first if alone and key in alone else others).append((uuid7(), *key, *_columns(decision)))
    columns = ("id", "contact_id", "purpose_id", *DECIDED)
    bulk.insert(Standing, columns, first)
    bulk.insert(Standing, columns, others, once=("contact_id", "purpose_id"), replacing=DECIDED)
    return len(first) + len(others)


def decide_all(contact_ids: Set[UUID], alone: Heard) -> dict[tuple[UUID, UUID], Decision]:
    """The decision per person and purpose, for these people and every purpose that some fact of theirs names.

    The facts in ``alone`` are decided as they are, without looking for more.
    """
    purposes = list(Purpose.objects.all())
    lifetime = {purpose.id: timedelta(days=purpose.lifetime_days) for purpose in purposes}
    least = {purpose.id: purpose.least_grade for purpose in purposes}
    facts = dict(alone)
    kept = Evidence.objects.filter(contact_id__among=list(contact_ids))
    rows = kept.values_list("id", "contact_id", "purpose_id", "act", "at", "until", "grade")
    for evidence_id, contact_id, purpose_id, act, at, until, grade in rows if contact_ids else ():
        fact = Fact(evidence_id, Act(act), at, until, grade or Grade.STATED)
        for covered in [purpose_id] if purpose_id else lifetime:
            facts.setdefault((contact_id, covered), []).append(fact)
    moment = now()
    return {key: decide(heard, moment, lifetime[key[1]], least[key[1]]) for key, heard in facts.items()}


def differs(row: Standing, decision: Decision) -> bool:
    """Whether the row says something else than the decision."""
    return tuple(getattr(row, column) for column in DECIDED) != _columns(decision)


def _columns(decision: Decision) -> tuple[Any, ...]:
    """``DECIDED`` of a decision. An expired consent stays a grant with its end, which every reader checks."""
    state = Standing.State.GRANTED if decision.state is State.EXPIRED else decision.state.value
    return str(state), decision.valid_until, decision.not_before, decision.because
