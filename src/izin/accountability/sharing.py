"""An export of contacts to a registered recipient: only who agreed, the rest counted by reason, all of it recorded.

GDPR Art. 5(2), 6(1)(a), 15(1)(c), 19; PDPA s.8. Everybody in the file has a consent that stands for the recipient's
purpose at that moment; for a third party, one that was given under words which name the recipient.
"""

import csv
import io
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from izin.accountability.models import DisclosedPerson, Disclosure, Recipient
from izin.consent.models import Standing
from izin.contacts import book
from izin.contacts.models import Contact
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.ids import uuid7
from izin.lib.keyring import associated, seal, unseal
from izin.notices.completeness import LANGUAGES
from izin.notices.living import says
from izin.notices.models import NoticeVersion
from izin.organisations.keys import keys
from izin.organisations.scope import current

CHUNK = 1_000
COLUMNS = ("nama", "telefon", "bahasa", "persetujuan_sejak", "tanda")


class NotShared(IzinError):
    """Nothing left the house; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Who would be in an export (contact → time of the consent), and how many are not, by reason."""

    people: dict[UUID, str] = field(repr=False)
    left_out: dict[str, int]


def select(recipient: Recipient) -> Selection:
    """Who may be given to the recipient at this moment; nobody where it has no purpose or has ended."""
    if recipient.purpose is None or recipient.ended_at:
        return Selection({}, {})
    at = now()
    rows = _by_state(recipient, at)
    granted = rows.filter(state="granted").order_by("contact_id").values_list("contact_id", "because__at")
    people = {contact_id: given.date().isoformat() for contact_id, given in granted.iterator(chunk_size=CHUNK)}
    return Selection(people, _left_out(rows))


def count(recipient: Recipient) -> tuple[int, dict[str, int]]:
    """How many people ``select`` would give, and how many not, by reason: two counts, whoever many they are."""
    if recipient.purpose is None or recipient.ended_at:
        return 0, {}
    rows = _by_state(recipient, now())
    return rows.filter(state="granted").count(), _left_out(rows)


def _by_state(recipient: Recipient, at: datetime) -> QuerySet[Standing, Any]:
    """The standings of the recipient's purpose, each with its ``state`` as ``preferences.state_of`` says it, or
    "not_named" where the person agreed under words that do not name this third party.
    """
    named = _versions_naming(recipient)
    unnamed = [] if named is None else [When(~Q(because__notice_version_id__in=named), then=Value("not_named"))]
    state = Case(
        When(~Q(standing=Standing.State.GRANTED), then=F("standing")),
        When(valid_until__lte=at, then=Value("expired")),
        When(not_before__gt=at, then=Value("paused")),
        *unnamed,
        default=Value("granted"),
        output_field=CharField(),
    )
    return Standing.objects.filter(purpose=recipient.purpose).annotate(state=state)


def _left_out(rows: QuerySet[Standing, Any]) -> dict[str, int]:
    counts = dict(rows.order_by().values_list("state").annotate(people=Count("id")))
    counts["unknown"] = counts.get("unknown", 0) + Contact.objects.count() - sum(counts.values())
    counts.pop("granted", None)
    return {reason: people for reason, people in sorted(counts.items()) if people}


def export(recipient: Recipient, *, reason: str, made_by: UUID) -> tuple[bytes, Disclosure]:
    """The file (CSV, UTF-8) and its record. Holds the log, so that a withdrawal under way is settled before.

    Raises NotShared without a reason, without a purpose, after the recipient's end, and when nobody agreed.
    """
    if not reason.strip():
        raise NotShared("Say why these people are given to the recipient.")
    if recipient.purpose is None or recipient.ended_at:
        raise NotShared("This recipient has no purpose that people agree to, or has ended: nobody can be given to it.")
    log.hold()
    return _hand_out(recipient, select(recipient), reason=reason, made_by=made_by, ground="consent")


def export_for_duty(recipient: Recipient, people: set[UUID], *, reason: str, made_by: UUID) -> tuple[bytes, Disclosure]:
    """People whom the law says to tell of a breach (GDPR Art. 34; PDPA s.12B(2)), whatever they agreed to.

    Only to a processor, which tells them on our orders. Raises NotShared like ``export``.
    """
    if not reason.strip():
        raise NotShared("Say why these people are given to the recipient.")
    if recipient.kind != Recipient.Kind.PROCESSOR or recipient.purpose is None or recipient.ended_at:
        raise NotShared("Only a processor in the register, with a purpose, can be given the people to tell.")
    log.hold()
    return _hand_out(recipient, Selection(dict.fromkeys(people, ""), {}), reason=reason, made_by=made_by, ground="duty")


