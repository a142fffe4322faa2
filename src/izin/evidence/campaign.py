"""The bundle about one campaign: what it said, who agreed to it, and on which acts each message rested."""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from izin.campaigns import lifecycle
from izin.campaigns.models import Campaign
from izin.consent.models import Evidence
from izin.contacts.models import Contact
from izin.dispatch.models import Attempt, Message
from izin.dispatch.report import report_on
from izin.evidence import bundle, gather, timeline
from izin.ledger import chain, log
from izin.ledger.models import Entry

OPENED = 20  # people whose evidence is opened, picked at random: an auditor's sample


def bundle_of_campaign(campaign: Campaign, *, by: UUID | None = None, opened: int = OPENED) -> bytes:
    """The campaign's content, approval and sums, every recipient's outcome and the acts it rested on, as a zip file.

    People stand in it by their reference. The evidence of ``opened`` of them, drawn by lot, is opened; the others' acts
    are proven closed (GDPR Art. 5(1)(c)). Raises gather.NotWhole, and what ``checkpoints.sign`` raises.
    """
    messages = list(
        Message.objects.filter(campaign=campaign).order_by("contact_id").values("id", "contact_id", "state", "reason")
    )
    armed = Attempt.objects.filter(message__campaign=campaign).values_list("message_id")
    armed_at = dict(armed.annotate(Max("armed_at")))  # the last try
    reference = dict(
        Contact.objects.filter(id__in=[one["contact_id"] for one in messages]).values_list("id", "subject_ref")
    )
    rows = _acts(campaign, list(reference))
    acts = gather.acts_of(rows, _drawn(list(reference), opened))
    steps = _steps(campaign)
    recipients = [
        {
            "subject": str(reference[one["contact_id"]]),
            "state": one["state"],
            "reason": one["reason"],
            "armed_at": log.timestamp(armed_at[one["id"]]) if one["id"] in armed_at else None,
        }
        for one in messages
        if one["contact_id"] in reference
    ]
    more = {
        "campaign.json": lifecycle.approved_content(campaign),
        "recipients.jsonl": gather.lines(recipients),
        **timeline.pages_of_campaign(campaign, [leaf for _, leaf in steps], report_on(campaign.id)),
    }
    about = {"kind": "campaign", "campaign": str(campaign.id), "purpose": campaign.purpose.key, "whole_log": False}
    numbers = {seq for seq, _ in steps}
    return bundle.make(about, acts, more=more, entries=numbers, dated=numbers, by=by)


def _acts(campaign: Campaign, contact_ids: Sequence[UUID]) -> list[Evidence]:
    """Everything that the recipients did about the campaign's purpose, refusals of everything among it."""
    about_it = Q(purpose=campaign.purpose_id) | Q(purpose=None)
    rows = Evidence.objects.filter(about_it, contact_id__in=contact_ids)
    return list(rows.select_related("purpose", "notice_version"))


def _drawn(people: list[UUID], count: int) -> list[UUID]:
    return secrets.SystemRandom().sample(people, min(count, len(people)))


def _steps(campaign: Campaign) -> list[tuple[int, dict[str, Any]]]:
    """The entries of the campaign's life, by number."""
    steps = "approved started stage_opened winner_chosen paused resumed cancelled completed sent_again"
    kinds = [f"campaign.{step}" for step in steps.split()]
    entries = Entry.objects.filter(kind__in=kinds, at__gte=campaign.created_at).order_by("seq")
    found = ((seq, chain.json_of(bytes(leaf))) for seq, leaf in entries.values_list("seq", "leaf"))
    return [(seq, leaf) for seq, leaf in found if leaf["body"].get("campaign") == str(campaign.id)]
