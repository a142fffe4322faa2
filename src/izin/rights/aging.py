"""Let go of what was asked and answered, once its time is over; that it was, when and in time, stays."""

from datetime import datetime

from django.db.models import Q, QuerySet

from izin.rights.models import SubjectRequest


def old_texts(before: datetime) -> QuerySet[SubjectRequest]:
    """Requests answered before then that still hold a text."""
    closed = SubjectRequest.objects.exclude(state=SubjectRequest.State.OPEN).filter(answered_at__lt=before)
    return closed.filter(Q(asked_sealed__isnull=False) | Q(answer_sealed__isnull=False))


def empty_texts(before: datetime) -> int:
    """Empty them; how many."""
    return old_texts(before).update(asked_sealed=None, answer_sealed=None)
