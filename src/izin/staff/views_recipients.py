"""The register of recipients, and the exports to them: who is in them, who is not and why."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from izin.accountability import living, recipients, sharing
from izin.accountability.models import Disclosure, Recipient
from izin.organisations.models import User
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.recipient_form import RecipientForm, ShareForm
from izin.staff.shell import trail
from izin.staff.standings import label
from izin.staff.views_purposes import tabs


@staff_page(*OFFICERS)
def register(request: StaffRequest) -> HttpResponse:
    """Everybody who receives data, the way to one more, and where a list that turned up came from."""
    form = RecipientForm(request.POST or None, country=request.organisation.country)
    if request.method == "POST" and form.is_valid():
        one = recipients.register(**form.registration())
        messages.success(request, _("%(name)s is in the register.") % {"name": one.name})
        if living.drift():
            messages.warning(request, _("The privacy policy does not name it yet: publish a new version."))
        return redirect("staff:recipient", organisation=request.organisation.slug, recipient=one.id)
    mark = request.GET.get("mark", "").strip()
    given = {
        "tabs": tabs(request, "staff:recipients"),
        "columns": [{"label": text} for text in (_("Name"), _("What for"), _("Country"), _("State"))],
        "rows": [_row(request, one) for one in Recipient.objects.all()],
        "form": form,
        "mark": mark,
        "traced": _disclosure(request, found) if mark and (found := sharing.traced(mark)) else None,
    }
    return TemplateResponse(request, "staff/recipients.html", given)


@staff_page(*OFFICERS)
def recipient(request: StaffRequest, recipient: UUID) -> HttpResponse:
    """One recipient: its contract, who could be given to it now, what was given. POST: an export or its end."""
    one = get_object_or_404(Recipient.objects.select_related("purpose"), id=recipient)
    form = ShareForm(request.POST if request.POST.get("step") == "export" else None)
    if request.POST.get("step") == "end":
        recipients.end(one)
        messages.success(request, _("Nothing more is given to this recipient."))
        return redirect("staff:recipient", organisation=request.organisation.slug, recipient=one.id)
    if form.is_bound and form.is_valid():
        try:
            return _download(request, one, form.cleaned_data["reason"])
        except sharing.NotShared:
            messages.error(request, _("Nobody can be given to this recipient now."))
    people, left_out = sharing.count(one)
    given = {
        "recipient": one,
        "crumbs": trail(request, ("staff:recipients", _("Recipients")), ("", one.name)),
        "facts": _facts(one),
        "may_export": bool(one.purpose and not one.ended_at),
        "people": people,
        "left_out": _left_out(left_out),
        "form": form,
        "entries": [_disclosure(request, row) for row in Disclosure.objects.filter(recipient=one)],
    }
    return TemplateResponse(request, "staff/recipient.html", given)


def shared_with(request: StaffRequest, subject_ref: UUID) -> list[dict[str, Any]]:
    """Every export that the person was in, for the person's page."""
    return [_disclosure(request, row) for row in sharing.disclosures_of(subject_ref)]


def _download(request: StaffRequest, one: Recipient, reason: str) -> HttpResponse:
    file, row = sharing.export(one, reason=reason, made_by=request.user.id)
    name = f"{slugify(one.name)[:40] or 'recipient'}-{row.entry_seq}.csv"
    response = HttpResponse(file, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _row(request: StaffRequest, one: Recipient) -> list[Any]:
    href = reverse("staff:recipient", args=[request.organisation.slug, one.id])
    state = _("ended") if one.ended_at else _("active")
    return [{"text": one.name, "href": href, "note": one.get_kind_display()}, one.role, one.country_name, state]


def _facts(one: Recipient) -> list[dict[str, Any]]:
    purpose = one.purpose.name if one.purpose else _("none: nothing is exported to it")
    safeguards = " / ".join(filter(None, (one.safeguards_ms, one.safeguards_en)))
    facts: list[dict[str, Any]] = [
        {"label": _("Kind"), "text": one.get_kind_display()},
        {"label": _("What for"), "text": one.role},
        {"label": _("Contract"), "text": one.contract},
        {"label": _("Country"), "text": one.country_name},
        {"label": _("Ground of the transfer"), "text": one.get_ground_display()},
        {"label": _("Safeguards"), "text": safeguards or "–"},
        {"label": _("Purpose"), "text": purpose},
        {"label": _("In the register since"), "time": one.registered_at},
    ]
    return facts + ([{"label": _("Ended"), "time": one.ended_at}] if one.ended_at else [])


def _left_out(counts: dict[str, int]) -> list[dict[str, str]]:
    more = {
        "not_named": _("Agreed under words that do not name this recipient"),
        "erased": _("Erased"),
    }
    return [
        {"label": more.get(reason) or label(reason), "text": f"{count:,}"} for reason, count in sorted(counts.items())
    ]


def _disclosure(request: StaffRequest, row: Disclosure) -> dict[str, Any]:
    by = User.objects.filter(id=row.made_by).first()
    counted = _("%(people)s people, %(left)s left out, by %(by)s, ledger entry %(entry)s: %(reason)s")
    figures = {"people": row.people, "left": sum(row.left_out.values()), "entry": row.entry_seq}
    words = {"by": by.get_full_name() or by.username if by else "–", "reason": sharing.reason_of(row)}
    href = reverse("staff:recipient", args=[request.organisation.slug, row.recipient_id])
    return {"title": row.recipient.name, "href": href, "text": counted % (figures | words), "time": row.at}
