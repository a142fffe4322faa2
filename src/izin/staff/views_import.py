"""Upload a list of contacts, watch it being taken in, and read what became of each row."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from izin.consent import intake
from izin.consent.models import ContactFile, Purpose
from izin.consent.tasks import take_in_file
from izin.contacts.spreadsheet import COLUMN_NAMES
from izin.contacts.spreadsheet_messages import explain
from izin.staff.access import COMPOSERS, StaffRequest, staff_page
from izin.staff.forms import ImportForm
from izin.staff.shell import trail

ROWS_SHOWN = 50
ENDED = (ContactFile.State.DONE, ContactFile.State.REFUSED)


@staff_page(*COMPOSERS)
def new(request: StaffRequest) -> HttpResponse:
    """The upload. The file is kept sealed and its job is put in line in one transaction, so neither is ever alone."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _receive(request, form.cleaned_data)
    given = {
        "form": form,
        "crumbs": trail(request, ("staff:contacts", _("Contacts")), ("", _("Import contacts"))),
        "has_purposes": Purpose.objects.exists(),
        "files": [_listed(request, file) for file in ContactFile.objects.select_related("purpose")[:10]],
        "columns": [{"label": _("File")}, {"label": _("State")}, {"label": _("Consents"), "numeric": True}],
        "headings": [names[0] for names in COLUMN_NAMES.values()],
    }
    return TemplateResponse(request, "staff/import.html", given)


def _receive(request: StaffRequest, given: dict[str, Any]) -> HttpResponse:
    upload = given["file"]
    file, is_new = intake.receive(
        upload.read(), name=upload.name, purpose=given["purpose"], uploaded_by=request.user.pk
    )
    if is_new:
        take_in_file.defer(organisation_id=str(request.organisation.id), file_id=str(file.id), country=given["country"])
    else:
        messages.info(request, _("This file was uploaded before for the same purpose. Here is what became of it."))
    return redirect("staff:imported", organisation=request.organisation.slug, file=file.id)


@staff_page(*COMPOSERS)
def result(request: StaffRequest, file: UUID) -> HttpResponse:
    """How far it is, the sums, and every refused line with its reason."""
    row = get_object_or_404(ContactFile.objects.select_related("purpose"), id=file)
    name = intake.file_name(row)
    refused = Paginator(_by_line(row), ROWS_SHOWN).get_page(request.GET.get("page"))
    given = _state_of(request, row) | {
        "file": row,
        "name": name,
        "crumbs": trail(request, ("staff:contacts", _("Contacts")), ("staff:import", _("Import contacts")), ("", name)),
        "page": refused,
        "columns": [{"label": _("Line")}, {"label": _("Column")}, {"label": _("Why it was not taken")}],
        "rows": [[line, columns or "–", reason] for line, columns, reason in refused],
    }
    return TemplateResponse(request, "staff/imported.html", given)


@staff_page(*COMPOSERS)
def progress(request: StaffRequest, file: UUID) -> HttpResponse:
    """The part of the page that asks for news; when all is done the whole page is fetched once more."""
    row = get_object_or_404(ContactFile.objects.select_related("purpose"), id=file)
    response = TemplateResponse(request, "staff/parts/import_progress.html", _state_of(request, row))
    if row.state in ENDED:
        response["HX-Refresh"] = "true"
    return response


@staff_page(*COMPOSERS)
def rejected(request: StaffRequest, file: UUID) -> HttpResponse:
    """The refused lines as CSV: line, column and reason, and nothing of what stood there."""
    row = get_object_or_404(ContactFile, id=file)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    lines = csv.writer(response)
    lines.writerow([_("Line"), _("Column"), _("Why it was not taken")])
    lines.writerows([line, _as_text(columns), reason] for line, columns, reason in _by_line(row))
    return response


def _state_of(request: StaffRequest, row: ContactFile) -> dict[str, Any]:
    ended = row.state in ENDED
    refused = len({one["line"] for one in row.rejections})
    place = {"organisation": request.organisation.slug, "file": row.id}
    return {
        "file": row,
        "ended": ended,
        "refusal": explain(row.refusal, get_language() or "ms") if row.refusal else "",
        "poll_href": "" if ended else reverse("staff:import_progress", kwargs=place),
        "rejected_href": reverse("staff:import_rejected", kwargs=place) if ended and refused else "",
        "detail": f"{row.rows_done:,} / {row.rows:,}" if row.rows else "",
        "stats": [
            {"label": _("Rows"), "value": f"{row.rows:,}"},
            {"label": _("Consents recorded"), "value": f"{row.granted:,}", "tone": "success"},
            {"label": _("Withdrawals recorded"), "value": f"{row.withdrawn:,}"},
            {
                "label": _("Not taken"),
                "value": f"{refused:,}",
                "tone": "warning" if refused else "neutral",
                "note": ngettext(
                    "%(count)s of them refused earlier, and stays refused",
                    "%(count)s of them refused earlier, and stay refused",
                    row.kept_refused,
                )
                % {"count": row.kept_refused}
                if row.kept_refused
                else "",
            },
        ],
    }


def _by_line(row: ContactFile) -> list[tuple[int, str, str]]:
    """Each refused line with each of its reasons once: (line, the columns concerned, the reason in words)."""
    found: dict[tuple[int, str], list[str]] = {}
    for one in row.rejections:
        reason = explain(one["code"], get_language() or "ms", one.get("hint", ""))
        found.setdefault((one["line"], reason), []).append(one["column"])
    return [(line, ", ".join(filter(None, columns)), reason) for (line, reason), columns in found.items()]


def _as_text(cell: str) -> str:
    """A heading as somebody wrote it in the file, so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _listed(request: StaffRequest, file: ContactFile) -> list[Any]:
    href = reverse("staff:imported", args=[request.organisation.slug, file.id])
    name = {"text": intake.file_name(file), "href": href, "note": file.purpose.name}
    return [name, {"state": file.state}, f"{file.granted:,}"]
