"""Saved audiences of an organisation: kept under a name, edited, counted, and named by campaigns. Inside its scope."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from izin.campaigns import selection
from izin.campaigns.audience import EVERYBODY, Audience, from_json
from izin.campaigns.models import Campaign, SavedAudience
from izin.consent.models import Purpose
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError


class NameTaken(IzinError):
    """Another audience of the organisation has this name."""

    def __init__(self) -> None:
        super().__init__("Another audience has this name. Choose another one, or edit that audience.")


@dataclass(frozen=True, slots=True)
class CountFor:
    """How many contacts the rules hold for, and how many of them stand for the purpose at this moment."""

    purpose: Purpose
    people: int
    stand: int


def save(name: str, audience: Audience, *, by: UUID) -> SavedAudience:
    """A new audience under this name. Raises NameTaken."""
    moment = now()
    saved, is_new = SavedAudience.objects.get_or_create(
        name=name, defaults={"rules": audience.as_json(), "edited_by": by, "created_at": moment, "edited_at": moment}
    )
    if not is_new:
        raise NameTaken
    _log(saved)
    return saved


def change(saved: SavedAudience, name: str, audience: Audience, *, by: UUID) -> None:
    """Give a saved audience other rules. What has started keeps those it started with, what was approved must be
    approved again. Raises NameTaken.
    """
    if SavedAudience.objects.filter(name=name).exclude(id=saved.id).exists():
        raise NameTaken
    saved.name, saved.rules, saved.edited_by, saved.edited_at = name, audience.as_json(), by, now()
    saved.save(update_fields=["name", "rules", "edited_by", "edited_at"])
    _log(saved)


def of(campaign: Campaign) -> Audience:
    """The rules of a campaign: as they were when it started, until then as they stand now."""
    return from_json(rules_of(campaign))


def rules_of(campaign: Campaign) -> dict[str, Any] | None:
    """The same in plain values; None when it goes to everybody who stands."""
    if campaign.started_at is not None:
        return campaign.audience_rules
    return SavedAudience.objects.values_list("rules", flat=True).filter(id=campaign.audience_id).first()


def hold(campaign: Campaign) -> None:
    """Let nobody edit the campaign's audience until the transaction ends."""
    SavedAudience.objects.select_for_update().filter(id=campaign.audience_id).first()


def count(audience: Audience) -> list[CountFor]:
    """For each purpose, in their order. One statement for each."""
    return [_counted(audience, purpose) for purpose in Purpose.objects.all()]


def by_language(purpose: Purpose, audience: Audience = EVERYBODY) -> dict[str, int]:
    """How many people with a standing consent for the purpose the rules hold for now, by language."""
    return dict(selection.ask("stand_by_language", audience, purpose.id))


def who_stand(purpose: Purpose, audience: Audience, most: int) -> list[UUID]:
    """The first of these people, at most so many."""
    return [contact_id for contact_id, _language in selection.ask("who_stands", audience, purpose.id, most=most)]


def _counted(audience: Audience, purpose: Purpose) -> CountFor:
    ((people, stand),) = selection.ask("count_people", audience, purpose.id)
    return CountFor(purpose, people, stand)


def _log(saved: SavedAudience) -> None:
    log.append("audience.saved", {"audience": str(saved.id), "rules": saved.rules, "by": str(saved.edited_by)})
