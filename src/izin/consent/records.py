"""Write what people agreed to and refused: the fact, its proof, and the standing decided from it, in one transaction.

Every verb runs inside an organisation's scope. The ledger's entry comes first: it takes the lock that puts all acts of
one organisation in a row, so the facts read after it are complete.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from izin.consent.decision import Act, Decision, Fact, State, decide
from izin.consent.models import Evidence, Purpose, Standing, Suppression
from izin.consent.proof import Proof, prove, rows_body
from izin.contacts import book
from izin.contacts.book import Known
from izin.ledger import log
from izin.lib.clock import now
from izin.notices.models import NoticeVersion
from izin.organisations.scope import current


@dataclass(frozen=True, slots=True)
class NewFact:
    """An act to be recorded. ``payload`` is the evidence: what was shown, what was said, message ids; sealed."""

    person: Known
    act: Act
    method: str
    at: datetime
    purpose: Purpose | None = None
    notice_version: NoticeVersion | None = None
    language: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict, repr=False)
    received_at: datetime | None = None  # when Izin heard of it; empty: now


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a refusal did. ``contact_id`` is empty for a number that is not in the book; the refusal stands."""

    contact_id: UUID | None
    purposes: int


def request(facts: Sequence[NewFact]) -> None:
    """We asked, and showed the notice. Gives nothing."""
    _record("consent.requested", facts)


def give(facts: Sequence[NewFact]) -> None:
    """The person's own act from the own number (Art. 4(11), 7(1)); lifts an earlier refusal of the same purposes."""
    _record("consent.given", facts)
    for fact in facts:
        if fact.purpose is not None:
            _lift_suppression(fact.person.id, fact.purpose)


def attest(facts: Sequence[NewFact], *, body: Mapping[str, Any]) -> None:
    """Evidence of earlier acts, as one ledger entry whatever the number of rows. Never lifts a refusal."""
    _record("consent.imported", facts, body)


def withdraw(
    kind: str,
    value: str,
    *,
    method: str,
    at: datetime,
    purpose: Purpose | None = None,
    act: Act = Act.WITHDRAWN,
    payload: Mapping[str, Any] | None = None,
    received_at: datetime | None = None,
) -> Withdrawal:
    """A refusal by the holder of an identity (Art. 7(3), 21(3); PDPA s.38, s.43), effective when this commits.

    Without a purpose it refuses everything that this organisation may ever ask. Somebody who is not in the book is
    suppressed by keyed hash, so that no later import can bring a yes.
    """
    person = book.find(kind, value)
    if person is None:
        log.append("consent.withdrawn", {"known": False, "method": method, "purpose": _key(purpose)})
        _suppress([(kind, book.suppression_index(kind, value))], purpose, at)
        return Withdrawal(None, 0)
    return withdraw_known(
        person, method=method, at=at, purpose=purpose, act=act, payload=payload, received_at=received_at
    )


def withdraw_known(
    person: Known,
    *,
    method: str,
    at: datetime,
    purpose: Purpose | None = None,
    act: Act = Act.WITHDRAWN,
    payload: Mapping[str, Any] | None = None,
    received_at: datetime | None = None,
) -> Withdrawal:
    """The same for somebody in the book: every identity of the person is suppressed."""
    fact = NewFact(person, act, method, at, purpose, payload=payload or {}, received_at=received_at)
    changed = _record(f"consent.{act}", [fact])
    _suppress(book.suppression_indexes(person.id), purpose, at)
    _tell_lanes(person.id)
    return Withdrawal(person.id, changed)


def suppress_numbers(numbers: Iterable[str], at: datetime) -> int:
    """Refuse E.164 numbers of people who are not in the book, e.g. those that a file marks as withdrawn."""
    return _suppress([("phone", book.suppression_index("phone", number)) for number in numbers], None, at)


def suppressed_among(numbers: Iterable[str], purpose: Purpose) -> set[str]:
    """Those of these E.164 numbers whose holders refused this purpose, or everything."""
    by_index = {book.suppression_index("phone", number): number for number in numbers}
    rows = Suppression.objects.filter(kind="phone", index__in=list(by_index)).filter(_covers(purpose))
    return {by_index[bytes(index)] for index in rows.values_list("index", flat=True)}


def differing_standings() -> list[UUID]:
    """Recompute every standing from its evidence (the fsck); the ids of the rows that differ. Empty is good."""
    stored = {(row.contact_id, row.purpose_id): row for row in Standing.objects.iterator(chunk_size=5_000)}
    decided = _decide_all({contact_id for contact_id, _ in stored})
    keys = stored.keys() | {key for key, decision in decided.items() if decision.state is not State.UNKNOWN}
    return [
        stored[key].id if key in stored else key[0]
        for key in keys
        if key not in stored or _columns(decided.get(key, Decision(State.UNKNOWN))) != _stored_columns(stored[key])
    ]


