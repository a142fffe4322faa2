"""A campaign from draft to its end. Each step is a compare-and-swap, so a double click or two people change it once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from izin.campaigns import audiences, preflight, rules, stages
from izin.campaigns.models import Approval, Campaign, Pause, Resend, SavedAudience
from izin.campaigns.staging import Step
from izin.campaigns.waking import wake_lanes
from izin.consent.models import Purpose
from izin.ledger import log
from izin.ledger.chain import canonical
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.scope import current
from izin.whatsapp.models import SenderNumber, Template

TEST_FOR = timedelta(hours=1)
ABOUT_THE_MESSAGE = ("purpose", "template", "sender")  # where the findings lie that forbid a test, too


class NotPossible(IzinError):
    """The campaign is in no state for this step, or the pre-flight has findings that must be mended first."""


def draft(
    name: str,
    *,
    purpose: Purpose,
    sender: SenderNumber,
    template_name: str,
    parameters: Mapping[str, Mapping[str, str]],
    author: UUID,
    not_after: datetime,
    priority: int = Campaign.Priority.NORMAL,
    steps: Sequence[Step] = (),
    variant_name: str = "",
    audience: SavedAudience | None = None,
    refresh_days: int | None = None,
) -> Campaign:
    """A campaign to be checked and approved, for everybody who stands or those in the audience. Nothing is sent.

    With ``steps`` it will go out in parts. With ``variant_name`` half of the first part gets this template instead, and
    the better one goes to the rest. With ``refresh_days`` it asks for renewal, and goes to everybody whose consent ends
    within so many days, whatever audience they would be in.
    """
    if variant_name and len(steps) < 2:
        raise ValueError("Two templates are compared in a first part, before the rest.")
    if refresh_days and audience:
        raise ValueError("A renewal goes to everybody whose consent ends, and to no audience.")
    campaign = Campaign.objects.create(
        name=name,
        purpose=purpose,
        sender=sender,
        template_name=template_name,
        variant_name=variant_name,
        parameters=dict(parameters),
        author=author,
        not_after=not_after,
        priority=priority,
        audience=audience,
        created_at=now(),
        refresh_days=refresh_days,
    )
    if steps:
        stages.plan(campaign, steps)
    return campaign


def begin_test(campaign: Campaign, *, people: int, by: UUID) -> Campaign:
    """A campaign of its own that says the same, to be sent to own people and counted nowhere else. It runs at once and
    needs no approval; what WhatsApp or the law would refuse of the message itself stops it. Raises NotPossible.
    """
    if campaign.state not in (Campaign.State.DRAFT, Campaign.State.APPROVED) or campaign.test_of_id is not None:
        raise NotPossible("Only a campaign that has not started can be tested.")
    found = preflight.findings(campaign)
    if wrong := [one.code for one in found if one.severity != "note" and one.where in ABOUT_THE_MESSAGE]:
        raise NotPossible("The campaign cannot be tested: " + ", ".join(wrong))
    moment = now()
    test = Campaign.objects.create(
        name=campaign.name,
        purpose=campaign.purpose,
        sender=campaign.sender,
        template_name=campaign.template_name,
        parameters=campaign.parameters,
        state=Campaign.State.RUNNING,
        author=by,
        not_after=moment + TEST_FOR,
        created_at=moment,
        started_at=moment,
        test_of=campaign,
    )
    told = {"campaign": str(campaign.id), "test": str(test.id), "content": digest_of(campaign), "people": people}
    log.append("campaign.tested", told | {"by": str(by)})
    return test


def approve(campaign: Campaign, approver: UUID) -> Approval:
    """Somebody else than the author agrees to what the pre-flight found clean. Raises NotPossible."""
    findings = preflight.blockers(campaign, approver=approver)
    if findings:
        raise NotPossible("The campaign cannot be approved yet: " + ", ".join(finding.code for finding in findings))
    _move(campaign, Campaign.State.DRAFT, Campaign.State.APPROVED)
    content = canonical(content_of(campaign))
    digest = _digest(content)
    agreed = {"approver": approver, "digest": digest, "content": content.decode()}
    approval = Approval.objects.create(campaign=campaign, at=now(), **agreed)
    log.append("campaign.approved", {"campaign": str(campaign.id), "digest": digest, "approver": str(approver)})
    return approval


def start(campaign: Campaign) -> None:
    """Let it run. The approval must be of exactly this content. Raises NotPossible."""
    audiences.hold(campaign)
    approval = _approval_of(campaign)
    if approval is None or approval.digest != digest_of(campaign):
        raise NotPossible("The campaign was changed after it was approved. Have it approved again.")
    findings = preflight.blockers(campaign, approver=approval.approver)
    if findings:
        raise NotPossible("The campaign cannot start: " + ", ".join(finding.code for finding in findings))
    rules = audiences.rules_of(campaign)
    _move(campaign, Campaign.State.APPROVED, Campaign.State.RUNNING, started_at=now(), audience_rules=rules)
    told = {"campaign": str(campaign.id), "digest": approval.digest, "purpose": campaign.purpose.key}
    log.append("campaign.started", told | ({"audience": rules} if rules is not None else {}))


def pause(campaign: Campaign, reason: str, *, by: UUID | None) -> None:
    """Decide nothing more for it. What is in flight arrives."""
    _move(campaign, Campaign.State.RUNNING, Campaign.State.PAUSED)
    Pause.objects.create(campaign=campaign, reason=reason, by=by, at=now())
    log.append("campaign.paused", {"campaign": str(campaign.id), "reason": reason})


def pause_by_machine(campaign_id: UUID, reason: str) -> None:
    """The same when a lane finds that it would fail for everybody. Harmless when it is paused already."""
    campaign = Campaign.objects.get(id=campaign_id)
    if campaign.state == Campaign.State.RUNNING:
        pause(campaign, reason, by=None)


def resume(campaign: Campaign, *, by: UUID | None = None) -> None:
    """Go on after a pause. After a stop of its own somebody else than the author decides. Raises NotPossible."""
    stop = stages.stopped(campaign)
    if stop is not None and by in (None, campaign.author):
        raise NotPossible("The campaign stopped by itself. Somebody else than its author decides whether it goes on.")
    _move(campaign, Campaign.State.PAUSED, Campaign.State.RUNNING)
    Pause.objects.filter(campaign=campaign, lifted_at=None).update(lifted_at=now())
    wake_lanes(current())
    decided = {"reason": stop.reason, "by": str(by)} if stop is not None else {}
    log.append("campaign.resumed", {"campaign": str(campaign.id)} | decided)


def cancel(campaign: Campaign) -> None:
    """End it; what is still waiting will not be sent."""
    before = (Campaign.State.DRAFT, Campaign.State.APPROVED, Campaign.State.RUNNING, Campaign.State.PAUSED)
    _move(campaign, before, Campaign.State.CANCELLED, ended_at=now())
    log.append("campaign.cancelled", {"campaign": str(campaign.id)})


def complete(campaign: Campaign, report: Mapping[str, Any]) -> None:
    """Every planned person has one stated outcome: seal the sums in the ledger."""
    _move(campaign, Campaign.State.RUNNING, Campaign.State.COMPLETED, ended_at=now(), report=dict(report))
    log.append("campaign.completed", {"campaign": str(campaign.id), "report": _whole_numbers(report)})


def send_again(campaign: Campaign, unresolved: Mapping[str, int], *, by: UUID, reason: str, until: datetime) -> Resend:
    """Reopen a campaign for those of whom nobody knows whether they got it: who decided, why, how many, until when.

    ``unresolved`` counts them by language. Somebody else than the author decides, about exactly what was approved, and
    the pre-flight must find nothing against it now. Raises NotPossible.
    """
    people = sum(unresolved.values())
    approval = _approval_of(campaign)
    if reason not in Resend.Reason.values or not people or campaign.test_of_id is not None:
        raise NotPossible("There is nobody to send to again, or no reason was given.")
    if approval is None or approval.digest != digest_of(campaign):
        raise NotPossible("The message was changed after it was approved. Compose a new campaign.")
    facts = replace(preflight.facts_of(campaign, by), audience=dict(unresolved), not_after=until)
    if wrong := [finding.code for finding in rules.check(facts) if finding.severity != "note"]:
        raise NotPossible("It cannot be sent again: " + ", ".join(wrong))
    before = (Campaign.State.COMPLETED, Campaign.State.RUNNING)
    _move(campaign, before, Campaign.State.RUNNING, again_until=max(until, campaign.not_after), ended_at=None)
    decided = Resend.objects.create(campaign=campaign, by=by, reason=reason, people=people, at=now(), until=until)
    told = {"campaign": str(campaign.id), "people": people, "by": str(by), "until": log.timestamp(until)}
    log.append("campaign.sent_again", told | {"decision": str(decided.id), "reason": decided.reason})
    return decided


def approved_content(campaign: Campaign) -> bytes:
    """What was approved, byte by byte as it was digested; for what nobody approved yet, as it is now."""
    approval = _approval_of(campaign)
    return approval.content.encode() if approval and approval.content else canonical(content_of(campaign))


def is_as_approved(campaign: Campaign) -> bool:
    """Whether Meta still has each template as it was approved. One more language of it changes nothing."""
    approved, current = json.loads(approved_content(campaign)), content_of(campaign)
    names = ("template", "variant")
    return all(written in current.get(name, []) for name in names for written in approved.get(name, []))


def _approval_of(campaign: Campaign) -> Approval | None:
    return Approval.objects.filter(campaign=campaign).order_by("-at").first()


def digest_of(campaign: Campaign) -> str:
    """SHA-256 over everything that a recipient would notice, and that an approval therefore covers."""
    return _digest(canonical(content_of(campaign)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_of(campaign: Campaign) -> dict[str, Any]:
    """Everything that a recipient would notice, in the form that is digested and that an outsider can digest again.

    Whoever approves agrees to the audience's rules as well: other rules need another approval.
    """
    named = Template.objects.filter(account_id=campaign.sender.account_id)
    written = {
        name: [[one.language, one.category, one.components] for one in named.filter(name=name).order_by("language")]
        for name in (campaign.template_name, campaign.variant_name)
    }
    steps = [[stage.percent, stage.wait_s] for stage in stages.of(campaign)]
    rules = audiences.rules_of(campaign)
    return {
        **({"audience": rules} if rules is not None else {}),
        **({"stages": steps} if steps else {}),
        **({"variant": written[campaign.variant_name]} if campaign.variant_name else {}),
        "purpose": str(campaign.purpose_id),
        "sender": str(campaign.sender_id),
        "template": written[campaign.template_name],
        "parameters": campaign.parameters,
        "not_after": log.timestamp(campaign.not_after),
        **({"refresh_days": campaign.refresh_days} if campaign.refresh_days else {}),
    }


def _move(campaign: Campaign, before: str | tuple[str, ...], after: str, **changes: Any) -> None:
    states = (before,) if isinstance(before, str) else before
    moved = Campaign.objects.filter(id=campaign.id, state__in=states).update(state=after, **changes)
    if not moved:
        campaign.refresh_from_db(fields=["state"])
        raise NotPossible(f"The campaign is {campaign.get_state_display()}: this step is not possible now.")
    campaign.refresh_from_db()


def _whole_numbers(report: Mapping[str, Any]) -> dict[str, Any]:
    """The ledger holds counts; milliseconds are rounded, since canonical JSON and floats are no friends."""
    return {key: round(value) if isinstance(value, float) else value for key, value in report.items()}
