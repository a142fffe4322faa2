"""The bundle about one person."""

from typing import Any
from uuid import UUID

from izin.consent.models import Evidence, Standing
from izin.consent.preferences import state_of
from izin.contacts import book
from izin.contacts.models import Contact
from izin.dispatch.models import Message
from izin.evidence import bundle, gather, timeline
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError


class Nobody(IzinError):
    """There is no act of such a person."""

    def __init__(self) -> None:
        super().__init__("Nothing is kept about such a person here, so there is nothing to prove.")


def bundle_of_person(subject_ref: UUID, *, by: UUID | None = None, whole_log: bool = False) -> bytes:
    """Everything that this person did, was shown and said, with its proofs, as a zip file; recorded in the ledger.

    ``whole_log`` adds every entry of the log, so that nobody need believe that nothing was left out. It names nobody,
    but it is about others too: for an authority, not for the person.

    Raises Nobody, gather.NotWhole, and what ``checkpoints.sign`` raises.
    """
    rows = list(
        Evidence.objects.filter(subject_ref=subject_ref)
        .select_related("purpose", "notice_version__notice")
        .order_by("entry_seq", "position")
    )
    contact = Contact.objects.filter(subject_ref=subject_ref).first()
    if not rows and contact is None:
        raise Nobody
    acts = gather.acts_of(rows, [contact.id] if contact else [])
    about = {"kind": "person", "subject": str(subject_ref), "whole_log": whole_log}
    return bundle.make(
        about,
        acts,
        more=timeline.pages_of_person(_who(contact), rows, acts.lines, _messages(contact)),
        standings=_standings(contact),
        subject=subject_ref,
        by=by,
    )


def _standings(contact: Contact | None) -> dict[str, str] | None:
    """How each purpose stands now; None for somebody whose contact is gone: then nothing is claimed."""
    if contact is None:
        return None
    moment = now()
    rows = Standing.objects.filter(contact=contact).select_related("purpose")
    return {row.purpose.key: state_of(row, moment) for row in rows if state_of(row, moment) != "unknown"}


def _who(contact: Contact | None) -> dict[str, str]:
    """Name and number in clear: without them nobody could tell whose evidence this is."""
    if contact is None:
        return {"name": "", "number": ""}
    number = book.numbers([contact]).get(contact.id)
    return {"name": book.names([contact]).get(contact.id, ""), "number": number.e164 if number else ""}


def _messages(contact: Contact | None) -> list[dict[str, Any]]:
    """What campaigns sent to this person, as the house has it."""
    if contact is None:
        return []
    sent = Message.objects.filter(contact=contact, campaign__isnull=False).select_related("campaign").order_by("id")
    return [
        {
            "campaign": one.campaign.name,
            "state": one.get_state_display,  # called by the page, in its language
            "at": log.timestamp(one.settled_at) if one.settled_at else "",
        }
        for one in sent
    ]
