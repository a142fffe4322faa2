"""Play the campaign: import, check, approve by a second person, send, hear BERHENTI midway, wait for the end."""

import json
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from izin.campaigns import lifecycle, preflight
from izin.campaigns.models import Campaign
from izin.cli.demo.place import Place
from izin.cli.demo.stage import PARAMETERS, PHONE_NUMBER_ID, TEMPLATE, Stage
from izin.cli.terminal import Progress, say
from izin.consent import files, intake, review
from izin.consent.models import ContactFile
from izin.contacts import spreadsheet
from izin.dispatch import outbox
from izin.dispatch.report import Report, report_on
from izin.inbound import drain
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.scope import scope

EXAMPLE = Path(__file__).parents[4] / "examples" / "akademi-cahaya.csv"
EARLY_STOPS = 12
STOPS_AT = 0.35
WATCH_S = 0.25
LONGEST_S = 900.0


class Stuck(IzinError):
    """The campaign did not come to its end."""


def take_in(stage: Stage) -> ContactFile:
    """Import the example's 2,000 parents; what carries no evidence is refused, the rest is reviewed by another."""
    with scope(stage.organisation_id):
        given = {"name": EXAMPLE.name, "purpose": stage.purpose, "uploaded_by": stage.author.id}
        file, _ = files.receive(EXAMPLE.read_bytes(), **given)
    progress = Progress("import")
    file = intake.take_in(stage.organisation_id, file.id)
    if file.state == ContactFile.State.REVIEW:
        with scope(stage.organisation_id):
            sample = review.lines_of(file)
            review.accept(file.id, by=stage.reviewer.id, confirmed=sample)
        say(f"reviewed     {len(sample)} proofs, drawn at random, by somebody else than the importer")
    file = intake.take_in(stage.organisation_id, file.id, progress=progress.show)
    progress.end()
    return file


def launch(place: Place, stage: Stage) -> UUID:
    """The campaign, drafted, checked, approved by the reviewer and started; taken up where a killed demo left it."""
    with scope(stage.organisation_id):
        campaign = Campaign.objects.select_related("sender").filter(id=place.memory.campaign or None).first()
        if campaign is None:
            campaign = lifecycle.draft(
                "Kelas cuti sekolah",
                purpose=stage.purpose,
                sender=stage.sender,
                template_name=TEMPLATE,
                parameters=PARAMETERS,
                author=stage.author.id,
                not_after=now() + timedelta(days=7),
            )
            findings = preflight.findings(campaign, approver=stage.reviewer.id)
            stopping = preflight.blockers(campaign, approver=stage.reviewer.id)
            say(f"pre-flight   {len(findings)} findings, {len(stopping)} of them blocking")
    place.memory.campaign = str(campaign.id)
    place.remember()
    with scope(stage.organisation_id):
        campaign = Campaign.objects.select_related("sender").get(id=campaign.id)
        if campaign.state == Campaign.State.DRAFT:
            lifecycle.approve(campaign, stage.reviewer.id)
            say("approved     by the reviewer, who is not the author")
        if campaign.state == Campaign.State.APPROVED:
            planned = outbox.start(campaign)
            say(f"started      {planned} people planned")
    return campaign.id


def watch(place: Place, stage: Stage, campaign_id: UUID) -> Report:
    """Follow the campaign to its end; a few people who are still waiting in line say BERHENTI on the way."""
    progress = Progress("sending")
    begun = time.monotonic()
    while True:
        with scope(stage.organisation_id):
            report = report_on(campaign_id)
            state = Campaign.objects.values_list("state", flat=True).get(id=campaign_id)
        progress.show(report.settled, report.planned, f"{report.accepted} accepted, {report.delivered} delivered")
        if report.planned and report.settled >= STOPS_AT * report.planned and not place.memory.said_stop:
            _say_stop(place, _last_in_line(EARLY_STOPS))
        if state in (Campaign.State.COMPLETED, Campaign.State.CANCELLED) and _is_quiet(place, stage):
            progress.end()
            return report
        if time.monotonic() - begun > LONGEST_S:
            progress.end()
            raise Stuck(f"The campaign is still {state} after {LONGEST_S:.0f} s. See the lines of its processes above.")
        time.sleep(WATCH_S)


def control(place: Place, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One call to the simulator's control API."""
    request = urllib.request.Request(  # noqa: S310 - our own simulator on the loopback
        f"{place.url('simulator')}/control/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found


def _say_stop(place: Place, numbers: list[str]) -> None:
    place.memory.said_stop = True
    place.remember()
    for number in numbers:
        control(place, "say", {"from": number, "to_phone_number_id": PHONE_NUMBER_ID, "text": "BERHENTI"})


def _last_in_line(count: int) -> list[str]:
    """People at the end of the example file: messages are sent in the order in which contacts were added."""
    rows = [row for row in spreadsheet.read(EXAMPLE.read_bytes(), country="MY").rows if not row.withdrawn_at]
    return [row.number.e164 for row in rows[-count:]]


def _is_quiet(place: Place, stage: Stage) -> bool:
    """Whether every webhook was delivered and dealt with."""
    return control(place, "state")["webhooks_pending"] == 0 and drain.backlog(stage.organisation_id) == 0
