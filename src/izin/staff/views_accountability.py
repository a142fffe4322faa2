"""The summary of the accountability area, and the button that makes one report of it all."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from izin.compliance import breaches, instructions, report, sweeping, versions
from izin.compliance.models import Breach, PaperKind
from izin.lib.clock import now
from izin.rights import register
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.accountability_page import tabs
from izin.staff.views_papers import version_rows


@staff_page(*OFFICERS)
def summary(request: StaffRequest) -> HttpResponse:
    """Where each part stands. POST makes the report of this moment and keeps it."""
    if request.method == "POST":
        made = report.make(by=request.user.pk)
        messages.success(
            request, _("Report %(number)s is made; its digest is in the ledger.") % {"number": made.number}
        )
        return redirect(request.path)
    given = {
        "tabs": tabs(request, "staff:accountability"),
        "stats": _stats(request),
        "documents": [_document(request, *one) for one in DOCUMENTS],
        "version_columns": [
            {"label": text} for text in (_("Version"), _("Kept on"), _("Entry in the ledger"), _("Files"))
        ],
        "version_rows": version_rows(request, PaperKind.REPORT),
    }
    return TemplateResponse(request, "staff/accountability.html", given)


DOCUMENTS = ((PaperKind.PROCESSING, "staff:processing"), (PaperKind.ASSESSMENT, "staff:assessment"))


def _stats(request: StaffRequest) -> list[dict[str, Any]]:
    late = len({breach.id for breach, _clock in breaches.overdue()})
    due = sum(any(one.due.values()) for one in instructions.members(register.day_of(now())))
    tomorrow = sum(sweeping.preview(now() + sweeping.A_DAY).values())
    figures = [
        (_("Open breaches"), "staff:breaches", Breach.objects.filter(closed_at=None).count(), late > 0),
        (_("Breaches overdue"), "staff:breaches", late, late > 0),
        (_("Requests overdue"), "staff:requests", register.overdue().count(), register.overdue().exists()),
        (_("Rows that go tomorrow"), "staff:retention", tomorrow, False),
        (_("Staff with something due"), "staff:instructions", due, False),
    ]
    return [
        {
            "label": label,
            "value": f"{count:,}",
            "href": reverse(name, args=[request.organisation.slug]),
            "tone": "danger" if bad else "neutral",
        }
        for label, name, count, bad in figures
    ]


def _document(request: StaffRequest, kind: PaperKind, name: str) -> dict[str, Any]:
    kept = versions.newest(kind)
    missing = len(versions.today(kind).missing)
    if kept is None:
        note = _("No version is kept yet.")
    elif versions.is_stale(kind):
        note = _("The newest version is no longer what is done.")
    else:
        note = _("Version %(number)s is up to date.") % {"number": kept.number}
    state = _("%(count)s things are missing") % {"count": missing} if missing else _("complete")
    href = reverse(name, args=[request.organisation.slug])
    return {"label": kind.label, "text": state, "href": href, "note": note}
