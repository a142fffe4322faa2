"""Audiences: the list, and one with its rules and how many people they hold for at this moment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.campaigns import audiences
from izin.campaigns.audience import Audience, from_json
from izin.campaigns.models import SavedAudience
from izin.staff.access import COMPOSERS, StaffRequest, may, staff_page
from izin.staff.audience_form import AudienceForm
from izin.staff.audience_words import in_words
from izin.staff.shell import trail


@staff_page()
def listed(request: StaffRequest) -> HttpResponse:
    """All audiences by name, each with its rules in words."""
    slug = request.organisation.slug
    rows = [
        [
            {"text": one.name, "href": reverse("staff:audience", args=[slug, one.id])},
            " ".join(in_words(from_json(one.rules))) or _("Everybody who agreed."),
            {"time": one.edited_at},
        ]
        for one in SavedAudience.objects.all()
    ]
    given: dict[str, Any] = {
        "crumbs": trail(request, ("staff:campaigns", _("Campaigns")), ("", _("Audiences"))),
        "columns": [{"label": label} for label in (_("Audience"), _("Rules"), _("Edited"))],
        "rows": rows,
        "may_compose": may(request, COMPOSERS),
    }
    return TemplateResponse(request, "staff/audiences.html", given)


@staff_page(*COMPOSERS)
def new(request: StaffRequest) -> HttpResponse:
    """The form of a new audience; it is counted before it is saved."""
    form = AudienceForm(request.POST or None)
    if _asks_to_save(request, form) and form.audience is not None:
        try:
            audiences.save(form.cleaned_data["name"], form.audience, by=request.user.pk)
        except audiences.NameTaken:
            form.add_error("name", _("Another audience has this name."))
        else:
            messages.success(request, _("The audience is saved. A campaign can name it now."))
            return redirect("staff:audiences", organisation=request.organisation.slug)
    return _page(request, form, _("New audience"))


@staff_page(to_change=COMPOSERS)
def audience(request: StaffRequest, audience: UUID) -> HttpResponse:
    """One saved audience, its rules and its count; editing it changes no campaign that has started."""
    saved = get_object_or_404(SavedAudience, id=audience)
    form = AudienceForm(request.POST or None, name=saved.name, audience=from_json(saved.rules))
    if _asks_to_save(request, form) and form.audience is not None:
        try:
            audiences.change(saved, form.cleaned_data["name"], form.audience, by=request.user.pk)
        except audiences.NameTaken:
            form.add_error("name", _("Another audience has this name."))
        else:
            told = _("The audience is saved. Campaigns that were approved with its old rules need a new approval.")
            messages.success(request, told)
            return redirect("staff:audiences", organisation=request.organisation.slug)
    return _page(request, form, saved.name, from_json(saved.rules))


@require_POST
@staff_page(*COMPOSERS)
def count(request: StaffRequest) -> HttpResponse:
    """The part of the page that counts what is chosen so far."""
    form = AudienceForm(request.POST)
    form.is_valid()
    return TemplateResponse(request, "staff/parts/audience_count.html", _counts(form.audience))


def _asks_to_save(request: StaffRequest, form: AudienceForm) -> bool:
    return request.method == "POST" and "count" not in request.POST and form.is_valid()


def _page(request: StaffRequest, form: AudienceForm, title: str, saved: Audience | None = None) -> HttpResponse:
    if request.method == "POST" and not may(request, COMPOSERS):
        raise PermissionDenied
    if form.is_bound:
        form.is_valid()
    if "count" in request.POST:
        form.errors.pop("name", None)  # it may have no name yet while people are counted
    shown = form.audience if form.is_bound else saved or Audience()
    crumbs = trail(request, ("staff:campaigns", _("Campaigns")), ("staff:audiences", _("Audiences")), ("", title))
    given: dict[str, Any] = {"form": form, "title": title, "crumbs": crumbs, "may_compose": may(request, COMPOSERS)}
    return TemplateResponse(request, "staff/audience.html", given | _counts(shown))


def _counts(audience: Audience | None) -> dict[str, Any]:
    """What the count's part shows; nothing is counted while a rule cannot be."""
    if audience is None:
        return {"cannot_count": True}
    labels = (_("Purpose"), _("Rules hold for"), _("Of them agreed and stand now"))
    return {
        "words": in_words(audience),
        "count_columns": [{"label": label, "numeric": place > 0} for place, label in enumerate(labels)],
        "counts": [[one.purpose.name, _number(one.people), _number(one.stand)] for one in audiences.count(audience)],
    }


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)
