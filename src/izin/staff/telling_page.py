"""Notices to recipients as the pages show them: who must be told, the text to send, and that it was sent."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from izin.lib.clock import now
from izin.rights import register, telling
from izin.rights.models import RecipientNotice, SubjectRequest
from izin.staff.access import StaffRequest


def columns() -> list[dict[str, str]]:
    """The heads of ``rows``."""
    return [{"label": label} for label in (_("Recipient"), _("The data were"), _("Tell by"), _("State"))]


def rows(request: StaffRequest) -> list[list[Any]]:
    """Every notice that waits, the most urgent first."""
    return [_row(request, one) for one in telling.waiting()]


def notices_of(request: StaffRequest, held: SubjectRequest) -> list[dict[str, Any]]:
    """The notices of one request, each with its text in both languages while it waits."""
    return [
        {
            "id": one.id,
            "name": one.recipient.name,
            "state": _state(one),
            "due_on": one.due_on,
            "sent_at": one.sent_at,
            "how": one.get_how_display() if one.how else "",
            "entry_seq": one.entry_seq,
            "texts": telling.drafts(one, request.organisation.name) if one.sent_at is None else None,
        }
        for one in telling.of_request(held)
    ]


def ways() -> list[tuple[str, str]]:
    """How a notice can have been sent."""
    return [(str(value), str(label)) for value, label in RecipientNotice.How.choices]


def _row(request: StaffRequest, one: RecipientNotice) -> list[Any]:
    href = reverse("staff:request", args=[request.organisation.slug, one.request_id]) if one.request_id else ""
    name: dict[str, Any] = {"text": one.recipient.name} | ({"href": f"{href}#recipients"} if href else {})
    return [name, one.get_kind_display().capitalize(), date_format(one.due_on, "j F Y"), _state(one)]


def _state(one: RecipientNotice) -> dict[str, Any]:
    if one.sent_at is not None:
        return {"state": "delivered", "text": _("Told")}
    if one.due_on < register.day_of(now()):
        return {"state": "failed", "text": _("Overdue")}
    return {"state": "pending", "text": _("To tell")}
