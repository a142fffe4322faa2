"""``izin campaign send``: draft, check, have a second person approve, start, and watch it go."""

import argparse
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from izin.cli.members import authenticate, member
from izin.cli.terminal import NotFound, Progress, organisation, say
from izin.lib.errors import IzinError

if TYPE_CHECKING:
    from izin.campaigns.models import Campaign, SavedAudience
    from izin.organisations.models import User

WATCH_S = 0.5
PRIORITIES = ("urgent", "normal", "low")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = subparsers.add_parser("campaign", help="send a campaign").add_subparsers(metavar="verb", required=True)
    send = verbs.add_parser("send", help="draft, check, approve by a second person, start and watch")
    send.add_argument("name", help="what staff call it")
    send.add_argument("--organisation")
    send.add_argument("--purpose", required=True, help="the key of the purpose")
    send.add_argument("--template", required=True, help="the template's name")
    send.add_argument(
        "--value", action="append", default=[], metavar="PLACEHOLDER=TEXT", help="what stands in a placeholder"
    )
    send.add_argument(
        "--contact-name",
        metavar="PLACEHOLDER=FALLBACK",
        help="the placeholder for the name",
    )
    send.add_argument("--sender", help="the sender's phone number id; the only one when left out")
    send.add_argument("--audience", metavar="NAME", help="a saved audience; everybody who agreed when left out")
    send.add_argument("--priority", choices=PRIORITIES, default="normal", help="before or after other campaigns")
    send.add_argument(
        "--ramp", type=float, metavar="HOURS", help="1 %% of the people, 10 %%, then the rest, so long after each other"
    )
    send.add_argument("--author", required=True, help="e-mail address of the member of staff who writes it")
    send.add_argument("--approver", required=True, help="e-mail address of the one who approves it")
    send.add_argument("--approver-password-file", type=Path, help="asked for when left out")
    send.add_argument("--hours", type=float, default=24.0, help="nothing is sent later than this (24)")
    send.add_argument("--json", action="store_true", help="the report as one JSON object")
    send.set_defaults(handler=run)


def run(parsed: argparse.Namespace) -> int:
    """Send a campaign from the terminal. The approver gives the own password: two people agree, as on the screen."""
    from izin.organisations.roles import APPROVERS, COMPOSERS
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    author = member(organisation_id, parsed.author, COMPOSERS, "compose campaigns")
    approver = member(organisation_id, parsed.approver, APPROVERS, "approve campaigns")
    with scope(organisation_id):
        campaign = _draft(parsed, author)
        _show_findings(campaign, approver)
    authenticate(approver, parsed.approver_password_file)
    with scope(organisation_id):
        from izin.campaigns import lifecycle
        from izin.dispatch import outbox

        lifecycle.approve(campaign, approver.id)
        say(f"approved by {approver.username}; {outbox.start(campaign)} people planned")
    _watch(organisation_id, campaign.id, as_json=parsed.json)
    return 0


def _draft(parsed: argparse.Namespace, author: "User") -> "Campaign":
    from izin.campaigns import lifecycle, staging
    from izin.campaigns.models import Campaign
    from izin.consent.models import Purpose
    from izin.lib.clock import now
    from izin.whatsapp.models import SenderNumber

    purpose = Purpose.objects.filter(key=parsed.purpose).first()
    if purpose is None:
        raise NotFound(f"There is no purpose “{parsed.purpose}”.")
    senders = SenderNumber.objects.select_related("account")
    chosen = list(senders.filter(phone_number_id=parsed.sender) if parsed.sender else senders)
    if len(chosen) != 1:
        raise NotFound("Say which sender number: --sender PHONE_NUMBER_ID.")
    return lifecycle.draft(
        parsed.name,
        purpose=purpose,
        sender=chosen[0],
        template_name=parsed.template,
        parameters=_parameters(parsed),
        author=author.id,
        not_after=now() + timedelta(hours=parsed.hours),
        priority=Campaign.Priority[parsed.priority.upper()],
        steps=staging.ramp(timedelta(hours=parsed.ramp)) if parsed.ramp is not None else (),
        audience=_audience(parsed.audience),
    )


def _audience(name: str | None) -> "SavedAudience | None":
    from izin.campaigns.models import SavedAudience

    if name is None:
        return None
    found = SavedAudience.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(f"“{one}”" for one in SavedAudience.objects.order_by("name").values_list("name", flat=True))
        raise NotFound(f"There is no audience “{name}”." + (f" There are: {known}." if known else ""))
    return found


def _parameters(parsed: argparse.Namespace) -> dict[str, dict[str, str]]:
    """What stands in each placeholder. Raises IzinError for an argument without “=”."""
    found: dict[str, dict[str, str]] = {}
    for given in parsed.value:
        placeholder, separator, text = given.partition("=")
        if not separator:
            raise IzinError(f"“{given}” needs a placeholder and its text: --value price=RM99.")
        found[placeholder] = {"text": text}
    if parsed.contact_name:
        placeholder, _, fallback = parsed.contact_name.partition("=")
        found[placeholder] = {"field": "name", "fallback": fallback}
    return found


def _show_findings(campaign: "Campaign", approver: "User") -> None:
    """Print the pre-flight, and stop where something must be mended first."""
    from izin.campaigns import preflight
    from izin.campaigns.rules_messages import explain

    findings = preflight.findings(campaign, approver=approver.id)
    for finding in findings:
        say(f"{finding.severity}: {explain(finding, 'en')}")
    if any(finding.severity != "note" for finding in findings):
        raise IzinError("The pre-flight stops this campaign. Mend what it says, and send it again.")


def _watch(organisation_id: UUID, campaign_id: UUID, *, as_json: bool) -> None:
    from izin.campaigns.models import Campaign
    from izin.dispatch.report import report_on
    from izin.organisations.scope import scope

    say("Sending is done by “izin up”; this only watches, and may be ended.")
    progress = Progress("sending")
    ended = (Campaign.State.COMPLETED, Campaign.State.CANCELLED)
    while True:
        with scope(organisation_id):
            report = report_on(campaign_id)
            state = Campaign.objects.values_list("state", flat=True).get(id=campaign_id)
        progress.show(report.settled, report.planned, f"{report.accepted} accepted, {report.delivered} delivered")
        if state in ended:
            break
        time.sleep(WATCH_S)
    progress.end()
    print(json.dumps(report.as_json()) if as_json else f"{state}: {report.accepted} accepted of {report.planned}")
