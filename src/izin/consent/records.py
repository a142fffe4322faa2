"""Write what people agreed to and refused: the fact, its proof, and the standing decided from it, in one transaction.

Every verb runs inside an organisation's scope. The ledger's entry comes first: it takes the lock that puts all acts of
one organisation in a row, so the facts read after it are complete.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from izin.consent import standings, suppressions
from izin.consent.decision import REFUSALS, Act, Fact
from izin.consent.grades import Grade
from izin.consent.models import Evidence, Purpose, SignedForm, Standing, Suppression
from izin.consent.proof import Proof, Sealed, prove, rows_body
from izin.contacts import book
from izin.contacts.book import Known
from izin.contacts.models import Contact
from izin.ledger import log
from izin.lib.clock import now
from izin.notices.models import NoticeVersion
from izin.organisations import bulk
from izin.organisations.scope import current

BATCH = 2_000
EVIDENCE = (
    *("id", "contact_id", "subject_ref", "purpose_id", "act", "method", "at", "received_at", "until", "language"),
    *("grade", "notice_version_id", "entry_seq", "position", "commitment", "payload_sealed"),
)


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
    until: datetime | None = None  # the end of a pause
    grade: int | None = None  # of imported evidence
    sealed: Sealed | None = None  # the payload, where it was sealed for this person before


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
    log.hold()
    _remember_refusals(facts)
    _record("consent.given", facts)
    for fact in facts:
        if fact.purpose is not None:
            lift_suppression(fact.person.id, fact.purpose)


def attest(facts: Sequence[NewFact], *, body: Mapping[str, Any], fresh: Set[UUID] = frozenset()) -> None:
    """Evidence of earlier acts, as one ledger entry whatever the number of rows. Never lifts a refusal.

    ``fresh`` are people whom this transaction brought into the book and under whose name no refusal stands: all that
    is known of such a person is the one fact given here.
    """
    log.hold()
    _remember_refusals([fact for fact in facts if fact.person.id not in fresh])
    _record("consent.imported", facts, body, fresh)


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
    also: Sequence[tuple[str, str]] = (),
) -> Withdrawal:
    """A refusal by the holder of an identity (Art. 7(3), 21(3); PDPA s.38, s.43), effective when this commits.

    Without a purpose it refuses everything that this organisation may ever ask. Somebody who is not in the book is
    suppressed by keyed hash, so that no later import can bring a yes. ``also``: further names (kind, value) by which
    WhatsApp calls the same person; whoever stands in the book under one of them refuses too.
    """
    log.hold()  # an import that is adding this person right now comes before the look into the book
    found = {named: book.find(*named) for named in [(kind, value), *also]}
    strange = [named for named, person in found.items() if person is None]
    people = list({person.id: person for person in found.values() if person is not None}.values())
    suppressions.suppress([(one, book.suppression_index(one, called), at) for one, called in strange], purpose)
    if not people:
        log.append("consent.withdrawn", {"known": False, "method": method, "purpose": _key(purpose)})
        return Withdrawal(None, 0)
    told = {"method": method, "at": at, "purpose": purpose, "act": act, "payload": payload, "received_at": received_at}
    done = [withdraw_known(person, **told) for person in people]
    return Withdrawal(done[0].contact_id, sum(one.purposes for one in done))


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
    suppressions.suppress([(kind, index, at) for kind, index in book.suppression_indexes(person.id)], purpose)
    tell_lanes(person.id)
    return Withdrawal(person.id, changed)


def hold(
    kind: str, value: str, *, method: str, at: datetime, payload: Mapping[str, Any], received_at: datetime | None = None
) -> UUID | None:
    """An unclear wish: nothing more is sent to this person until it is decided. Returns the contact, if in the book."""
    log.hold()
    person = book.find(kind, value)
    if person is None:
        log.append("consent.held", {"known": False, "method": method})
        index = book.suppression_index(kind, value)
        stranger = Suppression(kind=kind, index=index, since=at, until_decided=True)
        Suppression.objects.bulk_create([stranger], ignore_conflicts=True)
        return None
    _record("consent.held", [NewFact(person, Act.HELD, method, at, payload=payload, received_at=received_at)])
    tell_lanes(person.id)
    return person.id


def release(person: Known, *, method: str, payload: Mapping[str, Any]) -> None:
    """Decided: the unclear wish was no refusal. Whatever stood before stands again; nothing new is granted."""
    _record("consent.released", [NewFact(person, Act.RELEASED, method, now(), payload=payload)])


def release_stranger(kind: str, value: str) -> None:
    """The same for somebody who is not in the book."""
    log.append("consent.released", {"known": False})
    Suppression.objects.filter(
        kind=kind, index=book.suppression_index(kind, value), until_decided=True, purpose=None
    ).delete()


def pause(person: Known, until: datetime, *, method: str, payload: Mapping[str, Any]) -> None:
    """The person asked for silence until then; the consents go on standing."""
    _record("consent.paused", [NewFact(person, Act.PAUSED, method, now(), payload=payload, until=until)])
    tell_lanes(person.id)


def forget(person: Known) -> dict[str, int]:
    """Let go of an erased person: what was shown and said goes, the standings go; how many rows of each table.

    The acts stay as the ledger covers them, by commitment and random reference, so that the log goes on verifying; the
    salt went with what was said, so nothing can be guessed from them. The suppression by keyed hash is not touched.
    """
    standings = Standing.objects.filter(contact_id=person.id).delete()[0]
    acts = Evidence.objects.filter(contact_id=person.id).update(contact=None, payload_sealed=b"")
    signed = SignedForm.objects.filter(contact_id=person.id).delete()[0]
    return {"consent_standing": standings, "consent_evidence": acts, "consent_signedform": signed}


def held_since(before: datetime) -> list[UUID]:
    """The people whose unclear wish was heard before this moment and is still undecided."""
    held = Standing.objects.filter(standing=Standing.State.HELD, because__at__lt=before)
    return list(held.values_list("contact_id", flat=True).distinct())


def is_held(person: Known) -> bool:
    """Whether an unclear wish of this person waits for a decision."""
    return Standing.objects.filter(contact_id=person.id, standing=Standing.State.HELD).exists()


def refused_among(contact_ids: Iterable[UUID], purpose: Purpose) -> set[UUID]:
    """Those of these people who refused this purpose."""
    refused = Standing.objects.filter(purpose=purpose, standing=Standing.State.REFUSED)
    listed = list(contact_ids)
    these = refused.filter(contact_id__among=listed) if listed else refused.none()
    return set(these.values_list("contact_id", flat=True))


def granted_to(person: Known) -> set[UUID]:
    """The purposes that this person has agreed to and not refused since."""
    granted = Standing.objects.filter(contact_id=person.id, standing=Standing.State.GRANTED)
    return set(granted.values_list("purpose_id", flat=True))


def refuse_new_purpose(purpose: Purpose) -> None:
    """Let those who refused everything refuse a purpose that did not exist then."""
    everything = Evidence.objects.filter(purpose=None, contact_id__isnull=False)
    for some in _in_batches(everything.values_list("contact_id", flat=True).distinct()):
        standings.store(some, {purpose.id})


def decide_anew(purpose: Purpose) -> None:
    """Decide every standing for this purpose again, after what the purpose accepts has changed."""
    log.hold()
    for some in _in_batches(Standing.objects.filter(purpose=purpose).values_list("contact_id", flat=True)):
        standings.store(some, {purpose.id})


def differing_standings() -> Iterator[UUID]:
    """Recompute every standing from its evidence (the fsck): the ids of the rows that differ, or of the person whose
    row is missing. None is good. Holds some people's rows at a time."""
    for some in _in_batches(Contact.objects.order_by("id").values_list("id", flat=True)):
        stored = {(row.contact_id, row.purpose_id): row for row in Standing.objects.filter(contact_id__in=some)}
        decided = standings.decide_all(some, {})
        for key in sorted(stored.keys() | decided.keys()):
            if key not in stored:
                yield key[0]
            elif key not in decided or standings.differs(stored[key], decided[key]):
                yield stored[key].id


