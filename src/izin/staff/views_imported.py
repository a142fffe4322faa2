"""Watch a list of contacts being taken in, read what became of each row, and review a sample of its proofs."""

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

from izin.consent import files
from izin.consent import review as reviewing
from izin.consent.files import State
from izin.consent.grades import Grade
from izin.consent.models import ContactFile, Evidence
from izin.consent.tasks import take_in_file
from izin.contacts.spreadsheet_messages import explain
from izin.organisations.roles import REVIEWERS
from izin.staff.access import SEES_NAMES, StaffRequest, may, staff_page
from izin.staff.forms_import import ReviewForm
from izin.staff.import_words import grade_cell, refusals, steps
from izin.staff.shell import in_place, trail
from izin.staff.standings import day

ROWS_SHOWN = 50
UNDER_WAY = (State.WAITING, State.RUNNING)
ENDED = (State.DONE, State.REFUSED)


@staff_page()
def result(request: StaffRequest, file: UUID) -> HttpResponse:
    """How far it is, the sums, and every refused line with its reason."""
    return _page(request, _found(file))


def _found(file: UUID) -> ContactFile:
    return get_object_or_404(ContactFile.objects.select_related("purpose"), id=file)


def _page(request: StaffRequest, row: ContactFile) -> HttpResponse:
    name = files.name_of(row)
    refused = Paginator(_by_line(row), ROWS_SHOWN).get_page(request.GET.get("page"))
    slug = request.organisation.slug
    given = _state_of(request, row) | {
        "name": name,
        "steps": steps("done" if row.state in ENDED else "review" if row.state == State.REVIEW else "preview"),
        "crumbs": trail(request, ("staff:contacts", _("Contacts")), ("", name)),
        "page": refused,
        "columns": [{"label": _("Line")}, {"label": _("Column")}, {"label": _("Why it was not taken")}],
        "rows": [[line, columns or "–", reason] for line, columns, reason in refused],
        "is_in_review": row.state == State.REVIEW,
        "review_href": reverse("staff:import_review", args=[slug, row.id])
        if row.state == State.REVIEW and may(request, REVIEWERS) and reviewing.may_review(row, request.user.pk)
        else "",
    }
    return TemplateResponse(request, "staff/imported.html", given)


@staff_page()
def progress(request: StaffRequest, file: UUID) -> HttpResponse:
    """The part of the page that asks for news; when all is done, everything that the page shows."""
    row = _found(file)
    if row.state not in UNDER_WAY:
        return in_place(_page(request, row))
    return TemplateResponse(request, "staff/parts/import_progress.html", _state_of(request, row))


@staff_page()
def rejected(request: StaffRequest, file: UUID) -> HttpResponse:
    """The refused lines as CSV: line, column and reason, and nothing of what stood there."""
    row = get_object_or_404(ContactFile, id=file)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    lines = csv.writer(response)
    lines.writerow([_("Line"), _("Column"), _("Why it was not taken")])
    lines.writerows([line, _as_text(columns), reason] for line, columns, reason in _by_line(row))
    return response


@staff_page(*REVIEWERS)
def look_at(request: StaffRequest, review: UUID) -> HttpResponse:
    """The sampled rows, each to be confirmed by somebody who has opened its proof; or the whole file is refused."""
    row = get_object_or_404(ContactFile.objects.select_related("purpose"), id=review)
    if row.state != State.REVIEW:
        return redirect("staff:imported", organisation=request.organisation.slug, file=row.id)
    sample = files.sample_of(row)
    form = ReviewForm([one.line for one in sample], request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, row, form)
    name = files.name_of(row)
    given = {
        "file": row,
        "name": name,
        "form": form,
        "steps": steps("review"),
        "crumbs": trail(request, ("staff:contacts", _("Contacts")), ("", name)),
        "sample": [_sampled(one, form, with_name=may(request, SEES_NAMES)) for one in sample],
        "is_own": row.uploaded_by == request.user.pk,
        "stats": [
            {"label": _("Rows with evidence"), "value": f"{row.evidenced:,}"},
            {"label": _("To look at"), "value": f"{len(sample):,}"},
            *_grades(row),
        ],
    }
    return TemplateResponse(request, "staff/import_review.html", given)


def _decide(request: StaffRequest, row: ContactFile, form: ReviewForm) -> HttpResponse:
    try:
        if form.refuses:
            reviewing.refuse(row.id, by=request.user.pk, because=form.cleaned_data["because"])
            messages.success(request, _("The import is refused. None of its consents was taken in."))
        else:
            reviewing.accept(row.id, by=request.user.pk, confirmed=form.confirmed())
            take_in_file.defer(organisation_id=str(request.organisation.id), file_id=str(row.id))
            messages.success(request, _("The import is confirmed, and its consents are being recorded."))
    except reviewing.NotForReview:
        messages.error(request, _("This import cannot be reviewed by you now. Whoever uploaded it never reviews it."))
    return redirect("staff:imported", organisation=request.organisation.slug, file=row.id)


def _sampled(one: files.Sampled, form: ReviewForm, *, with_name: bool) -> dict[str, Any]:
    facts = [
        {"label": _("Number"), "masked": one.number.masked, "note": one.name if with_name else ""},
        {"label": _("Date of consent"), "text": day(one.consent_at)},
        {"label": _("Method"), "text": str(Evidence.Method(one.method).label)},
        {"label": _("Notice version"), "code": one.notice_version},
        {"label": _("Source"), "text": one.source},
    ]
    more = ((_("Proof"), one.proof), (_("Collected by"), one.collector))
    facts += [{"label": label, "text": text} for label, text in more if text]
    return {"line": one.line, "facts": facts, "field": form[f"line_{one.line}"]}


def _grades(row: ContactFile) -> list[dict[str, Any]]:
    return [
        {"label": grade_cell(grade)["text"], "value": f"{row.grades[grade.name]:,}"}
        for grade in sorted(Grade, reverse=True)
        if grade.name in row.grades
    ]


def _state_of(request: StaffRequest, row: ContactFile) -> dict[str, Any]:
    under_way, refused = row.state in UNDER_WAY, len({one["line"] for one in row.rejections})
    place = {"organisation": request.organisation.slug, "file": row.id}
    whole = row.evidenced if row.state == State.RUNNING else 0
    kept = ngettext(
        "%(count)s of them refused earlier, and stays refused",
        "%(count)s of them refused earlier, and stay refused",
        row.kept_refused,
    )
    return {
        "file": row,
        "ended": row.state in ENDED,
        "under_way": under_way,
        "whole": whole,
        "refusal": refusals(row.refusal) if row.refusal else "",
        "was_reviewed": row.refusal in (*files.BY_REVIEWER, files.DISCARDED),
        "poll_href": reverse("staff:import_progress", kwargs=place) if under_way else "",
        "rejected_href": reverse("staff:import_rejected", kwargs=place) if not under_way and refused else "",
        "detail": f"{row.rows_done:,} / {whole:,}" if whole else "",
        "stats": [
            {"label": _("Rows"), "value": f"{row.rows:,}"},
            {"label": _("With evidence"), "value": f"{row.evidenced:,}"},
            {"label": _("Consents recorded"), "value": f"{row.granted:,}", "tone": "success"},
            {"label": _("Withdrawals recorded"), "value": f"{row.withdrawn:,}"},
            {
                "label": _("Not taken"),
                "value": f"{refused:,}",
                "tone": "warning" if refused else "neutral",
                "note": kept % {"count": row.kept_refused} if row.kept_refused else "",
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
