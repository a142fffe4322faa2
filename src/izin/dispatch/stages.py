"""Open the parts of campaigns one after the other, and stop what people do not want. The worker's; inside a scope."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from izin.campaigns import lifecycle, stages, staging
from izin.campaigns.choosing import choose
from izin.campaigns.models import Campaign, Stage
from izin.campaigns.staging import Signals
from izin.dispatch.models import Message
from izin.dispatch.store import QUERIES
from izin.lib.clock import now

LAST = UUID(int=2**128 - 1)
LOOK_S = 5.0
LOOK_AT_ALL_S = 10.0  # while the last and largest is going out: it reads everybody who was written to
UNSETTLED = (Message.State.QUEUED, Message.State.SENDING)


def tally_of(campaign: Campaign) -> dict[str, Signals]:
    """What the people written to so far have answered with, by the name of their template.

    After staff let a stopped campaign go on: those written to since.
    """
    overruled = stages.overruled(campaign)
    return _tally_since(campaign, overruled.lifted_at if overruled else campaign.started_at)


def groups_of(campaign: Campaign) -> tuple[Signals, Signals]:
    """The same from the start, for the two templates that are compared: the first, and its variant."""
    found = _tally_since(campaign, campaign.started_at)
    return found.get(campaign.template_name, Signals()), found.get(campaign.variant_name, Signals())


def _tally_since(campaign: Campaign, since: datetime | None) -> dict[str, Signals]:
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["count_signals"], {"campaign_id": campaign.id, "since": since})
        return {name: Signals(*counts) for name, *counts in cursor.fetchall()}


def open_next(campaign: Campaign) -> None:
    """Open the first stage that is not open yet; nothing happens for a campaign without stages."""
    following = next((stage for stage in stages.of(campaign) if stage.opened_at is None), None)
    if following is None:
        return
    in_line = Message.objects.filter(campaign=campaign).order_by("id").values_list("id", flat=True)
    people = staging.people_in(following.percent, in_line.count())
    if not people:  # all refused between the pre-flight and the start: it is complete
        return
    up_to: UUID = in_line[people - 1]
    if stages.open_stage(following, up_to=up_to, people=people) and campaign.variant_name and following.place == 1:
        _give_variant(campaign, after=staging.NOBODY, up_to=up_to, every=2)


def advance() -> None:
    """Look at every running campaign that goes out in stages, and act."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, id__in=Stage.objects.values("campaign_id"))
    for campaign in running:
        current = next((stage for stage in reversed(stages.of(campaign)) if stage.opened_at is not None), None)
        if current is not None and stages.look(current, LOOK_AT_ALL_S if current.percent == 100 else LOOK_S):
            with transaction.atomic():
                _act(campaign, current)


def _act(campaign: Campaign, stage: Stage) -> None:
    signals = sum(tally_of(campaign).values(), Signals())
    messages = Message.objects.filter(campaign=campaign)
    settled = messages.count() - messages.filter(state__in=UNSETTLED).count() if stage.percent < 100 else 0
    move = staging.next_move(
        signals,
        people=stage.people,
        settled=settled,
        through_at=stage.through_at,
        wait=timedelta(seconds=stage.wait_s),
        is_last=stage.percent == 100,
        at=now(),
    )
    if move == "stop":
        lifecycle.pause_by_machine(campaign.id, staging.alarm(signals))
    elif move == "through":
        stages.note_through(stage)
    elif move == "open":
        if campaign.variant_name and not campaign.winner:
            _choose(campaign, stage)
        open_next(campaign)


def _choose(campaign: Campaign, compared: Stage) -> None:
    """The better template goes to the rest, before it is let out."""
    first, variant = groups_of(campaign)
    choice = choose(first, variant)
    stages.note_winner(campaign, choice, first, variant)
    if choice.winner == "variant":
        _give_variant(campaign, after=compared.up_to, up_to=LAST, every=1)


def _give_variant(campaign: Campaign, *, after: UUID, up_to: UUID, every: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            QUERIES["give_variant"], {"campaign_id": campaign.id, "after": after, "up_to": up_to, "every": every}
        )