def _record(kind: str, facts: Sequence[NewFact], body: Mapping[str, Any] | None = None) -> int:
    """Append the facts and their ledger entry, decide and store the standings; how many standings were stored."""
    if not facts:
        return 0
    proofs = [prove(fact, position) for position, fact in enumerate(facts)]
    entry = log.append(kind, _entry_body(proofs, body), subject_ref=None if body else facts[0].person.subject_ref)
    moment = now()
    Evidence.objects.bulk_create(
        [
            Evidence(
                id=proof.id,
                contact_id=fact.person.id,
                subject_ref=fact.person.subject_ref,
                purpose=fact.purpose,
                act=fact.act,
                method=fact.method,
                at=fact.at,
                received_at=fact.received_at or moment,
                notice_version=fact.notice_version,
                language=fact.language,
                entry_seq=entry.seq,
                position=position,
                commitment=proof.commitment,
                payload_sealed=proof.payload_sealed,
            )
            for position, (fact, proof) in enumerate(zip(facts, proofs, strict=True))
        ]
    )
    touched = {fact.purpose.id for fact in facts if fact.purpose is not None}
    for_all = any(fact.purpose is None for fact in facts)
    return _store_standings({fact.person.id for fact in facts}, None if for_all else touched)


def _entry_body(proofs: Sequence[Proof], body: Mapping[str, Any] | None) -> dict[str, Any]:
    """A single act stands in its entry whole; several stand there as the Merkle root over their rows."""
    if body is None and len(proofs) == 1:
        return proofs[0].public
    return {**(body or {}), **rows_body([proof.leaf for proof in proofs])}


def _store_standings(contact_ids: set[UUID], purpose_ids: set[UUID] | None) -> int:
    rows = [
        Standing(contact_id=contact_id, purpose_id=purpose_id, **_columns(decision))
        for (contact_id, purpose_id), decision in sorted(_decide_all(contact_ids).items())
        if decision.state is not State.UNKNOWN and (purpose_ids is None or purpose_id in purpose_ids)
    ]
    Standing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "contact", "purpose"],
        update_fields=["standing", "valid_until", "because"],
        batch_size=2_000,
    )
    return len(rows)


def _decide_all(contact_ids: set[UUID]) -> dict[tuple[UUID, UUID], Decision]:
    """The decision per person and purpose, for these people and every purpose that some fact of theirs names."""
    purposes = list(Purpose.objects.all())
    lifetime = {purpose.id: timedelta(days=purpose.lifetime_days) for purpose in purposes}
    facts: dict[tuple[UUID, UUID], list[Fact]] = {}
    rows = Evidence.objects.filter(contact_id__in=contact_ids).values_list(
        "id", "contact_id", "purpose_id", "act", "at"
    )
    for evidence_id, contact_id, purpose_id, act, at in rows.iterator(chunk_size=5_000):
        for covered in [purpose_id] if purpose_id else lifetime:
            facts.setdefault((contact_id, covered), []).append(Fact(evidence_id, Act(act), at))
    moment = now()
    return {key: decide(heard, moment, lifetime[key[1]]) for key, heard in facts.items()}


def _columns(decision: Decision) -> dict[str, Any]:
    """The decision as its row keeps it. An expired consent stays a grant with its end, which every reader checks."""
    state = Standing.State.GRANTED if decision.state is State.EXPIRED else decision.state.value
    return {"standing": str(state), "valid_until": decision.valid_until, "because_id": decision.because}


def _stored_columns(row: Standing) -> dict[str, Any]:
    return {"standing": row.standing, "valid_until": row.valid_until, "because_id": row.because_id}


def _suppress(identities: Iterable[tuple[str, bytes]], purpose: Purpose | None, at: datetime) -> int:
    rows = [Suppression(kind=kind, index=index, purpose=purpose, since=at) for kind, index in identities]
    return len(Suppression.objects.bulk_create(rows, ignore_conflicts=True))


def _lift_suppression(contact_id: UUID, purpose: Purpose) -> None:
    """Let the person's own new yes stand, for this purpose only: a refusal of everything goes on for the others."""
    standing = Standing.objects.filter(contact_id=contact_id, purpose=purpose).first()
    if standing is None or standing.standing != Standing.State.GRANTED:
        return
    identities = book.suppression_indexes(contact_id)
    held = Suppression.objects.filter(index__in=[index for _, index in identities])
    everything = held.filter(purpose=None)
    since = everything.values_list("since", flat=True).first()
    everything.delete()
    held.filter(purpose=purpose).delete()
    if since is not None:
        for other in Purpose.objects.exclude(id=purpose.id):
            _suppress(identities, other, since)


def _tell_lanes(contact_id: UUID) -> None:
    """Reach the lanes when, and only when, this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('izin_withdrawal', %s)", [f"{current()} {contact_id}"])


def _covers(purpose: Purpose) -> Q:
    return Q(purpose=None) | Q(purpose=purpose)


def _key(purpose: Purpose | None) -> str | None:
    return purpose.key if purpose else None
