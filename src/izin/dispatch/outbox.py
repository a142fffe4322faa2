"""Put messages in line, and close what has ended. Synchronous, inside an organisation's scope."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from izin.campaigns import audiences, lifecycle, selection, testers
from izin.campaigns.models import Campaign, Tester
from izin.campaigns.waking import wake_lanes
from izin.contacts.book import Known
from izin.dispatch import stages
from izin.dispatch.models import Lane, Message, Reached
from izin.dispatch.store import QUERIES
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.ids import uuid7
from izin.lib.keyring import associated, seal
from izin.organisations.scope import current
from izin.whatsapp.models import SenderNumber


class StillSending(IzinError):
    """A message to the person is between our decision and WhatsApp's answer."""

    def __init__(self) -> None:
        super().__init__("A message to this person is on its way at this moment. Try again in a minute.")


def open_lane(sender: SenderNumber) -> Lane:
    """The lane of a sender number, made when there is none."""
    lane, _ = Lane.objects.get_or_create(sender=sender)
    return lane


def start(campaign: Campaign) -> int:
    """Freeze the audience and let the campaign run, in one transaction; how many people are planned.

    Raises what lifecycle.start raises when the campaign may not run. Starting twice plans nobody twice.
    """
    open_lane(campaign.sender)
    lifecycle.start(campaign)
    planned = _freeze(campaign)
    stages.open_next(campaign)
    wake_lanes(current())
    return planned


def test(campaign: Campaign, contact_ids: Sequence[UUID], *, by: UUID) -> int:
    """Send the draft to these testers, those of them who stand for its purpose; how many are planned.

    By the same lane, arming and consent as the campaign itself, as a campaign of its own: its figures count nobody's
    but its own. Raises what lifecycle.begin_test raises, and NotPossible where none of them stands.
    """
    chosen = list(
        Tester.objects.filter(contact_id__in=contact_ids).values_list("contact_id", flat=True)[: testers.MOST]
    )
    open_lane(campaign.sender)
    trial = lifecycle.begin_test(campaign, people=len(chosen), by=by)
    statement = QUERIES["freeze_audience"].replace(selection.PLACE, selection.QUERIES["testers"])
    with connection.cursor() as cursor:
        cursor.execute(statement, {"campaign_id": trial.id, "testers": chosen})
        planned: int = cursor.rowcount
    if not planned:
        raise lifecycle.NotPossible("None of them has a consent that stands for this purpose.")
    wake_lanes(current())
    return planned


def unresolved(campaign: Campaign) -> dict[str, int]:
    """How many people of the campaign nobody can know about and may be sent to again, by their language."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["count_unresolved"], {"campaign_id": campaign.id})
        return dict(cursor.fetchall())


def send_again(campaign: Campaign, *, by: UUID, reason: str, until: datetime) -> int:
    """Carry out the decision to send to them again, each at most once; how many wait in line now.

    Whoever refused meanwhile falls out when it is armed. Raises lifecycle.NotPossible.
    """
    Campaign.objects.select_for_update().get(id=campaign.id)  # of two decisions at once, the second finds nobody
    decided = lifecycle.send_again(campaign, unresolved(campaign), by=by, reason=reason, until=until)
    waiting = _run("send_again", campaign_id=campaign.id, resend_id=decided.id)
    wake_lanes(current())
    return waiting


def answer(person: Known, sender: SenderNumber, text: str) -> None:
    """One text that answers the person's own act; WhatsApp takes it within 24 hours of their message."""
    message_id = uuid7()
    place = associated(current(), "dispatch_message", "text_sealed", message_id)
    Message.objects.create(
        id=message_id, contact_id=person.id, lane=open_lane(sender), text_sealed=seal(person.key, text, place)
    )
    wake_lanes(current())


def forget(person: Known) -> dict[str, int]:
    """Let go of an erased person: what waits is not sent, what was sent keeps its outcome and nothing else.

    Raises StillSending while a message to this person is on its way.
    """
    theirs = Message.objects.filter(contact_id=person.id)
    theirs.filter(state=Message.State.QUEUED).update(
        state=Message.State.SUPPRESSED, reason="erased", settled_at=now(), retry_at=None
    )
    if theirs.filter(state=Message.State.SENDING).exists():
        raise StillSending
    emptied = theirs.update(contact=None, text_sealed=None, wamid_index=None, wamid_sealed=None)
    reached = Reached.objects.filter(contact_id=person.id).update(contact=None)
    return {"dispatch_message": emptied, "dispatch_reached": reached}


def close_ended(window_s: float) -> list[Campaign]:
    """Call old uncertainties unresolved, close queues that have ended, and complete what is complete.

    Returns the campaigns that are complete now: every planned person has one stated outcome.
    """
    _run("close_uncertain", window_s=window_s)
    _run("close_queued")
    _run("forget_reached")
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["finished_campaigns"])
        finished = [campaign_id for (campaign_id,) in cursor.fetchall()]
    return list(Campaign.objects.filter(id__in=finished))


def _freeze(campaign: Campaign) -> int:
    """One statement, whatever the number of people and of rules."""
    rules = audiences.of(campaign)
    statement, values = selection.narrowed(QUERIES["freeze_audience"], rules, campaign.purpose_id, now())
    with selection.reading_whole() as cursor:
        cursor.execute(statement, values | {"campaign_id": campaign.id})
        return int(cursor.rowcount)


def _run(query: str, **parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(QUERIES[query], parameters or None)
        return cursor.rowcount


def lane_of(sender_id: UUID) -> Lane | None:
    """The lane of a sender number, with what holds it."""
    return Lane.objects.filter(sender_id=sender_id).first()


def hold_lane(sender_id: UUID, reason: str, seconds: float) -> None:
    """Decide nothing for this number for so long; said again while the reason lasts, and over by itself after it.

    A longer hold for another reason stays.
    """
    until = now() + timedelta(seconds=seconds)
    ends_sooner = Q(held_until=None) | Q(held_until__lt=until)
    Lane.objects.filter(ends_sooner, sender_id=sender_id).update(held_because=reason, held_until=until)


def free_lane(sender_id: UUID, reasons: Sequence[str]) -> None:
    """End a hold for one of these reasons; one for another reason stays."""
    Lane.objects.filter(sender_id=sender_id, held_because__in=reasons).update(held_because="", held_until=None)
    wake_lanes(current())
