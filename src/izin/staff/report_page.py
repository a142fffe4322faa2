"""The figures of a campaign, in words and in the order in which people ask for them."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from izin.campaigns.models import Campaign
from izin.dispatch.report import Report
from izin.staff.reasons import in_words


def segments(report: Report) -> list[dict[str, Any]]:
    """Every planned person in exactly one part."""
    read = min(report.read, report.accepted)
    delivered = max(min(report.delivered, report.accepted) - read, 0)
    accepted = report.accepted - read - delivered
    parts = [
        ("read", read),
        ("delivered", delivered),
        ("accepted", accepted),
        ("queued", report.queued),
        ("sending", report.sending),
        ("suppressed", sum(report.suppressed.values())),
        ("rejected", sum(report.rejected.values())),
        ("uncertain", report.uncertain),
        ("unresolved", report.unresolved),
        ("cancelled", report.cancelled),
        ("expired", report.expired),
    ]
    return [
        {"state": state, "count": count} | ({"label": _("Window closed")} if state == "expired" else {})
        for state, count in parts
        if count
    ]


def shown(campaign: Campaign, report: Report) -> dict[str, Any]:
    """The context of the report page."""
    return {
        "report": report,
        "segments": segments(report),
        "stats": [
            {"label": _("Planned"), "value": number_format(report.planned, force_grouping=True)},
            _share(_("Accepted by WhatsApp"), report.accepted, report.planned, "brand"),
            _share(_("Delivered"), report.delivered, report.planned, "success"),
            _share(_("Read"), report.read, report.planned, "success"),
        ],
        "promises": [
            {"label": _("Withdrew while it ran"), "text": _count(report.withdrawn_mid_campaign)},
            {
                "label": _("Messages decided after a withdrawal"),
                "text": _count(report.decided_after_withdrawal),
                "note": _("This must never happen.") if report.decided_after_withdrawal else _("As promised: none."),
            },
            {"label": _("From opt-out to silence, half of the people"), "text": _milliseconds(report.silence_p50_ms)},
            {"label": _("From opt-out to silence, 99 of 100"), "text": _milliseconds(report.silence_p99_ms)},
        ],
        "broken_promise": report.decided_after_withdrawal > 0,
        "sums": [
            {"label": _("Waiting"), "text": _count(report.queued)},
            {"label": _("On the way to WhatsApp"), "text": _count(report.sending)},
            {"label": _("Sent, as WhatsApp says"), "text": _count(report.sent)},
            {"label": _("Failed later, as WhatsApp says"), "text": _count(report.failed)},
            {
                "label": _("Uncertain"),
                "text": _count(report.uncertain),
                "note": _("The answer was lost. They are never sent again; WhatsApp's own status may still come.")
                if report.uncertain
                else "",
            },
            {"label": _("Unresolved"), "text": _count(report.unresolved)},
            {"label": _("Cancelled"), "text": _count(report.cancelled)},
            {"label": _("Window closed"), "text": _count(report.expired)},
        ],
        "columns": [{"label": _("Why")}, {"label": _("People"), "numeric": True}],
        "suppressed": _by_reason(report.suppressed),
        "rejected": _by_reason(report.rejected),
        "planned_is_accounted": report.settled == report.planned,
    }


def _share(label: str, count: int, planned: int, tone: str) -> dict[str, Any]:
    return {
        "label": label,
        "value": _count(count),
        "tone": tone,
        "note": f"{100 * count / planned:.0f}%" if planned else "",
    }


def _by_reason(reasons: dict[str, int]) -> list[list[str]]:
    listed = sorted(reasons.items(), key=lambda pair: -pair[1])
    return [[in_words(reason).removesuffix(".").capitalize(), _count(count)] for reason, count in listed]


def _count(number: int) -> str:
    return number_format(number, force_grouping=True)


def _milliseconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.1f} ms"
