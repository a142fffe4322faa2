"""Erase a person (GDPR Art. 17): everything in the inventory, in one transaction, with a certificate of what stays.

Every verb runs inside an organisation's scope. What is left names nobody: the ledger's random reference and
commitments whose salt is gone, and the keyed hash by which a refusal is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from izin.campaigns import testers
from izin.campaigns.models import Tester
from izin.consent import records, suppressions
from izin.consent.models import Evidence, SignedForm, Standing, Suppression
from izin.contacts import book
from izin.contacts.book import Known
from izin.contacts.models import Contact, Identity, SubjectKey
from izin.dispatch import outbox
from izin.dispatch.models import Message
from izin.inbound import forgetting
from izin.inbound.models import Reply
from izin.ledger import chain, journal, log
from izin.ledger.models import Entry
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.rights import inventory, proving, register, telling
from izin.rights.inventory import Plan
from izin.rights.models import SubjectRequest


class NotErased(IzinError):
    """There is no erasure under this reference."""

    def __init__(self) -> None:
        super().__init__("The ledger knows no erasure under this reference.")


@dataclass(frozen=True, slots=True)
class Told:
    """A recipient that had been given the person's data: by when it hears of the erasure, and when it did (Art. 19)."""

    recipient: str
    due_on: date
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was done, from the ledger's own entry, so that it can be shown again at any time. It names no person."""

    reference: UUID
    at: datetime
    entry_seq: int
    leaf_hash: str
    plan: Plan
    told: tuple[Told, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "v": 1,
            "kind": "erasure certificate",
            "reference": str(self.reference),
            "erased_at": log.timestamp(self.at),
            "ledger_entry": self.entry_seq,
            "leaf_hash": self.leaf_hash,
            "goes": [{"table": one.table, "fate": str(one.fate), "rows": one.rows or 0} for one in self.plan.goes],
            "stays": [
                {"table": one.table, "fate": str(one.fate), "ground": str(one.ground)} for one in self.plan.stays
            ],
            "recipients_told": [
                {
                    "recipient": one.recipient,
                    "due": one.due_on.isoformat(),
                    "sent_at": log.timestamp(one.sent_at) if one.sent_at else None,
                }
                for one in self.told
            ],
        }


def look(person: Known) -> Plan:
    """What an erasure would do, counted now. The raw bodies of webhooks are not opened for it."""
    of_person = {
        model._meta.db_table: model.objects.filter(contact_id=person.id).count()
        for model in (SubjectKey, Identity, Standing, SignedForm, Evidence, Message, Reply, SubjectRequest, Tester)
    }
    indexes = [index for _kind, index in book.suppression_indexes(person.id)]
    return inventory.plan(
        of_person
        | {
            "contacts_contact": 1,
            "consent_suppression": Suppression.objects.filter(index__in=indexes).count(),
            "ledger_entry": Entry.objects.filter(subject_ref=person.subject_ref).count(),
        }
    )


def carry_out(person: Known, *, method: str) -> Certificate:
    """Erase this person, for good. The refusal of everything stays under keyed hashes, so that no import brings them
    back; only their own new yes does.

    Raises outbox.StillSending while a message is on its way to them; then nothing was changed.
    """
    identities = book.identities_of(person)
    bodies = forgetting.forget_bodies(identities)
    # Messages before the ledger: whoever applies statuses takes their locks in this order.
    book.hold(person)
    done = outbox.forget(person)
    done |= {"inbound_delivery": bodies, "inbound_reply": forgetting.forget_replies(person, identities)}
    records.withdraw_known(person, method=method, at=now(), payload={"because": "erasure"})
    suppressed = book.suppression_indexes(person.id)
    done |= {"rights_subjectrequest": register.forget(person), "rights_proofcode": proving.forget(identities)}
    done |= testers.forget(person)
    done |= records.forget(person) | book.forget(person)
    entry = log.append(journal.ERASED, {"rows": dict(sorted(done.items()))}, subject_ref=person.subject_ref)
    journal.write(person.subject_ref, entry.at, suppressed)
    return _certificate(entry)


def carry_out_for_stranger(number: str) -> int:
    """The same for the holder of a number who is not in the book: what they wrote goes; how many replies.

    Nothing that could find them again is added: a refusal that is kept already stays.
    """
    identities = [("phone", number)]
    proving.forget(identities)
    forgetting.forget_bodies(identities)
    return forgetting.forget_replies(None, identities)


def certificate(reference: UUID) -> Certificate:
    """The certificate of an erasure, by the person's reference. Raises NotErased."""
    entry = Entry.objects.filter(kind=journal.ERASED, subject_ref=reference).order_by("seq").first()
    if entry is None:
        raise NotErased
    return _certificate(entry)


def verify(reference: UUID | None = None) -> list[str]:
    """Hold every erasure in the ledger and in the journal (or the one) against the tables; the problems found.

    Raises NotErased for a reference without erasure, and journal.JournalDamaged.
    """
    erased = Entry.objects.filter(kind=journal.ERASED)
    if reference is not None:
        erased = erased.filter(subject_ref=reference)
        if not erased.exists():
            raise NotErased
    subjects = [one for one in erased.values_list("subject_ref", flat=True) if one is not None]
    written = {line.subject for line in journal.read()}
    problems = [
        f"{subject}: not in the journal, so an older backup would undo it"
        for subject in subjects
        if subject not in written
    ]
    problems += [f"{subject}: still in the book" for subject in _still(Contact.objects, subjects)]
    for table, rows in (("evidence", Evidence.objects), ("requests", SubjectRequest.objects)):
        problems += [f"{one}: {table} still lead to the person" for one in _still(rows.exclude(contact=None), subjects)]
    problems += [
        f"{one}: evidence is not empty" for one in _still(Evidence.objects.exclude(payload_sealed=b""), subjects)
    ]
    if reference is None:
        problems += [f"{line.subject}: in the journal, but not in the ledger" for line in journal.unreplayed()]
    return problems


def replay() -> int:
    """Carry out again what a restored backup has undone, from the journal; how many. Safe to repeat.

    Raises journal.JournalDamaged and outbox.StillSending.
    """
    missing = sorted(journal.unreplayed(), key=lambda line: line.at)
    for line in missing:
        person = book.known_by(line.subject)
        suppressions.suppress([(kind, index, line.at) for kind, index in line.suppressed], None)
        if person is not None:
            carry_out(person, method=Evidence.Method.STAFF)
        else:
            log.append(journal.ERASED, {"rows": {}, "replayed": True}, subject_ref=line.subject)
        telling.open_again(line.subject)
    return len(missing)


def _still(rows: Any, subjects: Sequence[UUID]) -> list[UUID]:
    return sorted(set(rows.filter(subject_ref__in=subjects).values_list("subject_ref", flat=True)))


def _certificate(entry: Entry) -> Certificate:
    leaf = bytes(entry.leaf)
    said = chain.json_of(leaf)
    if entry.subject_ref is None:
        raise NotErased
    plan = inventory.plan(said["body"]["rows"])
    notices = telling.of_erasure(entry.subject_ref)
    told = tuple(Told(one.recipient.name, one.due_on, one.sent_at) for one in notices)
    return Certificate(entry.subject_ref, entry.at, entry.seq, chain.leaf_hash(leaf).hex(), plan, told)
