"""What messages are for, and the words by which people agree to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from izin.campaigns import capping
from izin.consent import refresh
from izin.consent.consent_forms import publish_wording, uncovered
from izin.consent.grades import Grade
from izin.consent.models import Purpose
from izin.consent.purposes import accept_from, add_purpose, current_wording
from izin.notices.completeness import gaps_in_notice
from izin.notices.models import NoticeVersion
from izin.notices.publishing import publish_notice
from izin.notices.wording import Particulars, notice
from izin.organisations.models import Organisation
from izin.staff.access import OFFICERS, StaffRequest, may, staff_page
from izin.staff.forms import AboutPurposeForm, WordingForm
from izin.staff.forms_import import GradeForm
from izin.staff.import_words import LEAST
from izin.staff.shell import trail
from izin.staff.wordings import FORM_SLOTS, NOTICE_SLOTS

DAYS_IN_MONTH = 30


@staff_page()
def purposes(request: StaffRequest) -> HttpResponse:
    """Every purpose with its notice's newest version."""
    slug = request.organisation.slug
    rows = []
    for one in Purpose.objects.select_related("notice"):
        version, soon = current_wording(one), refresh.ending(one).count()
        rows.append(
            [
                {"text": one.name, "href": reverse("staff:purpose", args=[slug, one.id]), "note": one.description},
                {"code": version.name} if version else {"state": "draft"},
                {"time": version.published_at} if version else "–",
                one.get_category_display(),
                {
                    "text": str(soon),
                    "href": reverse("staff:purpose_ending", args=[slug, one.id]),
                },
            ]
        )
    given = {
        "tabs": tabs(request, "staff:purposes"),
        "columns": [
            {"label": text}
            for text in (_("Purpose"), _("Notice version"), _("Published"), _("Category"), _("End within 60 days"))
        ],
        "rows": rows,
        "may_change": may(request, OFFICERS),
        "join_path": f"/{slug}/sertai",
    }
    return TemplateResponse(request, "staff/purposes.html", given)


@staff_page(*OFFICERS)
def new(request: StaffRequest) -> HttpResponse:
    """First what it is about, then the notice's text, filled in as far as that goes."""
    about = AboutPurposeForm(request.POST or None)
    crumbs = trail(request, ("staff:purposes", _("Purposes & notices")), ("", _("New purpose")))
    given: dict[str, Any] = {"about": about, "crumbs": crumbs}
    if request.method != "POST" or not about.is_valid() or "back" in request.POST:
        return TemplateResponse(request, "staff/purpose_new.html", given)
    if request.POST.get("step") == "text":
        form = WordingForm(NOTICE_SLOTS, gaps_in_notice, request.POST)
        if form.is_valid():
            return _add(request, about.cleaned_data, form)
    else:
        form = WordingForm(NOTICE_SLOTS, gaps_in_notice, texts=_first_texts(request.organisation, about.cleaned_data))
    about.hide()
    return TemplateResponse(request, "staff/purpose_text.html", given | {"form": form})