def reason_of(row: Disclosure) -> str:
    """Why it was made, in clear."""
    return unseal(keys().inbox, bytes(row.reason_sealed), _place(row.id)).decode()


def disclosures_of(subject_ref: UUID) -> list[Disclosure]:
    """Every export that this person was in, the newest first (GDPR Art. 15(1)(c), 19)."""
    ids = DisclosedPerson.objects.filter(subject_ref=subject_ref).values("disclosure_id")
    return list(Disclosure.objects.select_related("recipient", "purpose").filter(id__in=ids))


def traced(mark: str) -> Disclosure | None:
    """The export that a row with this mark came from, when a list turns up where it should not be."""
    found = DisclosedPerson.objects.select_related("disclosure__recipient").filter(mark=mark.strip().lower()).first()
    return found.disclosure if found else None


def _hand_out(
    recipient: Recipient, chosen: Selection, *, reason: str, made_by: UUID, ground: str
) -> tuple[bytes, Disclosure]:
    """The file with these people, and its record. The log is held. Raises NotShared when nobody is in it."""
    if recipient.purpose is None:
        raise NotShared("This recipient has no purpose that people agree to: nobody can be given to it.")
    marks, file = _write(chosen)
    if not marks:
        raise NotShared("Nobody has agreed to this, so there is nothing to give.")
    left_out = chosen.left_out
    if erased := len(chosen.people) - len(marks):
        left_out = left_out | {"erased": erased}
    digest = sha256(file).hexdigest()
    disclosure_id = uuid7()
    entry = log.append(
        "contacts.disclosed",
        {
            "disclosure": str(disclosure_id),
            "recipient": str(recipient.id),
            "purpose": recipient.purpose.key,
            "ground": ground,
            "people": len(marks),
            "left_out": left_out,
            "by": str(made_by),
            "digest": digest,
        },
    )
    made = Disclosure.objects.create(
        id=disclosure_id,
        recipient=recipient,
        purpose=recipient.purpose,
        at=now(),
        made_by=made_by,
        reason_sealed=seal(keys().inbox, reason, _place(disclosure_id)),
        people=len(marks),
        left_out=left_out,
        digest=digest,
        entry_seq=entry.seq,
    )
    references = dict(Contact.objects.filter(id__in=list(marks)).values_list("id", "subject_ref"))
    DisclosedPerson.objects.bulk_create(
        [DisclosedPerson(disclosure=made, subject_ref=references[one], mark=mark) for one, mark in marks.items()],
        batch_size=CHUNK,
    )
    return file, made


def marks_of(subject_ref: UUID, recipient_id: UUID) -> list[DisclosedPerson]:
    """The person's row in each export to this recipient, the oldest first: by its mark the recipient finds it."""
    rows = DisclosedPerson.objects.filter(subject_ref=subject_ref, disclosure__recipient_id=recipient_id)
    return list(rows.select_related("disclosure").order_by("disclosure__at"))


def _versions_naming(recipient: Recipient) -> set[UUID] | None:
    """The wordings that name a third party, so that agreeing includes it; None for a processor, which needs none."""
    if recipient.kind == Recipient.Kind.PROCESSOR:
        return None
    return {
        version.id
        for version in NoticeVersion.objects.all()
        if all(says(version.texts.get(one, {}), recipient.name, ("statement", "recipients")) for one in LANGUAGES)
    }


def _write(chosen: Selection) -> tuple[dict[UUID, str], bytes]:
    """The file, and the mark of each person who is in it."""
    marks: dict[UUID, str] = {}
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    waiting = iter(chosen.people)
    while some := list(islice(waiting, CHUNK)):
        contacts = Contact.objects.in_bulk(some)
        numbers, names = book.numbers(contacts.values()), book.names(contacts.values())
        for contact_id in some:
            if contact_id not in numbers:
                continue
            marks[contact_id] = secrets.token_hex(8)
            language, since = contacts[contact_id].language, chosen.people[contact_id]
            name, number = _as_text(names.get(contact_id, "")), numbers[contact_id].e164
            table.writerow((name, number, language, since, marks[contact_id]))
    return marks, written.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _place(disclosure_id: UUID) -> bytes:
    return associated(current(), "accountability_disclosure", "reason_sealed", disclosure_id)