def _record(
    kind: str, facts: Sequence[NewFact], body: Mapping[str, Any] | None = None, fresh: Set[UUID] = frozenset()
) -> int:
    """Append the facts and their ledger entry, decide and store the standings; how many standings were stored."""
    if not facts:
        return 0
    proofs = [prove(fact, position) for position, fact in enumerate(facts)]
    entry = log.append(kind, _entry_body(proofs, body), subject_ref=None if body else facts[0].person.subject_ref)
    moment = now()
    rows = [
        (
            *(
                proof.sealed.evidence_id,
                fact.person.id,
                fact.person.subject_ref,
                fact.purpose and fact.purpose.id,
                str(fact.act),
            ),
            *(str(fact.method), fact.at, fact.received_at or moment, fact.until, fact.language, fact.grade),
            *(fact.notice_version and fact.notice_version.id, entry.seq, position),
            *(proof.sealed.commitment, proof.sealed.payload_sealed),
        )
        for position, (fact, proof) in enumerate(zip(facts, proofs, strict=True))
    ]
    bulk.insert(Evidence, EVIDENCE, rows)
    touched = {fact.purpose.id for fact in facts if fact.purpose is not None}
    for_all = any(fact.purpose is None for fact in facts)
    alone = {
        (fact.person.id, fact.purpose.id): [_fact_of(fact, proof)]
        for fact, proof in zip(facts, proofs, strict=True)
        if fact.purpose is not None and fact.person.id in fresh
    }
    heard = {fact.person.id for fact in facts} - fresh
    return standings.store(heard, None if for_all else touched, alone)