@staff_page(to_change=OFFICERS)
def purpose(request: StaffRequest, purpose: UUID) -> HttpResponse:
    """One purpose: the text people see today, its earlier versions, and for the officer the way to a new one."""
    one = get_object_or_404(Purpose.objects.select_related("notice"), id=purpose)
    version = current_wording(one)
    grade = GradeForm(request.POST if "least_grade" in request.POST else None, initial={"least_grade": one.least_grade})
    if grade.is_bound and grade.is_valid():
        accept_from(one, Grade(int(grade.cleaned_data["least_grade"])))
        messages.success(request, _("From now on campaigns rest on this evidence or better."))
        return redirect("staff:purpose", organisation=request.organisation.slug, purpose=one.id)
    wording, slots = None if grade.is_bound else request.POST or None, _slots_of(version)
    form = WordingForm(slots, gaps_in_notice, wording, version.texts if version else None)
    if request.method == "POST" and form.is_valid():
        published = publish_wording(one, form.texts())
        if version and published.id == version.id:
            messages.info(request, _("The text is the same as before, so there is no new version."))
        else:
            messages.success(request, _("Published as %(version)s.") % {"version": published.name})
            say_uncovered(request, uncovered(one).count())
        return redirect("staff:purpose", organisation=request.organisation.slug, purpose=one.id)
    versions = NoticeVersion.objects.select_related("notice").filter(notice=one.notice_id)
    given = {
        "purpose": one,
        "crumbs": trail(request, ("staff:purposes", _("Purposes & notices")), ("", one.name)),
        "version": version,
        "parts": parts(slots, version.texts) if version else [],
        "form": form,
        "grade": grade,
        "least": dict(LEAST)[Grade(one.least_grade)],
        "may_change": may(request, OFFICERS),
        "columns": [{"label": _("Version")}, {"label": _("Published")}, {"label": _("Fingerprint")}],
        "rows": [[{"code": one.name}, {"time": one.published_at}, {"code": one.digest[:16]}] for one in versions],
    }
    return TemplateResponse(request, "staff/purpose.html", given)


def _slots_of(version: NoticeVersion | None) -> dict[str, Any]:
    """The parts that every notice has, and those which a form gave to this one."""
    more = version.texts["ms"].keys() - NOTICE_SLOTS.keys() if version else set()
    return {**NOTICE_SLOTS, **{slot: names for slot, names in FORM_SLOTS.items() if slot in more}}


def say_uncovered(request: StaffRequest, people: int) -> None:
    """Tell whoever published a wording how many consents it left behind."""
    if people:
        said = ngettext(
            "%(number)d consent does not cover the new wording.",
            "%(number)d consents do not cover the new wording.",
            people,
        )
        messages.warning(request, said % {"number": people})


def tabs(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """Purposes, the forms that ask for them, the privacy policy and, for officers, the recipients stand together."""
    places = [
        ("staff:purposes", _("Purposes & notices")),
        ("staff:forms", _("Forms")),
        ("staff:policy", _("Privacy policy")),
    ]
    if may(request, OFFICERS):
        places.append(("staff:recipients", _("Recipients")))
    slug = request.organisation.slug
    return [{"label": text, "href": reverse(name, args=[slug]), "current": name == current} for name, text in places]


def parts(slots: Any, texts: Any) -> list[dict[str, Any]]:
    """A published text, part by part, both languages beside each other."""
    return [
        {"label": label, "ms": texts.get("ms", {}).get(slot, ""), "en": texts.get("en", {}).get(slot, "")}
        for slot, (label, _hint) in slots.items()
    ]


def particulars(organisation: Organisation) -> Particulars:
    """What the first wordings need to know; a gap is left as a placeholder that publishing refuses."""
    return Particulars(
        organisation.name,
        organisation.address or "[[alamat / address]]",
        organisation.contact_email or "[[e-mel / e-mail]]",
        organisation.contact_phone or "[[telefon / phone]]",
    )


def _first_texts(organisation: Organisation, about: dict[str, Any]) -> dict[str, dict[str, str]]:
    return notice(
        particulars(organisation),
        kinds={"ms": about["kinds_ms"], "en": about["kinds_en"]},
        per_month=about["per_month"],
        days=about["months"] * DAYS_IN_MONTH,
    )


def _add(request: StaffRequest, about: dict[str, Any], form: WordingForm) -> HttpResponse:
    with transaction.atomic():
        version = publish_notice(about["key"], form.texts())
        if about["per_month"]:
            capping.stated(about["per_month"])
        one = add_purpose(
            about["key"],
            name={"ms": about["name_ms"], "en": about["name_en"]},
            description={"ms": about["kinds_ms"], "en": about["kinds_en"]},
            notice=version.notice,
            category=Purpose.Category(about["category"]),
            lifetime_days=about["months"] * DAYS_IN_MONTH,
        )
    messages.success(request, _("Published as %(version)s.") % {"version": version.name})
    return redirect("staff:purpose", organisation=request.organisation.slug, purpose=one.id)
