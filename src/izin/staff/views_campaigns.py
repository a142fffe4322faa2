"""Campaigns: the list, one campaign from draft to its end, its live figures and its report."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.campaigns import lifecycle, preflight, stages
from izin.campaigns.models import Approval, Campaign, Pause
from izin.dispatch import outbox
from izin.dispatch.report import Report, report_on
from izin.organisations.models import Role
from izin.staff import alarms, campaign_limit, campaign_page, campaign_stages, report_page, views_again
from izin.staff.access import APPROVERS, COMPOSERS, OFFICERS, StaffRequest, may, staff_page
from izin.staff.reasons import in_words
from izin.staff.shell import in_place, trail

PAGE_SIZE = 25
State = Campaign.State
ALIVE = (State.APPROVED, State.RUNNING, State.PAUSED)


@staff_page()
def campaigns(request: StaffRequest) -> HttpResponse:
    """All campaigns, newest first."""
    page = Paginator(Campaign.objects.filter(test_of=None).select_related("purpose"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    slug = request.organisation.slug
    rows = [
        [
            {"text": one.name, "href": reverse("staff:campaign", args=[slug, one.id])},
            one.purpose.name,
            {"state": one.state},
            {"time": one.created_at},
        ]
        for one in page
    ]
    columns = [{"label": label} for label in (_("Campaign"), _("Purpose"), _("State"), _("Created"))]
    given = {"columns": columns, "rows": rows, "page": page, "may_compose": may(request, COMPOSERS)}
    return TemplateResponse(request, "staff/campaigns.html", given)


@staff_page()
def campaign(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """What it says, whether it may go, who agreed, and how far it is."""
    return _page(request, _found(campaign))


def _page(request: StaffRequest, one: Campaign) -> HttpResponse:
    report = report_on(one.id) if one.started_at else None
    findings = preflight.findings(one, request.user.pk) if one.state in (State.DRAFT, State.APPROVED) else []
    about_content = [finding for finding in findings if finding.where != "approval"]
    pause = Pause.objects.filter(campaign=one, lifted_at=None).order_by("-at").first()
    given: dict[str, Any] = {
        "campaign": one,
        "crumbs": trail(request, ("staff:campaigns", _("Campaigns")), ("", one.name)),
        "steps": campaign_page.steps(one),
        "facts": campaign_page.facts(one),
        "previews": campaign_page.previews(one),
        "sender": request.organisation.name,
        "findings": [campaign_page.in_words(request, finding) for finding in about_content],
        "checked": one.state in (State.DRAFT, State.APPROVED),
        "ready": not any(finding.severity != "note" for finding in about_content),
        "is_author": one.author == request.user.pk,
        "pause": in_words(pause.reason) if pause else "",
        "waiting": campaign_page.waiting(one) if one.state in ALIVE else [],
        **campaign_limit.shown(one),
        **campaign_stages.shown(one),
        "alarms": alarms.shown(one.sender_id) if one.state in ALIVE else [],
        **_rights(request, one),
        **(_figures(request, one, report) if report else {}),
    }
    return TemplateResponse(request, "staff/campaign.html", given)


@staff_page()
def progress(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """The part that asks for news; when it has ended or paused, everything that the page shows."""
    one = _found(campaign)
    if one.state != State.RUNNING:
        return in_place(_page(request, one))
    return TemplateResponse(request, "staff/parts/campaign_progress.html", _figures(request, one, report_on(one.id)))


@staff_page()
def report(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """All sums, counted from the rows at this moment; to be printed."""
    one = _found(campaign)
    if one.started_at is None:
        raise Http404
    trailed = trail(request, ("staff:campaigns", _("Campaigns")), ("", _("Report")))
    trailed.insert(1, {"label": one.name, "href": reverse("staff:campaign", args=[request.organisation.slug, one.id])})
    given = {"campaign": one, "crumbs": trailed, **report_page.shown(one, report_on(one.id))}
    given |= views_again.offered(request, one)
    return TemplateResponse(request, "staff/report.html", given)


STEPS: dict[str, tuple[tuple[Role, ...], Callable[[Campaign, UUID], Any]]] = {
    "approve": (APPROVERS, lifecycle.approve),
    "start": (COMPOSERS, lambda one, by: outbox.start(one)),
    "pause": (COMPOSERS, lambda one, by: lifecycle.pause(one, "by_staff", by=by)),
    "resume": (COMPOSERS, lambda one, by: lifecycle.resume(one, by=by)),
    "cancel": (COMPOSERS, lambda one, by: lifecycle.cancel(one)),
}


@require_POST
@staff_page()
def take_step(request: StaffRequest, campaign: UUID, step: str) -> HttpResponse:
    """Approve, start, pause, resume or cancel. Two people at once change it once."""
    one = _found(campaign)
    if step not in STEPS:
        raise Http404
    roles, verb = STEPS[step]
    if step == "resume" and stages.stopped(one):  # it stopped by itself: to go on is a second approval
        roles = APPROVERS
    if not may(request, roles):
        raise PermissionDenied
    try:
        with transaction.atomic():
            verb(one, request.user.pk)
    except lifecycle.NotPossible:
        messages.error(request, _("This step is not possible now. The findings below say why."))
    else:
        messages.success(request, campaign_page.done(step))
    return redirect("staff:campaign", organisation=request.organisation.slug, campaign=one.id)


def _found(campaign: UUID) -> Campaign:
    found = Campaign.objects.filter(test_of=None).select_related("purpose", "sender__account")
    return get_object_or_404(found, id=campaign)


def _rights(request: StaffRequest, one: Campaign) -> dict[str, bool]:
    composes, approves = may(request, COMPOSERS), may(request, APPROVERS)
    author = one.author == request.user.pk
    return {
        "can_approve": one.state == State.DRAFT and approves and not author,
        "can_start": one.state == State.APPROVED and composes,
        "can_pause": one.state == State.RUNNING and composes,
        "can_resume": one.state == State.PAUSED and (approves and not author if stages.stopped(one) else composes),
        "can_cancel": one.state in (State.DRAFT, State.APPROVED, State.RUNNING, State.PAUSED) and composes,
        "can_hand_out": one.started_at is not None and may(request, OFFICERS),
        "was_approved": Approval.objects.filter(campaign=one).exists(),
    }


def _figures(request: StaffRequest, one: Campaign, figures: Report) -> dict[str, Any]:
    place = {"organisation": request.organisation.slug, "campaign": one.id}
    running = one.state == State.RUNNING
    return {
        "campaign": one,
        "report": figures,
        "detail": f"{figures.settled:,} / {figures.planned:,}",
        "segments": report_page.segments(figures),
        "poll_href": reverse("staff:campaign_progress", kwargs=place) if running else "",
        "report_href": reverse("staff:campaign_report", kwargs=place),
        "waits_for_dispatch": running and figures.planned and figures.queued == figures.planned,
    }
