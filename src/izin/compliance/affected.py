"""Who is affected by a breach, by query: nobody types a list, and only counts leave this module for a page.

Every verb runs inside an organisation's scope. A scope is ``{"kind": …}`` with an id or a span; it names nobody.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from izin.consent.models import Evidence, Standing
from izin.contacts.models import Contact
from izin.dispatch.models import Message
from izin.inbound.models import Reply
from izin.ledger.models import Entry
from izin.lib.errors import IzinError

Scope = Mapping[str, Any]
KINDS = ("all", "purpose", "file", "campaign", "span")


class NoSuchScope(IzinError):
    """The question by which the people are found is not complete."""

    def __init__(self) -> None:
        super().__init__("Choose by what the people are found, and then which one or which time.")


def people(scope: Scope) -> QuerySet[Contact]:
    """Everybody in the book whom the question finds. Raises NoSuchScope."""
    kind = scope.get("kind")
    if kind == "all":
        return Contact.objects.all()
    if kind == "span" and scope.get("since") and scope.get("until"):
        return Contact.objects.filter(_touched(_moment(scope["since"]), _moment(scope["until"])))
    which = scope.get("id")
    if not which:
        raise NoSuchScope
    if kind == "purpose":
        found = Standing.objects.filter(purpose_id=which).values("contact_id")
    elif kind == "campaign":
        found = Message.objects.filter(campaign_id=which, contact__isnull=False).values("contact_id")
    elif kind == "file":
        found = Evidence.objects.filter(entry_seq__in=_entries_of(which), contact__isnull=False).values("contact_id")
    else:
        raise NoSuchScope
    return Contact.objects.filter(id__in=found)


def by_country(scope: Scope) -> dict[str, int]:
    """How many people in each country of a number; their sum is how many there are."""
    counted = people(scope).order_by().values_list("country").annotate(people=Count("id"))
    return {country or "": count for country, count in sorted(counted)}


def records(scope: Scope) -> int:
    """Roughly how many records of theirs there are: acts of consent, messages, replies (GDPR Art. 33(3)(a))."""
    among = people(scope).values("id")
    return sum(model.objects.filter(contact_id__in=among).count() for model in (Evidence, Message, Reply))


def ids(scope: Scope) -> set[UUID]:
    """The rows of the people, for an export to a registered recipient, and for nothing else."""
    return set(people(scope).values_list("id", flat=True))


def _touched(since: datetime, until: datetime) -> Q:
    """Whose data moved in that time: acts, messages and replies."""
    acts = Evidence.objects.filter(received_at__range=(since, until), contact__isnull=False)
    said = Message.objects.filter(settled_at__range=(since, until), contact__isnull=False)
    heard = Reply.objects.filter(received_at__range=(since, until), contact__isnull=False)
    return (
        Q(created_at__range=(since, until))
        | Q(id__in=acts.values("contact_id"))
        | Q(id__in=said.values("contact_id"))
        | Q(id__in=heard.values("contact_id"))
    )


def _entries_of(file_id: str) -> list[int]:
    """The ledger entries of one import: each chunk of it is one."""
    rows = Entry.objects.filter(kind="consent.imported").values_list("seq", "leaf").iterator(chunk_size=2_000)
    return [seq for seq, leaf in rows if json.loads(bytes(leaf))["body"].get("file") == str(file_id)]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
