"""Compose a campaign: choose a template, fill it, see it as its readers will."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from izin.campaigns import lifecycle
from izin.consent.models import Purpose
from izin.organisations.models import Organisation
from izin.staff.access import COMPOSERS, StaffRequest, staff_page
from izin.staff.compose_form import CampaignForm
from izin.staff.shell import trail
from izin.whatsapp.models import SenderNumber, Template


@staff_page(*COMPOSERS)
def compose(request: StaffRequest) -> HttpResponse:
    """The choice of a template, then the form; a valid one makes a draft, from which nothing is sent."""
    crumbs = trail(request, ("staff:campaigns", _("Campaigns")), ("", _("New campaign")))
    families = _families(Template.objects.select_related("account"))
    missing = _missing(families)
    if missing:
        return TemplateResponse(request, "staff/compose_not_yet.html", {"missing": missing, "crumbs": crumbs})
    templates = _chosen(request, families)
    if not templates:
        given: dict[str, Any] = {"families": families, "crumbs": crumbs}
        return TemplateResponse(request, "staff/compose_template.html", given)
    form = CampaignForm(templates, request.POST or None, _comparable(families, templates))
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        return _draft(request, form, templates)
    given = {"form": form, "templates": templates, "crumbs": crumbs, "can_choose": len(families) > 1}
    return TemplateResponse(request, "staff/compose.html", given | _preview_of(request.organisation, form))


@staff_page(*COMPOSERS)
def preview(request: StaffRequest) -> HttpResponse:
    """The part of the page that shows the message with what has been typed so far."""
    families = _families(Template.objects.all())
    templates = _chosen(request, families)
    if not templates:
        raise Http404
    form = CampaignForm(templates, request.POST or None, _comparable(families, templates))
    return TemplateResponse(request, "staff/parts/previews.html", _preview_of(request.organisation, form))


def _preview_of(organisation: Organisation, form: CampaignForm) -> dict[str, Any]:
    return {"previews": form.previews(), "sender": organisation.name}


def _families(templates: Any) -> list[list[Template]]:
    """Templates of one account and name, in all their languages, together."""
    found: dict[tuple[UUID, str], list[Template]] = {}
    for template in templates:
        found.setdefault((template.account_id, template.name), []).append(template)
    return list(found.values())


def _chosen(request: StaffRequest, families: Sequence[list[Template]]) -> list[Template]:
    wanted = request.POST.get("template") or request.GET.get("template")
    if not wanted and len(families) == 1:
        return families[0]
    return next((family for family in families if str(family[0].id) == wanted), [])


def _comparable(families: Sequence[list[Template]], chosen: Sequence[Template]) -> list[Template]:
    """The other templates of the same account."""
    account_id, name = chosen[0].account_id, chosen[0].name
    return [one for family in families for one in family if one.account_id == account_id and one.name != name]


def _missing(families: Sequence[list[Template]]) -> list[str]:
    """What must be there before anything can be composed, in words."""
    missing = []
    if not SenderNumber.objects.exists():
        missing.append(_("a WhatsApp sender number: an administrator connects it under WhatsApp"))
    if not families:
        missing.append(_("a message template that WhatsApp knows"))
    if not Purpose.objects.exists():
        missing.append(_("a purpose that people can agree to"))
    return missing


def _draft(request: StaffRequest, form: CampaignForm, templates: Sequence[Template]) -> HttpResponse:
    given = form.cleaned_data
    campaign = lifecycle.draft(
        given["name"],
        purpose=given["purpose"],
        sender=given["sender"],
        template_name=templates[0].name,
        parameters=form.parameters(),
        author=request.user.pk,
        not_after=given["not_after"],
        priority=given["priority"],
        steps=form.steps(),
        variant_name=form.variant(),
        audience=given["audience"],
        refresh_days=given["refresh_days"],
    )
    messages.success(request, _("The campaign is saved as a draft. Nothing is sent before a colleague approves it."))
    return redirect("staff:campaign", organisation=request.organisation.slug, campaign=campaign.id)
