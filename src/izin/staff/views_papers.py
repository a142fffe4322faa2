"""The documents of the officer: as they would be today, what staff answer in them, and the versions that were kept."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.compliance import assessment, report_files, versions
from izin.compliance.gathering import gather
from izin.compliance.models import PaperKind, PaperVersion
from izin.compliance.questions import Question
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.accountability_page import attached, say, shown, tabs

LONGEST = 4_000
VERSIONS_SHOWN = 20


class AnswersForm(forms.Form):
    """The questions of a document; unfinished answers are kept."""

    use_required_attribute = False

    def __init__(self, *given: Any, questions: tuple[Question, ...], answers: dict[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        for one in questions:
            self.fields[one.name] = _field(one, answers.get(one.name, ""))


@staff_page(*OFFICERS)
def processing(request: StaffRequest) -> HttpResponse:
    """The record of processing (Art. 30), from the living configuration."""
    lead = _("What is done with which data, for whom and how long: made of what this installation really does.")
    return _page(request, PaperKind.PROCESSING, "staff:processing", lead)


@staff_page(*OFFICERS)
def assess(request: StaffRequest) -> HttpResponse:
    """The impact assessment (Art. 35): whether one is needed, and because of what."""
    lead = _(
        "Nine criteria say whether an assessment is needed. Either way the reasons are kept. "
        "Look again every two years."
    )
    return _page(request, PaperKind.ASSESSMENT, "staff:assessment", lead)


@staff_page(*OFFICERS)
def agreement(request: StaffRequest) -> HttpResponse:
    """The agreement of an agency with a client (Art. 28(3))."""
    lead = _(
        "For agencies: everything that the law wants between a client and its processor. Complete it, read it, sign it."
    )
    return _page(request, PaperKind.AGREEMENT, "staff:agreement", lead)


@staff_page(*OFFICERS)
def version(request: StaffRequest, version: UUID, form: str) -> HttpResponse:
    """A version that was kept, as PDF in the language asked for, or as JSON."""
    row = get_object_or_404(PaperVersion, id=version)
    name = f"{row.kind}-{row.number}"
    if form == "json":
        return attached(report_files.as_json(row), f"{name}.json", "application/json")
    language = "en" if request.GET.get("language", get_language()) == "en" else "ms"
    made = report_files.as_pdf(row, language, request.organisation.name)
    return attached(made, f"{name}-{language}.pdf", "application/pdf")


def _page(request: StaffRequest, kind: PaperKind, name: str, lead: str) -> HttpResponse:
    answers = versions.answers_of(kind)
    if kind == PaperKind.ASSESSMENT:
        answers = assessment.first_answers(gather()) | answers
    asked = request.POST if "answers" in request.POST else None
    form = AnswersForm(asked, questions=versions.QUESTIONS[kind], answers=answers)
    if form.is_bound and form.is_valid():
        versions.keep_answers(kind, form.cleaned_data, by=request.user.pk)
        messages.success(request, _("The answers are kept. Keep a version when the document is as it should be."))
        return redirect(request.path)
    paper = versions.today(kind)
    if "keep" in request.POST:
        kept = versions.keep(kind, paper.as_json(), by=request.user.pk)
        messages.success(request, _("Version %(number)s is kept; it is in the ledger.") % {"number": kept.number})
        return redirect(request.path)
    given = {
        "title": kind.label,
        "lead": lead,
        "tabs": tabs(request, name),
        "paper": shown(paper),
        "form": form,
        "is_stale": versions.is_stale(kind),
        "version_columns": [
            {"label": text} for text in (_("Version"), _("Kept on"), _("Entry in the ledger"), _("Files"))
        ],
        "version_rows": version_rows(request, kind),
    }
    return TemplateResponse(request, "staff/paper.html", given)


def version_rows(request: StaffRequest, kind: PaperKind) -> list[list[Any]]:
    """The versions of a document for a table, the newest first."""
    rows = PaperVersion.objects.filter(kind=kind).defer("content").order_by("-number")[:VERSIONS_SHOWN]
    return [
        [
            {"text": _("Version %(number)s") % {"number": one.number}, "href": _address(request, one, "pdf")},
            {"time": one.made_at},
            str(one.entry_seq),
            {"text": "JSON", "href": _address(request, one, "json")},
        ]
        for one in rows
    ]


def _address(request: StaffRequest, one: PaperVersion, form: str) -> str:
    return reverse("staff:paper_version", args=[request.organisation.slug, one.id, form])


def _field(one: Question, answer: str) -> forms.Field:
    more: dict[str, Any] = {"label": say(one.label), "required": False, "initial": answer}
    more["help_text"] = say(one.hint) if one.hint else ""
    if one.choices:
        choices = [("", _("not answered yet")), *((value, say(words)) for value, words in one.choices)]
        return forms.ChoiceField(choices=choices, **more)
    widget = forms.Textarea(attrs={"rows": one.rows}) if one.rows > 1 else forms.TextInput()
    return forms.CharField(max_length=LONGEST, widget=widget, **more)
