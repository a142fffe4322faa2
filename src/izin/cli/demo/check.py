"""Hold the report against what the simulator saw, and every promise against both."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from izin.cli.ledger import verify
from izin.consent.models import Standing
from izin.contacts import book
from izin.contacts.models import Contact
from izin.dispatch.models import Message
from izin.dispatch.report import Report
from izin.organisations import registry
from izin.organisations.scope import scope


def check(organisation_id: UUID, campaign_id: UUID, report: Report, log: Path) -> tuple[list[str], dict[str, Any]]:
    """The promises that do not hold, in words (empty is good), and the ledger's summary."""
    seen = [json.loads(line) for line in log.read_text().splitlines()]
    campaign = [one for one in seen if one["event"] == "message" and one.get("template")]
    accepted = Counter(one["to"] for one in campaign if one["verdict"] in ("accepted", "answer_lost"))
    broken = []
    if twice := sum(1 for count in accepted.values() if count > 1):
        broken.append(f"P4 Once: {twice} people got the campaign twice")
    if strangers := len(set(accepted) - _ever_granted(organisation_id)):
        broken.append(f"P1 Permission: {strangers} people were written to without a consent on record")
    if any("Balas BERHENTI" not in text and "Reply STOP" not in text for text in _footers(organisation_id)):
        broken.append("P2 Way out: a template went out without its opt-out line")
    if report.decided_after_withdrawal:
        broken.append(f"P3 Silence: {report.decided_after_withdrawal} messages were decided after a withdrawal")
    stated = report.accepted + report.unresolved + report.cancelled + report.expired
    stated += sum(report.rejected.values()) + sum(report.suppressed.values())
    if stated != report.planned or report.queued or report.sending or report.uncertain:
        broken.append(f"P5 Accounted: {report.planned} planned, {stated} with a stated outcome")
    if unknown := len(set(accepted) - _accepted(organisation_id, campaign_id) - _open(organisation_id, campaign_id)):
        broken.append(f"P5 Accounted: WhatsApp accepted {unknown} messages that are not accounted as such")
    ledgers = [verify(one) for one in registry.organisation_ids()]
    broken += [f"P6 Proof: {one['organisation']}: {problem}" for one in ledgers for problem in one["problems"]]
    summary = {
        "entries": sum(one["entries"] for one in ledgers),
        "verified": all(one["verified"] for one in ledgers),
    }
    return broken, summary


def _ever_granted(organisation_id: UUID) -> set[str]:
    """The numbers of people who agreed at some time: a standing that was granted, or refused after it was."""
    with scope(organisation_id):
        ids = Standing.objects.exclude(standing=Standing.State.PENDING).values_list("contact_id", flat=True)
        return {number.e164 for number in book.numbers(Contact.objects.filter(id__in=list(ids))).values()}


def _accepted(organisation_id: UUID, campaign_id: UUID) -> set[str]:
    return _numbers_in(organisation_id, campaign_id, ["accepted"])


def _open(organisation_id: UUID, campaign_id: UUID) -> set[str]:
    return _numbers_in(organisation_id, campaign_id, ["unresolved"])


def _numbers_in(organisation_id: UUID, campaign_id: UUID, states: list[str]) -> set[str]:
    with scope(organisation_id):
        ids = Message.objects.filter(campaign_id=campaign_id, state__in=states).values_list("contact_id", flat=True)
        return {number.e164 for number in book.numbers(Contact.objects.filter(id__in=list(ids))).values()}


def _footers(organisation_id: UUID) -> list[str]:
    from izin.whatsapp.models import Template

    with scope(organisation_id):
        return [json.dumps(one.components, ensure_ascii=False) for one in Template.objects.all()]
