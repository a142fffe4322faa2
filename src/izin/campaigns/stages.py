"""The parts of a campaign as rows: planned with the draft, opened one after the other. Inside a scope."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from izin.campaigns import staging
from izin.campaigns.choosing import Choice
from izin.campaigns.models import Campaign, Pause, Stage
from izin.campaigns.staging import Signals, Step
from izin.ledger import log
from izin.lib.clock import now


def plan(campaign: Campaign, steps: Sequence[Step]) -> None:
    """Let a draft go out in these parts. Raises ValueError when they do not grow to everybody."""
    staging.check_steps(steps)
    Stage.objects.bulk_create(
        Stage(campaign=campaign, place=place, percent=step.percent, wait_s=int(step.wait.total_seconds()))
        for place, step in enumerate(steps, start=1)
    )


def of(campaign: Campaign) -> list[Stage]:
    """Its parts in their order; none for a campaign that goes to everybody at once."""
    return list(Stage.objects.filter(campaign=campaign).order_by("place"))


def open_stage(stage: Stage, *, up_to: UUID, people: int) -> bool:
    """Let the messages up to this one leave, ``people`` with the stages before; False when it is open already."""
    opened = Stage.objects.filter(id=stage.id, opened_at=None).update(opened_at=now(), up_to=up_to, people=people)
    if opened:
        told = {"campaign": str(stage.campaign_id), "stage": stage.place, "percent": stage.percent, "people": people}
        log.append("campaign.stage_opened", told)
    return bool(opened)


def look(stage: Stage, pause_s: float) -> bool:
    """Whether it is this process's turn to look at the stage: no more than once in ``pause_s``."""
    if stage.looked_at is not None and stage.looked_at > now() - timedelta(seconds=pause_s):
        return False
    return bool(Stage.objects.filter(id=stage.id, looked_at=stage.looked_at).update(looked_at=now()))


def note_through(stage: Stage) -> None:
    """From now on its waiting time runs."""
    Stage.objects.filter(id=stage.id, through_at=None).update(through_at=now())


def note_winner(campaign: Campaign, choice: Choice, first: Signals, variant: Signals) -> None:
    """Keep which template goes to the rest, and in the ledger with the figures and by what rule."""
    Campaign.objects.filter(id=campaign.id).update(winner=choice.winner)
    told = {"campaign": str(campaign.id), "winner": choice.winner, "rule": choice.rule}
    log.append("campaign.winner_chosen", told | {"first": asdict(first), "variant": asdict(variant)})


def overruled(campaign: Campaign) -> Pause | None:
    """The last stop of its own after which staff let the campaign go on."""
    stops = Pause.objects.filter(campaign=campaign, reason__startswith="stage_", lifted_at__isnull=False)
    return stops.order_by("-lifted_at").first()


def stopped(campaign: Campaign) -> Pause | None:
    """Why the campaign has stopped by itself, while it stands."""
    return Pause.objects.filter(campaign=campaign, reason__startswith="stage_", lifted_at=None).first()
