"""The parts of a campaign's page that need words: its steps, its facts, and what the pre-flight found."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.campaigns import audiences, opening, preflight
from izin.campaigns.hours import is_open, opens_next
from izin.campaigns.models import Approval, Campaign
from izin.campaigns.rules import Finding
from izin.campaigns.rules_messages import explain
from izin.dispatch.models import Message
from izin.lib.clock import now
from izin.organisations.models import User
from izin.staff import audience_words, compose_form
from izin.staff.access import StaffRequest

State = Campaign.State
SOURCES = {
    "purpose": "GDPR Art. 6(1)(a), 7; PDPA s.6, s.7(3)",
    "policy": "GDPR Art. 12–14; PDPA s.7",
    "template": "GDPR Art. 21(4); PDPA s.43",
}


def steps(campaign: Campaign) -> list[dict[str, Any]]:
    """Where the campaign stands between draft and report."""
    reached = {State.DRAFT: 1, State.APPROVED: 3, State.RUNNING: 3, State.PAUSED: 3}.get(campaign.state, 4)
    if campaign.state == State.CANCELLED and not campaign.started_at:
        reached = 1
    labels = enumerate((_("Compose"), _("Pre-flight"), _("Approve"), _("Send")))
    return [{"label": label, "done": place < reached, "current": place == reached} for place, label in labels]


def facts(campaign: Campaign) -> list[dict[str, Any]]:
    """What a person must know before agreeing to it."""
    found: list[dict[str, Any]] = [
        {"label": _("Purpose"), "text": campaign.purpose.name},
        {"label": _("Sender number"), "text": campaign.sender.display},
        {"label": _("Template"), "code": campaign.template_name},
        *([{"label": _("Compared with"), "code": campaign.variant_name}] if campaign.variant_name else []),
        {"label": _("Send until"), "time": campaign.not_after},
        {"label": _("Priority"), "text": campaign.get_priority_display()},
        {"label": _("Sending hours"), "text": _hours()},
        {"label": _("Written by"), "text": _name_of(campaign.author)},
    ]
    chosen = audiences.of(campaign)
    if not chosen.is_everybody:
        saved = campaign.audience
        words = " ".join(audience_words.in_words(chosen))
        found.insert(1, {"label": _("Audience"), "text": saved.name if saved else "", "note": words})
    if campaign.started_at is None:
        people = sum(preflight.audience_of(campaign.purpose, chosen, campaign.refresh_days).values())
        label = _("People who agreed") if chosen.is_everybody else _("People in it who agreed")
        found.insert(1 if chosen.is_everybody else 2, {"label": label, "text": f"{people:,}"})
    if campaign.refresh_days:
        said = _("whose consent ends within %(days)d days, once each") % {"days": campaign.refresh_days}
        found.insert(1, {"label": _("Asks for renewal"), "text": said})
    approval = Approval.objects.filter(campaign=campaign).order_by("-at").first()
    if approval:
        found.append({"label": _("Approved by"), "text": _name_of(approval.approver)})
    for label, at in ((_("Started"), campaign.started_at), (_("Ended"), campaign.ended_at)):
        if at:
            found.append({"label": label, "time": at})
    return found


def waiting(campaign: Campaign) -> list[str]:
    """Who waits in line because it is no hour to write to them, by country, and until when."""
    hours, moment = opening.in_force(), now()
    queued = Message.objects.filter(campaign=campaign, state=Message.State.QUEUED).values_list("country")
    found = []
    for country, people in queued.annotate(people=Count("id")).order_by("country"):
        if is_open(country, moment, hours):
            continue
        opens = opens_next(country, moment, hours)
        told = {"country": country or "?", "people": f"{people:,}"}
        if opens is None:
            words = _("%(country)s: %(people)s people. No hour suits all its time zones: choose longer hours.")
        elif opens >= campaign.not_after:
            words = _("%(country)s: %(people)s people. The campaign ends before their hours: they will not get it.")
        else:
            words = _("%(country)s: %(people)s people, from %(time)s")
            told["time"] = date_format(localtime(opens), "j F, H:i")
        found.append(words % told)
    return found


def _hours() -> str:
    hours = opening.in_force()
    if hours.is_always:
        return _("at any hour")
    return _("%(opens)s–%(closes)s, local time of each person") % {
        "opens": f"{hours.opens:%H:%M}",
        "closes": f"{hours.closes:%H:%M}",
    }


def previews(campaign: Campaign) -> list[dict[str, Any]]:
    """The message in each of its languages."""
    order = preflight.names_of(campaign)
    templates = sorted(preflight.templates_of(campaign), key=lambda one: (order.index(one.name), one.language != "ms"))
    wordings = [compose_form.text_of(template) for template in templates]
    return compose_form.previews(wordings, campaign.parameters)


def in_words(request: StaffRequest, finding: Finding) -> dict[str, Any]:
    """A finding for the design system: its sentence says what is wrong, then what to do."""
    title, _stop, advice = explain(finding, get_language() or "ms").partition(". ")
    shown = {"kind": finding.severity, "title": title.removesuffix("."), "text": advice}
    places = {
        "purpose": ("staff:purposes", _("To the purposes and notices")),
        "policy": ("staff:policy", _("To the privacy policy")),
        "audience": ("staff:contacts", _("To the contacts")),
    }
    if finding.where in places:
        name, label = places[finding.where]
        shown |= {"href": reverse(name, args=[request.organisation.slug]), "link_label": label}
    return shown | {"source": SOURCES.get(finding.where, "")}


def done(step: str) -> str:
    """What a step that was taken has done."""
    return {
        "approve": _("You have approved exactly this campaign. A change would need a new approval."),
        "start": _("The campaign is running. Each person's consent is checked again right before sending."),
        "pause": _("Paused. Nothing more is sent; what has left already still arrives."),
        "resume": _("The campaign goes on."),
        "cancel": _("Cancelled. What had not left will not be sent."),
    }[step]


def _name_of(user_id: object) -> str:
    user = User.objects.filter(id=user_id).first()
    return (user.get_full_name() or user.username) if user else "–"
