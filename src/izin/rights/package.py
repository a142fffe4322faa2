"""Everything that is held of one person, in plain values (GDPR Art. 15, 20; PDPA s.30): for the page and for the file.

It holds what the person gave and what was observed, others' names nowhere (Art. 15(4)): staff are never named.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from izin.accountability import recipients, sharing
from izin.accountability.models import Recipient
from izin.consent import receipts
from izin.consent.models import Evidence, Standing, Suppression
from izin.consent.preferences import state_of
from izin.consent.proof import open_payload
from izin.contacts import book
from izin.contacts.book import Known
from izin.contacts.models import Contact, Identity
from izin.dispatch.models import Message
from izin.inbound import replies
from izin.ledger import log
from izin.lib.clock import now
from izin.organisations.models import Organisation
from izin.organisations.scope import current
from izin.rights import register
from izin.rights.models import SubjectRequest

# Ids of staff and of rows say nothing of the person.
INTERNAL = frozenset({"decided_by", "recorded_by", "reply", "request"})
WHATSAPP: dict[str, dict[str, Any]] = {
    "ms": {"name": "WhatsApp (Meta Platforms)", "what_for": "menghantar mesej", "country": "US", "given": []},
    "en": {"name": "WhatsApp (Meta Platforms)", "what_for": "delivers the messages", "country": "US", "given": []},
}


def package(person: Known, language: str) -> dict[str, Any]:
    """All of it; texts that were shown are in the language in which the person saw them."""
    contact = Contact.objects.get(id=person.id)
    organisation = Organisation.objects.get(id=current())
    return {
        "v": 2,
        "kind": "everything held of one person",
        "made_at": log.timestamp(now()),
        "controller": {"name": organisation.name, "address": organisation.address, "email": organisation.contact_email},
        "person": {
            "name": book.names([contact])[contact.id],
            "identities": [{"kind": kind, "value": value} for kind, value in book.identities_of(person)],
            "language": contact.language,
            "country": contact.country,
            "tags": contact.tags,
            "held_since": log.timestamp(contact.created_at),
            "reference": str(person.subject_ref),
        },
        "standings": _standings(person, language),
        "acts": [_act(row, person, language) for row in _acts(person)],
        "receipts": _receipts(person, organisation.slug, language),
        "refusals": _refusals(person),
        "messages": [_message(row) for row in _messages(person)],
        "conversation": [
            {"at": log.timestamp(line.at), "from_us": line.from_us, "text": line.text}
            for line in replies.conversation(person)
        ],
        "requests": [_request(row) for row in SubjectRequest.objects.filter(contact_id=person.id)],
        "recipients": [WHATSAPP[_of(language)], *_recipients(person, language)],
        "automated_decisions": "none with legal or similar effect (Art. 22)",
    }


def _standings(person: Known, language: str) -> list[dict[str, Any]]:
    rows = Standing.objects.filter(contact_id=person.id).select_related("purpose")
    return [
        {
            "purpose": row.purpose.name_in(language),
            "state": state_of(row, now()),
            "until": _time(row.valid_until),
            "lawful_basis": row.purpose.lawful_basis,
        }
        for row in rows
    ]


def _acts(person: Known) -> Any:
    rows = Evidence.objects.filter(contact_id=person.id).select_related("purpose", "notice_version__notice")
    return rows.order_by("at", "entry_seq", "position")


def _act(row: Evidence, person: Known, language: str) -> dict[str, Any]:
    version = row.notice_version
    return {
        "at": log.timestamp(row.at),
        "act": row.act,
        "how": row.method,
        "purpose": row.purpose.name_in(language) if row.purpose else None,
        "notice": version.name if version else None,
        "shown": version.texts.get(row.language, {}) if version else {},
        "details": _without_others(open_payload(row, person.key)),
        "ledger_entry": row.entry_seq,
    }


def _without_others(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in INTERNAL}


def _refusals(person: Known) -> list[dict[str, Any]]:
    indexes = Identity.objects.filter(contact_id=person.id).values("suppression_index")
    rows = Suppression.objects.filter(index__in=indexes).select_related("purpose")
    return [
        {"since": log.timestamp(row.since), "purpose": row.purpose.key if row.purpose else "everything"} for row in rows
    ]


def _messages(person: Known) -> Any:
    return Message.objects.filter(contact_id=person.id).select_related("campaign").order_by("id")


def _message(row: Message) -> dict[str, Any]:
    return {
        "campaign": row.campaign.name if row.campaign else None,
        "state": row.state,
        "reason": row.reason,
        "decided_at": _time(row.settled_at),
        "sent_at": _time(row.sent_at),
        "delivered_at": _time(row.delivered_at),
        "read_at": _time(row.read_at),
    }


def _request(row: SubjectRequest) -> dict[str, Any]:
    asked, answered = register.texts(row)
    return {
        "right": row.kind,
        "received_at": log.timestamp(row.received_at),
        "state": row.state,
        "asked": asked,
        "answer": answered,
    }


def _recipients(person: Known, language: str) -> list[dict[str, Any]]:
    """Who is in the register today, and whoever was given this person's data: what for, where, and when (15(1)(c))."""
    given: dict[UUID, list[dict[str, Any]]] = {}
    ever: dict[UUID, Recipient] = {one.id: one for one in recipients.active()}
    for row in sharing.disclosures_of(person.subject_ref):
        ever[row.recipient_id] = row.recipient
        said = {"at": log.timestamp(row.at), "purpose": row.purpose.name_in(language), "ledger_entry": row.entry_seq}
        given.setdefault(row.recipient_id, []).append(said)
    return [
        {
            "name": one.name,
            "what_for": one.role_en if _of(language) == "en" else one.role_ms,
            "country": one.country,
            "given": given.get(one.id, []),
        }
        for one in sorted(ever.values(), key=lambda one: one.name)
    ]


def _receipts(person: Known, slug: str, language: str) -> list[dict[str, Any]]:
    """The page of each act of consent with its proof."""
    return [
        {"at": log.timestamp(consent.rows[0].at), "page": receipts.link(slug, consent, language)}
        for consent in receipts.consents_of(person)
    ]


def _of(language: str) -> str:
    return "en" if language.startswith("en") else "ms"


def _time(at: datetime | None) -> str | None:
    return log.timestamp(at) if at else None
