"""The readable pages of a bundle, in both languages: an HTML file each, complete in itself, and the same as PDF."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from izin.campaigns.models import Campaign
from izin.consent.models import Evidence
from izin.dispatch.report import Report
from izin.evidence import documents
from izin.lib.clock import now
from izin.lib.typeset import pdf
from izin.organisations.models import Organisation
from izin.organisations.scope import current

LANGUAGES = ("en", "ms")


def pages_of_person(
    who: Mapping[str, str],
    rows: Sequence[Evidence],
    lines: Iterable[Mapping[str, Any]],
    messages: Sequence[Mapping[str, Any]],
) -> dict[str, bytes]:
    """``timeline.en.html``, ``timeline.en.pdf`` and both in Malay about one person, in the order of the acts."""
    payloads = {(line["entry"], line["position"]): line["payload"] for line in lines}
    pages = {}
    for language in LANGUAGES:
        with translation.override(language):
            acts = [_act(row, payloads.get((row.entry_seq, row.position))) for row in sorted(rows, key=_when)]
            given = {"who": who, "acts": acts, "messages": messages, **_frame()}
            pages[f"timeline.{language}.html"] = _page("evidence/person.html", given)
            pages[f"timeline.{language}.pdf"] = pdf(documents.of_person(given))
    return pages


def pages_of_campaign(campaign: Campaign, steps: Sequence[Mapping[str, Any]], report: Report) -> dict[str, bytes]:
    """The same about a campaign: its steps and its sums."""
    pages = {}
    for language in LANGUAGES:
        with translation.override(language):
            given = {
                "campaign": campaign,
                "purpose": campaign.purpose.name,
                "steps": [{"at": step["at"], "what": _step(step["kind"]), "entry": step["seq"]} for step in steps],
                "sums": _sums(report),
                **_frame(),
            }
            pages[f"timeline.{language}.html"] = _page("evidence/campaign.html", given)
            pages[f"timeline.{language}.pdf"] = pdf(documents.of_campaign(given))
    return pages


def _frame() -> dict[str, Any]:
    return {"by": Organisation.objects.get(id=current()), "made_at": now(), "lang": translation.get_language()}


def _page(template: str, given: Mapping[str, Any]) -> bytes:
    return render_to_string(template, dict(given)).encode()


def _act(row: Evidence, payload: Mapping[str, Any] | None) -> dict[str, Any]:
    version, language = row.notice_version, row.language
    shown = version.texts.get(language, {}) if version else {}
    return {
        "at": row.at,
        "received_at": row.received_at,
        "what": row.get_act_display(),
        "how": row.get_method_display(),
        "purpose": row.purpose.name if row.purpose else _("everything"),
        "statement": shown.get("statement", ""),
        "language": language,
        "version": version.name if version else "",
        "digest": version.digest if version else "",
        "said": (payload or {}).get("words", ""),
        "message_id": (payload or {}).get("message_id", ""),
        "is_open": payload is not None,
        "entry": row.entry_seq,
    }


def _when(row: Evidence) -> Any:
    return row.at, row.entry_seq, row.position


def _step(kind: str) -> str:
    return {
        "campaign.approved": _("Campaign approved"),
        "campaign.started": _("Campaign started"),
        "campaign.stage_opened": _("Next part of the campaign opened"),
        "campaign.winner_chosen": _("Between two templates the figures decided"),
        "campaign.paused": _("Campaign paused"),
        "campaign.resumed": _("Campaign resumed"),
        "campaign.cancelled": _("Campaign cancelled"),
        "campaign.completed": _("Campaign completed"),
        "campaign.sent_again": _("Decided to send again to the unresolved"),
    }[kind]


def _sums(report: Report) -> list[tuple[str, int]]:
    return [
        (_("Planned"), report.planned),
        (_("Accepted by WhatsApp"), report.accepted),
        (_("Delivered"), report.delivered),
        (_("Read"), report.read),
        (_("Not sent, to respect what people want"), sum(report.suppressed.values())),
        (_("Refused by WhatsApp"), sum(report.rejected.values())),
        (_("Messages decided after a withdrawal"), report.decided_after_withdrawal),
    ]
