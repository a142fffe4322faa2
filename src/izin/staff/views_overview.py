"""The first page: who may be written to, what is running, and whether the machine is well."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from izin.campaigns.models import Campaign
from izin.consent.models import Purpose, Standing
from izin.contacts.models import Contact
from izin.dispatch.report import report_on
from izin.inbound import replies, setting_aside
from izin.inbound.models import Delivery
from izin.ledger.models import Checkpoint, Head
from izin.lib.clock import now
from izin.notices.models import PrivacyPolicy
from izin.staff import accountability_page, alarms, whatsapp_page
from izin.staff.access import OFFICERS, StaffRequest, may, staff_page
from izin.whatsapp.models import SenderNumber, Template

RUNNING_SHOWN = 5
State = Campaign.State


@staff_page()
def overview(request: StaffRequest) -> HttpResponse:
    """Figures of this moment; until the first campaign, what to do next."""
    steps = _first_steps(request)
    given: dict[str, Any] = {
        "purposes": _standings(request),
        "running": [_running(request, one) for one in _going_on()],
        "last": _last_report(request),
        "machine": _machine(request),
        "alarms": alarms.shown() + _unreadable(request),
        "shouts": accountability_page.shouts(request),
        "connection": whatsapp_page.warnings(request),
        "waiting": _waiting(request),
        "first_steps": steps if not all(step["done"] for step in steps) else [],
        "join_path": f"/{request.organisation.slug}/sertai",
    }
    return TemplateResponse(request, "staff/overview.html", given)


def _standings(request: StaffRequest) -> list[dict[str, Any]]:
    """People who may be written to today, for each purpose."""
    good = Standing.in_force(now())
    counted = dict(Standing.objects.filter(good).values_list("purpose_id").annotate(people=Count("id")))
    href = reverse("staff:contacts", args=[request.organisation.slug])
    return [
        {
            "label": one.name,
            "value": f"{counted.get(one.id, 0):,}",
            "note": _("people who agreed"),
            "href": f"{href}?purpose={one.key}&standing=granted",
            "tone": "success" if counted.get(one.id) else "neutral",
        }
        for one in Purpose.objects.all()
    ]


def _going_on() -> list[Campaign]:
    on = Campaign.objects.filter(test_of=None, state__in=(State.RUNNING, State.PAUSED))
    return list(on.order_by("-started_at")[:RUNNING_SHOWN])


def _running(request: StaffRequest, one: Campaign) -> dict[str, Any]:
    figures = report_on(one.id)
    return {
        "campaign": one,
        "href": reverse("staff:campaign", args=[request.organisation.slug, one.id]),
        "settled": figures.settled,
        "planned": figures.planned,
        "detail": f"{figures.settled:,} / {figures.planned:,}",
        "tone": "warning" if one.state == State.PAUSED else "",
    }


def _last_report(request: StaffRequest) -> dict[str, Any] | None:
    one = Campaign.objects.filter(test_of=None, state=State.COMPLETED).order_by("-ended_at").first()
    if one is None:
        return None
    figures = report_on(one.id)
    return {
        "campaign": one,
        "href": reverse("staff:campaign_report", args=[request.organisation.slug, one.id]),
        "stats": [
            {"label": _("Planned"), "value": f"{figures.planned:,}"},
            {"label": _("Delivered"), "value": f"{figures.delivered:,}", "tone": "success"},
            {"label": _("Withdrew while it ran"), "value": f"{figures.withdrawn_mid_campaign:,}"},
            {
                "label": _("Messages decided after a withdrawal"),
                "value": f"{figures.decided_after_withdrawal:,}",
                "tone": "danger" if figures.decided_after_withdrawal else "success",
            },
        ],
    }


def _machine(request: StaffRequest) -> list[dict[str, Any]]:
    waiting = Delivery.objects.filter(state=Delivery.State.NEW).count()
    head = Head.objects.first()
    signed = Checkpoint.objects.order_by("-size").first()
    facts: list[dict[str, Any]] = [
        {"label": _("Incoming messages not yet read"), "text": f"{waiting:,}"},
        {"label": _("Ledger entries"), "text": f"{head.size if head else 0:,}"},
    ]
    if signed:
        day = date_format(timezone.localtime(signed.signed_at), "j F Y, H:i")
        facts.append({"label": _("Last signed checkpoint"), "text": day, "note": f"{signed.size:,}"})
    return facts


def _unreadable(request: StaffRequest) -> list[dict[str, Any]]:
    """Incoming messages that were kept and not understood: each may be a stop, so none waits unseen."""
    aside = setting_aside.waiting().count()
    if not aside:
        return []
    title = ngettext(
        "%(count)s incoming message could not be read", "%(count)s incoming messages could not be read", aside
    ) % {"count": aside}
    text = _(
        "It is kept, sealed, and may say stop. An administrator looks at the log of door and worker for the reason; "
        "until that is mended, record objections that you hear of by hand."
    )
    found: dict[str, Any] = {"title": title, "text": text, "since": None}
    if may(request, OFFICERS):
        found |= {"href": reverse("staff:set_aside", args=[request.organisation.slug]), "label": _("See why")}
    return [found]


def _waiting(request: StaffRequest) -> list[dict[str, Any]]:
    """Replies that wait for a person; nothing when none does."""
    waiting = replies.waiting()
    count, overdue = waiting.count(), waiting.filter(due_at__lt=now()).count()
    if not count:
        return []
    href = reverse("staff:replies", args=[request.organisation.slug])
    return [
        {"label": _("Replies that wait"), "value": f"{count:,}", "href": href, "tone": "warning"},
        {
            "label": _("Of these overdue"),
            "value": f"{overdue:,}",
            "href": href,
            "tone": "danger" if overdue else "success",
        },
    ]


def _first_steps(request: StaffRequest) -> list[dict[str, Any]]:
    slug = request.organisation.slug
    connected = SenderNumber.objects.exists() and Template.objects.exists()
    steps = [
        (_("Publish the privacy policy"), "staff:policy", PrivacyPolicy.objects.exists()),
        (_("Say what messages are for"), "staff:purposes", Purpose.objects.exists()),
        (
            _("Connect a WhatsApp number and its templates"),
            "staff:templates" if SenderNumber.objects.exists() else "staff:whatsapp",
            connected,
        ),
        (_("Bring in contacts, or let people join"), "staff:contacts", Contact.objects.exists()),
        (_("Compose the first campaign"), "staff:campaigns", Campaign.objects.exists()),
    ]
    return [
        {
            "title": title,
            "href": reverse(name, args=[slug]) if name and not done else "",
            "done": done,
            "tone": "success" if done else "neutral",
            "icon": "tick" if done else "next",
            "text": _("Done") if done else "",
        }
        for title, name, done in steps
    ]
