"""Let go of what came in, once its time is over. What still waits for anybody is never touched."""

from datetime import datetime

from django.db.models import Q, QuerySet

from izin.inbound.models import Delivery, Reply

EMPTY = b""


def old_bodies(before: datetime) -> QuerySet[Delivery]:
    """Raw webhook bodies that were dealt with and came before then; one that could not be read may say stop."""
    return Delivery.objects.filter(state=Delivery.State.DONE, received_at__lt=before).exclude(body_sealed=EMPTY)


def empty_bodies(before: datetime) -> int:
    """Empty them; how many. That something came, and when, stays."""
    return old_bodies(before).update(body_sealed=EMPTY)


def old_replies(before: datetime) -> QuerySet[Reply]:
    """Replies that are done and came before then, and still hold words or a sender."""
    done = Reply.objects.filter(queue=Reply.Queue.DONE, received_at__lt=before)
    return done.filter(Q(text_sealed__isnull=False) | Q(identity_sealed__isnull=False))


def empty_replies(before: datetime) -> int:
    """Empty them; how many. What was understood and decided stays."""
    return old_replies(before).update(text_sealed=None, identity_sealed=None)
