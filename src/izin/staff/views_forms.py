"""The forms by which people are asked: built here, previewed in both languages, published as versions that stay."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.campaigns import capping
from izin.consent import consent_forms
from izin.consent.consent_forms import NotYet
from izin.consent.models import ConsentForm
from izin.lib.typeset import pdf
from izin.notices import asking
from izin.staff import form_page, poster_page
from izin.staff.access import OFFICERS, StaffRequest, may, staff_page
from izin.staff.form_builder import MOST_CHOICES, OWN, BuilderForm, FramesForm, NewFormForm
from izin.staff.shell import trail
from izin.staff.views_purposes import particulars, say_uncovered, tabs
from izin.whatsapp.models import SenderNumber


@staff_page()
def forms(request: StaffRequest) -> HttpResponse:
    """Every form, its published version and its address."""
    slug, rows = request.organisation.slug, []
    for one in ConsentForm.objects.all():
        version = consent_forms.newest(one)
        rows.append(
            [
                {"text": form_page.title(one), "href": reverse("staff:form", args=[slug, one.id])},
                {"code": version.name} if version else {"state": "draft"},
                {"time": version.published_at} if version else "–",
                {"state": "disabled", "text": _("Closed")} if one.closed_at else f"/{slug}/sertai/{one.key}",
            ]
        )
    given = {
        "tabs": tabs(request, "staff:forms"),
        "columns": [{"label": text} for text in (_("Form"), _("Version"), _("Published"), _("Address"))],
        "rows": rows,
        "may_change": may(request, OFFICERS),
    }
    return TemplateResponse(request, "staff/forms.html", given)


@staff_page(*OFFICERS)
def new(request: StaffRequest) -> HttpResponse:
    """What the form is called; everything else is filled in and can be changed."""
    about = NewFormForm(request.POST or None)
    if request.method == "POST" and about.is_valid():
        titles = {language: about.cleaned_data[f"title_{language}"] for language in ("ms", "en")}
        made = consent_forms.start(about.cleaned_data["key"], titles, particulars(request.organisation))
        return _to(request, made)
    crumbs = trail(request, ("staff:forms", _("Forms")), ("", _("New form")))
    return TemplateResponse(request, "staff/form_new.html", {"about": about, "crumbs": crumbs})


@staff_page(to_change=OFFICERS)
def form(request: StaffRequest, form: UUID) -> HttpResponse:
    """The draft with its checklist, what publishing it would change, and the ways in of what is published."""
    one = get_object_or_404(ConsentForm, id=form)
    if request.method != "POST":
        return _builder(request, one, BuilderForm(consent_forms.draft_of(one)))
    builder = BuilderForm(consent_forms.draft_of(one), request.POST)
    if not builder.is_valid():
        return _builder(request, one, builder)
    written = builder.written()
    step = request.POST.get("do", "save")
    if step.startswith("remove:"):
        kept = tuple(choice for choice in written.choices if choice.key != step.removeprefix("remove:"))
        written = asking.Draft(written.titles, kept, written.texts, written.reason)
    elif step == "add":
        written = form_page.with_choice(written, request.POST.get("starter", OWN), request.POST.get("own_key", ""))
        if len(written.choices) > MOST_CHOICES:
            messages.error(request, _("A form has at most twelve purposes."))
            return _to(request, one)
    consent_forms.save(one, written)
    if step == "publish":
        return _publish(request, one, builder)
    messages.success(request, _("The draft is saved."))
    return _to(request, one)


@staff_page()
def preview(request: StaffRequest, form: UUID) -> HttpResponse:
    """The draft as people would see it, in both languages beside each other."""
    one = get_object_or_404(ConsentForm, id=form)
    name = form_page.title(one)
    given = {
        "form": one,
        "crumbs": _crumbs(request, one, name, _("Preview")),
        "sheets": form_page.sheets(consent_forms.draft_of(one), request.organisation.name),
    }
    return TemplateResponse(request, "staff/form_preview.html", given)


@staff_page()
def poster(request: StaffRequest, form: UUID) -> HttpResponse:
    """One A4 page to be printed, in both languages, whose QR code leads to the form: a PDF."""
    one = get_object_or_404(ConsentForm, id=form)
    version = consent_forms.newest(one)
    if version is None:
        messages.info(request, _("Publish the form first: a poster leads to what people can read there."))
        return _to(request, one)
    sender = SenderNumber.objects.order_by("id").first()
    made = poster_page.poster(
        version,
        organisation=request.organisation.name,
        address=form_page.address(request.organisation.slug, one),
        number=sender.display if sender else "",
    )
    response = HttpResponse(pdf(made), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="poster-{one.key}.pdf"'
    return response


@require_POST
@staff_page(*OFFICERS)
def close(request: StaffRequest, form: UUID) -> HttpResponse:
    """Stop asking by this form, or ask again."""
    one = get_object_or_404(ConsentForm, id=form)
    consent_forms.close(one, not one.closed_at)
    messages.success(request, _("The form is closed.") if one.closed_at else _("The form is open again."))
    return _to(request, one)


@require_POST
@staff_page(*OFFICERS)
def frames(request: StaffRequest, form: UUID) -> HttpResponse:
    """Which sites may show the form inside their own pages."""
    one = get_object_or_404(ConsentForm, id=form)
    sites = FramesForm(request.POST)
    if not sites.is_valid():
        return _builder(request, one, BuilderForm(consent_forms.draft_of(one)), sites=sites)
    consent_forms.let_frame(one, sites.cleaned_data["origins"])
    messages.success(request, _("The list of sites is saved."))
    return _to(request, one)


def _publish(request: StaffRequest, one: ConsentForm, builder: BuilderForm) -> HttpResponse:
    before = consent_forms.newest(one)
    try:
        version = consent_forms.publish(one, by=request.user.pk, wording_only=request.POST.get("wording_only", ""))
    except NotYet as not_yet:
        builder.mark(not_yet.refusals)
        return _builder(request, one, builder)
    for choice in consent_forms.draft_of(one).choices:
        capping.stated(choice.per_month)
    if before and before.id == version.id:
        messages.info(request, _("The form is the same as before, so there is no new version."))
    else:
        messages.success(request, _("Published as %(version)s.") % {"version": version.name})
        asked = consent_forms.asked_by(version)
        say_uncovered(request, sum(consent_forms.uncovered(purpose).count() for purpose, _version in asked))
    return _to(request, one)


def _builder(
    request: StaffRequest, one: ConsentForm, builder: BuilderForm, *, sites: FramesForm | None = None
) -> HttpResponse:
    slug, version = request.organisation.slug, consent_forms.newest(one)
    draft = consent_forms.draft_of(one)
    refusals = asking.refusals(draft)
    name = form_page.title(one)
    given: dict[str, Any] = {
        "form": one,
        "name": name,
        "crumbs": trail(request, ("staff:forms", _("Forms")), ("", name)),
        "builder": builder,
        "starters": form_page.starters(draft),
        "checklist": form_page.checklist(draft, refusals),
        "ready": not refusals,
        "changes": form_page.changes_of(one) if version else [],
        "version": version,
        "covered": form_page.coverage(version) if version else None,
        "sites": sites or FramesForm(initial={"origins": "\n".join(one.frame_origins)}),
        "address": form_page.address(slug, one),
        "chat": form_page.chat_of(one),
        "frame": form_page.frame_of(slug, one) if one.frame_origins else "",
        "may_change": may(request, OFFICERS),
        "public_url": settings.PUBLIC_URL,
    }
    return TemplateResponse(request, "staff/form.html", given)


def _crumbs(request: StaffRequest, one: ConsentForm, name: str, here: str) -> list[dict[str, str]]:
    crumbs = trail(request, ("staff:forms", _("Forms")), ("", name), ("", here))
    crumbs[1]["href"] = reverse("staff:form", args=[request.organisation.slug, one.id])
    return crumbs


def _to(request: StaffRequest, one: ConsentForm) -> HttpResponse:
    return redirect("staff:form", organisation=request.organisation.slug, form=one.id)
