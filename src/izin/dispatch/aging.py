"""Let go of whom a message went to, once its time is over; its outcome stays, so that every sum stays true."""

from datetime import datetime

from django.db.models import Q, QuerySet

from izin.campaigns.models import Campaign
from izin.dispatch.models import Message

State = Message.State
UNSETTLED = (State.QUEUED, State.SENDING, State.UNCERTAIN)
ENDED = (Campaign.State.COMPLETED, Campaign.State.CANCELLED)


def old_messages(before: datetime) -> QuerySet[Message]:
    """Messages of campaigns that have ended, settled before then, that still lead to somebody."""
    return _of_somebody(before).filter(campaign__state__in=ENDED)


def old_answers(before: datetime) -> QuerySet[Message]:
    """Single answers, settled before then, that still lead to somebody or hold their text."""
    return _of_somebody(before).filter(campaign=None)


def empty_messages(before: datetime) -> int:
    """Let go of the people in them; how many messages."""
    return _empty(old_messages(before))


def empty_answers(before: datetime) -> int:
    """The same with single answers, and their texts."""
    return _empty(old_answers(before))


def _of_somebody(before: datetime) -> QuerySet[Message]:
    held = Q(contact__isnull=False) | Q(text_sealed__isnull=False) | Q(wamid_sealed__isnull=False)
    return Message.objects.filter(held, settled_at__lt=before).exclude(state__in=UNSETTLED)


def _empty(rows: QuerySet[Message]) -> int:
    listed = Message.objects.filter(id__in=rows.values("id"))
    return listed.update(contact=None, text_sealed=None, wamid_index=None, wamid_sealed=None)
