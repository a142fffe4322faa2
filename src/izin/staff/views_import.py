"""Bring a list of contacts: upload it, say what its columns are, see what its rows would reach, and let it be read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.consent import files
from izin.consent.files import State
from izin.consent.grades import grade_of
from izin.consent.intake import grades_of
from izin.consent.models import ContactFile, Purpose
from izin.consent.tasks import take_in_file
from izin.contacts.spreadsheet import COLUMN_NAMES, Reading, UnreadableFile
from izin.contacts.spreadsheet_messages import explain
from izin.staff.access import COMPOSERS, StaffRequest, staff_page
from izin.staff.forms import ImportForm
from izin.staff.forms_import import ColumnsForm
from izin.staff.import_words import grade_cell, steps
from izin.staff.shell import trail

PREVIEWED = 1_000
LINES_SHOWN = 12


@staff_page(*COMPOSERS)
def new(request: StaffRequest) -> HttpResponse:
    """The upload, and what became of earlier ones."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _receive(request, form.cleaned_data)
    given = {
        "form": form,
        "steps": steps("upload"),
        "crumbs": trail(request, ("staff:contacts", _("Contacts")), ("", _("Import contacts"))),
        "has_purposes": Purpose.objects.exists(),
        "files": [_listed(request, file) for file in ContactFile.objects.select_related("purpose")[:10]],
        "columns": [{"label": _("File")}, {"label": _("State")}, {"label": _("Consents"), "numeric": True}],
        "headings": [names[0] for names in COLUMN_NAMES.values()],
        "join_href": f"/{request.organisation.slug}/sertai",
    }
    return TemplateResponse(request, "staff/import.html", given)


def _receive(request: StaffRequest, given: dict[str, Any]) -> HttpResponse:
    """Keep the file sealed, and ask what its columns are; a file that is no list is refused at once."""
    upload = given["file"]
    file, is_new = files.receive(
        upload.read(),
        name=upload.name,
        purpose=given["purpose"],
        uploaded_by=request.user.pk,
        country=given["country"],
        state=State.UPLOADED,
    )
    if not is_new and file.state != State.UPLOADED:
        messages.info(request, _("This file was uploaded before for the same purpose. Here is what became of it."))
    try:
        if file.state == State.UPLOADED:
            files.columns_of(file)
    except UnreadableFile as problem:
        files.end(file, state=State.REFUSED, refusal=problem.code)
    return redirect(_place(request, file))


@staff_page(*COMPOSERS)
def columns(request: StaffRequest, upload: UUID) -> HttpResponse:
    """What each column is for: guessed from its heading, or as somebody chose for such a heading before."""
    file = _uploaded(upload)
    if file.state != State.UPLOADED:
        return redirect(_place(request, file))
    form = ColumnsForm(files.columns_of(file), files.use_of(file, remembered=True), request.POST or None)
    if request.method == "POST" and form.is_valid():
        files.settle_columns(file, form.uses())
        return redirect("staff:import_preview", organisation=request.organisation.slug, upload=file.id)
    return TemplateResponse(request, "staff/import_columns.html", _frame(request, file, "columns") | {"form": form})


@staff_page(*COMPOSERS)
def preview(request: StaffRequest, upload: UUID) -> HttpResponse:
    """The grade of evidence that each row reaches and what it lacks, before anything is kept; POST lets it be read."""
    file = _uploaded(upload)
    if file.state != State.UPLOADED:
        return redirect(_place(request, file))
    if request.method == "POST":
        if files.begin(file):  # the job is put in line in the same transaction, so neither is ever alone
            take_in_file.defer(organisation_id=str(request.organisation.id), file_id=str(file.id))
        return redirect("staff:imported", organisation=request.organisation.slug, file=file.id)
    try:
        reading = files.read(file, most=PREVIEWED)
    except UnreadableFile as problem:
        messages.error(request, explain(problem.code, get_language() or "ms"))
        return redirect("staff:import_columns", organisation=request.organisation.slug, upload=file.id)
    given = _frame(request, file, "preview") | _previewed(reading)
    given["join_href"] = f"/{request.organisation.slug}/sertai"
    return TemplateResponse(request, "staff/import_preview.html", given)


@require_POST
@staff_page(*COMPOSERS)
def discard(request: StaffRequest, upload: UUID) -> HttpResponse:
    """Drop the upload: nothing was kept of it."""
    files.discard(_uploaded(upload))
    messages.success(request, _("The upload is discarded. Nothing of it was kept."))
    return redirect("staff:import", organisation=request.organisation.slug)


def _previewed(reading: Reading) -> dict[str, Any]:
    """Sums and the first lines: what each row would be."""
    told: dict[int, list[str]] = {}
    for one in reading.rejections:
        reason = explain(one.code, get_language() or "ms", one.hint)
        told.setdefault(one.line, []).append(f"{one.column}: {reason}" if one.column else reason)
    rows = {row.line: row for row in reading.rows}
    grades = grades_of(reading)
    lines: list[list[Any]] = []
    for line in sorted({*told, *rows})[:LINES_SHOWN]:
        row = rows.get(line)
        if row is None or line in told:
            lines.append([line, "–", {"state": "rejected", "text": _("Not taken")}, " ".join(told[line])])
        elif row.withdrawn_at:
            lines.append([line, {"masked": row.number.masked}, {"state": "withdrawn"}, _("A refusal, kept at once")])
        else:
            grade = grade_of(row.method, proof=bool(row.proof))
            lacks = "" if row.proof else _("The row does not name its proof (column “bukti”).")
            lines.append([line, {"masked": row.number.masked}, grade_cell(grade), lacks or "–"])
    return {
        "columns": [{"label": label} for label in (_("Line"), _("Number"), _("Evidence"), _("What is missing"))],
        "rows": lines,
        "is_part": reading.records >= PREVIEWED,
        "previewed": reading.records,
        "nothing": not reading.rows,
        "no_evidence": not grades,
        "stats": [
            {"label": _("Rows looked at"), "value": f"{reading.records:,}"},
            *(
                {"label": grade_cell(grade)["text"], "value": f"{grades[grade]:,}", "tone": "success"}
                for grade in sorted(grades, reverse=True)
            ),
            {"label": _("Withdrawals"), "value": f"{len(reading.withdrawals):,}"},
            {"label": _("Not taken"), "value": f"{len(told):,}", "tone": "warning" if told else "neutral"},
        ],
    }


def _frame(request: StaffRequest, file: ContactFile, step: str) -> dict[str, Any]:
    name = files.name_of(file)
    where = (("staff:contacts", _("Contacts")), ("staff:import", _("Import contacts")), ("", name))
    return {"file": file, "name": name, "steps": steps(step), "crumbs": trail(request, *where)}


def _uploaded(upload: UUID) -> ContactFile:
    return get_object_or_404(ContactFile.objects.select_related("purpose"), id=upload)


def _place(request: StaffRequest, file: ContactFile) -> str:
    """The page on which this file goes on."""
    slug = request.organisation.slug
    if file.state == State.UPLOADED:
        return reverse("staff:import_columns", kwargs={"organisation": slug, "upload": file.id})
    return reverse("staff:imported", kwargs={"organisation": slug, "file": file.id})


def _listed(request: StaffRequest, file: ContactFile) -> list[Any]:
    name = {"text": files.name_of(file), "href": _place(request, file), "note": file.purpose.name}
    return [name, {"state": file.state}, f"{file.granted:,}"]
