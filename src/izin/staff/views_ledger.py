"""The ledger: where it ends, what was signed, and a recomputation of all of it on request."""

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.consent import verify as consent_verify
from izin.ledger import chain, checkpoints
from izin.ledger import verify as ledger_verify
from izin.ledger.models import Checkpoint, Entry, Head, TimeStamp
from izin.staff.access import OFFICERS, StaffRequest, staff_page

CHECKPOINTS_SHOWN = 10
ENTRIES_SHOWN = 15


@staff_page(*OFFICERS)
def ledger(request: StaffRequest) -> HttpResponse:
    """The head, the newest entries and checkpoints, and the key with which anybody can verify them."""
    return TemplateResponse(request, "staff/ledger.html", _shown(request))


@require_POST
@staff_page(*OFFICERS, snapshot=True)
def verify(request: StaffRequest) -> HttpResponse:
    """Recompute the tree, every checkpoint and every standing, all of one moment, and show what was found."""
    report = ledger_verify.verify()
    problems = [*report.problems, *consent_verify.verify()]
    given = _shown(request) | {"verified": report, "problems": problems}
    return TemplateResponse(request, "staff/ledger.html", given)


@staff_page(*OFFICERS)
def checkpoint(request: StaffRequest) -> HttpResponse:
    """The last signed note, byte for byte, to be kept somewhere else."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        raise Http404
    response = HttpResponse(newest.note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="checkpoint.txt"'
    return response


def _shown(request: StaffRequest) -> dict[str, Any]:
    head = Head.objects.first()
    root = chain.Frontier.from_bytes(bytes(head.frontier)).root().hex() if head else ""
    signed = list(Checkpoint.objects.order_by("-size")[:CHECKPOINTS_SHOWN])
    stamped = TimeStamp.objects.select_related("checkpoint").order_by("-checkpoint__size").first()
    entries = Entry.objects.order_by("-seq").only("seq", "kind", "at")[:ENTRIES_SHOWN]
    stats = [
        {"label": _("Entries"), "value": f"{head.size if head else 0:,}"},
        {"label": _("Signed so far"), "value": f"{signed[0].size if signed else 0:,}"},
    ]
    if stamped is not None:
        at = date_format(localtime(stamped.at), "j F Y, H:i")
        stats.append({"label": _("Time-stamped so far"), "value": f"{stamped.checkpoint.size:,}", "note": at})
    return {
        "stats": stats,
        "root": root,
        "verifier_key": checkpoints.verifier_key(),
        "checkpoint_href": reverse("staff:checkpoint", args=[request.organisation.slug]) if signed else "",
        "verify_href": reverse("staff:ledger_verify", args=[request.organisation.slug]),
        "checkpoint_columns": [{"label": _("Entries")}, {"label": _("Signed")}],
        "checkpoint_rows": [[f"{one.size:,}", {"time": one.signed_at}] for one in signed],
        "entry_columns": [{"label": _("Entry")}, {"label": _("What happened")}, {"label": _("When")}],
        "entry_rows": [[f"{one.seq:,}", _kind(one.kind), {"time": one.at}] for one in entries],
    }


def _kind(kind: str) -> dict[str, str]:
    """What kind of fact an entry holds, and the ledger's own word for it."""
    words = {
        "consent.requested": _("Consent asked"),
        "consent.given": _("Consent given"),
        "consent.imported": _("Consents imported with evidence"),
        "consent.withdrawn": _("Consent withdrawn"),
        "consent.objected": _("Objection"),
        "consent.suppressed": _("Refusals of unknown people kept"),
        "consent.shown": _("Notice shown on the join page"),
        "purpose.added": _("Purpose added"),
        "form.published": _("Form published"),
        "form.closed": _("Form closed"),
        "form.opened": _("Form opened again"),
        "form.framing": _("Sites that may show a form changed"),
        "page.served": _("Page kept, before it was shown"),
        "notice.asks_anew": _("New wording that earlier consents do not cover"),
        "notice.published": _("Notice published"),
        "recipient.registered": _("Recipient entered"),
        "recipient.ended": _("Recipient ended"),
        "contacts.disclosed": _("Contacts given to a recipient"),
        "policy.published": _("Privacy policy published"),
        "template.submitted": _("Template handed in at WhatsApp"),
        "template.status": _("WhatsApp decided about a template"),
        "template.category": _("WhatsApp changed a template's category"),
        "whatsapp.connected": _("WhatsApp account connected"),
        "whatsapp.secret_retired": _("Old app secret ended"),
        "campaign.approved": _("Campaign approved"),
        "campaign.started": _("Campaign started"),
        "campaign.stage_opened": _("Next part of the campaign opened"),
        "campaign.winner_chosen": _("Between two templates the figures decided"),
        "campaign.paused": _("Campaign paused"),
        "campaign.resumed": _("Campaign resumed"),
        "campaign.cancelled": _("Campaign cancelled"),
        "campaign.completed": _("Campaign completed"),
        "campaign.tested": _("Draft tested on colleagues"),
        "campaign.sent_again": _("Decided to send again to the unresolved"),
        "audience.saved": _("Audience saved"),
        "sending.cap_chosen": _("Cap on messages for one person chosen"),
        "sending.stopped": _("All sending stopped"),
        "sending.resumed": _("Sending allowed again"),
        "sending.hours_chosen": _("Sending hours chosen"),
        "sending.installation_stopped": _("All sending stopped by the operator"),
        "sending.installation_resumed": _("Sending allowed again by the operator"),
        "evidence.bundled": _("Evidence handed out"),
    }
    return {"text": words.get(kind, kind), "note": kind}
