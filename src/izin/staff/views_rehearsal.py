"""A campaign's rehearsal: one switch, its report under a banner, and the way to discard it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.campaigns import rehearsals
from izin.campaigns.models import Campaign, Rehearsal
from izin.dispatch.report import Report
from izin.dispatch.tasks import rehearse
from izin.staff import report_page
from izin.staff.access import APPROVERS, COMPOSERS, StaffRequest, staff_page
from izin.staff.shell import trail

MAY_REHEARSE = (*COMPOSERS, *APPROVERS)


@staff_page(to_change=MAY_REHEARSE)
def rehearsal(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """How it would go; a POST plays it anew."""
    one = get_object_or_404(Campaign, id=campaign)
    place = {"organisation": request.organisation.slug, "campaign": one.id}
    if request.method == "POST":
        try:
            begun = rehearsals.begin(one, request.user.pk)
        except rehearsals.CannotRehearse:
            messages.error(request, _("Only a campaign that has not started can be rehearsed."))
            return redirect("staff:campaign", **place)
        rehearse.defer(organisation_id=str(request.organisation.id), rehearsal_id=str(begun.id))
        return redirect("staff:rehearsal", **place)
    found = rehearsals.latest(one)
    crumbs = trail(request, ("staff:campaigns", _("Campaigns")), ("", _("Rehearsal")))
    crumbs.insert(1, {"label": one.name, "href": reverse("staff:campaign", kwargs=place)})
    given: dict[str, Any] = {
        "campaign": one,
        "rehearsal": found,
        "crumbs": crumbs,
        **(_figures(found) if found else {}),
    }
    return TemplateResponse(request, "staff/rehearsal.html", given)


@require_POST
@staff_page(to_change=MAY_REHEARSE)
def discard(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """As if it had never been."""
    one = get_object_or_404(Campaign, id=campaign)
    rehearsals.discard(one)
    messages.success(request, _("The rehearsal is discarded. Nothing of it is left."))
    return redirect("staff:campaign", organisation=request.organisation.slug, campaign=one.id)


def _figures(found: Rehearsal) -> dict[str, Any]:
    if found.report is None:
        return {}
    figures = report_page.shown(found.campaign, Report(**found.report))
    asked = {"label": _("People who would answer"), "value": f"{found.replies:,}"}
    return figures | {"stats": [*figures["stats"], asked], "is_part": found.people < found.audience}
