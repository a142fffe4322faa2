"""One person's page, and the evidence that an officer hands out about a person or a campaign."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.campaigns.models import Campaign
from izin.consent import paper, served
from izin.consent.models import Evidence, Purpose, Standing
from izin.consent.proof import open_payload
from izin.contacts import book
from izin.contacts.models import Contact
from izin.evidence.campaign import bundle_of_campaign
from izin.evidence.person import bundle_of_person
from izin.lib.errors import IzinError
from izin.staff.access import OFFICERS, SEES_NAMES, StaffRequest, may, staff_page
from izin.staff.shell import trail
from izin.staff.standings import in_words
from izin.staff.views_recipients import shared_with

SHOWN_ONLY = "default-src 'self'; script-src 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
SHOWN = (Evidence.Method.WEB_FORM, *paper.WAYS)
LOOKS = {
    "given": ("success", "tick"),
    "attested": ("success", "upload"),
    "withdrawn": ("danger", "stop"),
    "objected": ("danger", "stop"),
    "held": ("warning", "question"),
}


@staff_page()
def contact(request: StaffRequest, contact: UUID) -> HttpResponse:
    """How one person's consents stand, and the acts that decided it."""
    person = get_object_or_404(Contact, id=contact)
    number = book.numbers([person]).get(person.id)
    name = book.names([person]).get(person.id, "") if may(request, SEES_NAMES) else ""
    shown = number.masked if number else _("erased")
    held = {row.purpose_id: row for row in Standing.objects.filter(contact=person)}
    given: dict[str, Any] = {
        "contact": person,
        "name": name or shown,
        "crumbs": trail(request, ("staff:contacts", _("Contacts")), ("", name or shown)),
        "facts": [
            {"label": _("Number"), "masked": shown},
            {"label": _("Language"), "text": person.language},
            {"label": _("Tags"), "text": ", ".join(person.tags) or "–"},
            {"label": _("Added"), "time": person.created_at},
        ],
        "standings": [
            {"label": purpose.name, **in_words(held.get(purpose.id))} for purpose in Purpose.objects.order_by("key")
        ],
        "acts": _acts(request, person),
        "shared": shared_with(request, person.subject_ref) if may(request, OFFICERS) else [],
        "may_hand_out": may(request, OFFICERS),
    }
    return TemplateResponse(request, "staff/contact.html", given)


@staff_page(*OFFICERS)
def served_page(request: StaffRequest, digest: str) -> HttpResponse:
    """The form as somebody got it, byte for byte. It does nothing here: no script, no style but ours, no answer."""
    page = served.find(digest)
    if page is None or not served.is_intact(page):
        raise Http404
    response = HttpResponse(bytes(page.body))
    response.headers["Content-Security-Policy"] = SHOWN_ONLY
    return response


@require_POST
@staff_page(*OFFICERS)
def person_evidence(request: StaffRequest, contact: UUID) -> HttpResponse:
    """The bundle about this person; that it was made, and by whom, goes into the ledger."""
    person = get_object_or_404(Contact, id=contact)
    made = _made(request, lambda: bundle_of_person(person.subject_ref, by=request.user.pk))
    if made is None:
        return redirect("staff:contact", organisation=request.organisation.slug, contact=contact)
    return _download(made, f"evidence-{str(person.subject_ref)[:8]}.zip")


@require_POST
@staff_page(*OFFICERS)
def campaign_evidence(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """The bundle about this campaign; likewise recorded."""
    one = get_object_or_404(Campaign.objects.select_related("purpose", "sender"), id=campaign)
    made = _made(request, lambda: bundle_of_campaign(one, by=request.user.pk))
    if made is None:
        return redirect("staff:campaign", organisation=request.organisation.slug, campaign=campaign)
    return _download(made, f"evidence-{str(one.id)[:8]}.zip")


def _made(request: StaffRequest, make: Callable[[], bytes]) -> bytes | None:
    """The bundle; None, with the reason told to whoever asked, when the ledger is not in order."""
    try:
        with transaction.atomic():
            return make()
    except IzinError as refusal:
        messages.error(request, refusal.sentence)
        return None


def _download(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _acts(request: StaffRequest, person: Contact) -> list[dict[str, Any]]:
    """The acts, newest first; for an officer each leads to what was read before it, or to what was signed."""
    rows = Evidence.objects.filter(contact=person).select_related("purpose", "notice_version__notice")
    shown = list(rows.filter(method__in=SHOWN)) if may(request, OFFICERS) else []
    hrefs = _behind(request.organisation.slug, person, shown)
    ordered = rows.order_by("-at", "-entry_seq", "-position")
    return [_act(row) | ({"href": hrefs[row.id]} if row.id in hrefs else {}) for row in ordered]


def _behind(slug: str, person: Contact, rows: list[Evidence]) -> dict[UUID, str]:
    """Where the page or the signed form behind each of these acts is, where one was kept and can still be opened."""
    key = next((one.key for one in book.open_many({person.id})), None) if rows else None
    payloads = {row.id: open_payload(row, key) for row in rows} if key else {}
    pages = {row_id: said["page"] for row_id, said in payloads.items() if "page" in said}
    scans = {row_id: said["scan"] for row_id, said in payloads.items() if "scan" in said}
    return {row_id: reverse("staff:served_page", args=[slug, digest]) for row_id, digest in pages.items()} | {
        row_id: reverse("staff:signed_scan", args=[slug, person.id, digest]) for row_id, digest in scans.items()
    }


def _act(row: Evidence) -> dict[str, Any]:
    tone, icon = LOOKS.get(row.act, ("neutral", "clock"))
    parts = [row.purpose.name if row.purpose else _("everything"), row.get_method_display()]
    if row.notice_version:
        parts.append(row.notice_version.name)
    parts.append(_("entry %(number)s") % {"number": row.entry_seq})
    return {
        "title": row.get_act_display().capitalize(),
        "text": " · ".join(parts),
        "time": row.at,
        "tone": tone,
        "icon": icon,
    }
