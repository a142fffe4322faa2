"""The record of a campaign's rehearsal: begun, ended with its sums, discarded. Nothing of it enters the ledger."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from izin.campaigns.models import Campaign, Rehearsal
from izin.lib.clock import now
from izin.lib.errors import IzinError


class CannotRehearse(IzinError):
    """The campaign has started or ended: there is nothing to try any more."""


def begin(campaign: Campaign, by: UUID) -> Rehearsal:
    """A new rehearsal in place of an earlier one. Raises CannotRehearse."""
    if campaign.state not in (Campaign.State.DRAFT, Campaign.State.APPROVED):
        raise CannotRehearse("Only a campaign that has not started can be rehearsed.")
    discard(campaign)
    return Rehearsal.objects.create(campaign=campaign, by=by, at=now())


def latest(campaign: Campaign) -> Rehearsal | None:
    """The rehearsal that is there, under way or ended."""
    return Rehearsal.objects.filter(campaign=campaign).order_by("-at").first()


def end(rehearsal_id: UUID, *, audience: int, people: int, replies: int, report: Mapping[str, Any]) -> None:
    """Keep the sums; harmless when it was discarded meanwhile."""
    Rehearsal.objects.filter(id=rehearsal_id).update(
        audience=audience, people=people, replies=replies, report=dict(report)
    )


def fail(rehearsal_id: UUID) -> None:
    """It could not be played: the simulator did not start or did not answer."""
    Rehearsal.objects.filter(id=rehearsal_id).update(failed=True)


def discard(campaign: Campaign) -> None:
    """As if it had never been."""
    Rehearsal.objects.filter(campaign=campaign).delete()
