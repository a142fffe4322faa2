"""Let go of uploaded files and of what was said about their rows, once the time is over."""

from datetime import datetime

from django.db.models import QuerySet

from izin.consent import files
from izin.consent.models import ContactFile


def old_uploads(before: datetime) -> QuerySet[ContactFile]:
    """Files that came before then and that nobody has begun."""
    return ContactFile.objects.filter(state=files.State.UPLOADED, uploaded_at__lt=before)


def discard_uploads(before: datetime) -> int:
    """Drop their sealed bodies; how many."""
    listed = list(old_uploads(before))
    for one in listed:
        files.discard(one)
    return len(listed)


def old_rejections(before: datetime) -> QuerySet[ContactFile]:
    """Files dealt with before then, of which it is still kept which lines were refused."""
    return ContactFile.objects.filter(finished_at__lt=before).exclude(rejections=[])


def empty_rejections(before: datetime) -> int:
    """Forget the lines; the counts stay. How many files."""
    return old_rejections(before).update(rejections=[])