def _entry_body(proofs: Sequence[Proof], body: Mapping[str, Any] | None) -> dict[str, Any]:
    """A single act stands in its entry whole; several stand there as the Merkle root over their rows."""
    if body is None and len(proofs) == 1:
        return proofs[0].public
    return {**(body or {}), **rows_body([proof.leaf for proof in proofs])}


def _fact_of(fact: NewFact, proof: Proof) -> Fact:
    return Fact(proof.sealed.evidence_id, fact.act, fact.at, fact.until, fact.grade or Grade.STATED)


def _remember_refusals(facts: Sequence[NewFact]) -> None:
    """Make facts of the refusals that came before these people were in the book.

    Until now only a keyed hash stood for them. As facts they are weighed by their own time, and they go on standing
    for every purpose that the person's new yes does not name, also one that is added later.
    """
    people = {fact.person.id: fact.person for fact in facts}
    if not people:
        return
    for contact_id in book.suppressed(people, Suppression.objects.filter(until_decided=False).values("index")):
        remember_refusals(people[contact_id])


def remember_refusals(person: Known) -> None:
    """The same for one person, once for each refusal."""
    indexes = [index for _, index in book.suppression_indexes(person.id)]
    known = Evidence.objects.filter(contact_id=person.id, act__in=REFUSALS).values_list("purpose_id", "at")
    for held in Suppression.objects.filter(index__in=indexes, until_decided=False).select_related("purpose"):
        if not any(purpose_id in (None, held.purpose_id) and at >= held.since for purpose_id, at in known):
            payload = {"suppressed": "before this person was in the book"}
            fact = NewFact(person, Act.WITHDRAWN, Evidence.Method.STAFF, held.since, held.purpose, payload=payload)
            _record("consent.withdrawn", [fact])


def lift_suppression(contact_id: UUID, purpose: Purpose) -> None:
    """Let the person's own new yes stand, for this purpose only: a refusal of everything goes on for the others."""
    standing = Standing.objects.filter(contact_id=contact_id, purpose=purpose).first()
    if standing is None or standing.standing != Standing.State.GRANTED:
        return
    identities = book.suppression_indexes(contact_id)
    held = Suppression.objects.filter(index__in=[index for _, index in identities])
    held.filter(until_decided=True).delete()  # the person's clear yes decides the unclear wish
    everything = held.filter(purpose=None)
    since = everything.order_by("-since").values_list("since", flat=True).first()
    everything.delete()
    held.filter(purpose=purpose).delete()
    if since is not None:
        for other in Purpose.objects.exclude(id=purpose.id):
            suppressions.suppress([(kind, index, since) for kind, index in identities], other)


def people_behind(named: Iterable[tuple[str, str]]) -> list[Known]:
    """Everybody in the book under one of these names, each once."""
    found = [book.find(kind, value) for kind, value in named]
    return list({person.id: person for person in found if person is not None}.values())


def _in_batches(contact_ids: QuerySet[Any, UUID]) -> Iterator[set[UUID]]:
    remaining = contact_ids.iterator(chunk_size=BATCH)
    while some := set(islice(remaining, BATCH)):
        yield some


def tell_lanes(contact_id: UUID) -> None:
    """Reach the lanes when, and only when, this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('izin_withdrawal', %s)", [f"{current()} {contact_id}"])


def _key(purpose: Purpose | None) -> str | None:
    return purpose.key if purpose else None
