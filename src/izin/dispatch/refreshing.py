"""Whom a campaign for renewal would ask: whose consent ends soon, and who was not asked in its lifetime before."""

from django.db.models import Exists, OuterRef, QuerySet

from izin.consent import refresh
from izin.consent.models import Purpose, Standing
from izin.dispatch.models import Message

NEVER_LEFT = ("suppressed", "cancelled", "expired", "rejected")


def to_ask(purpose: Purpose, days: int) -> "QuerySet[Standing]":
    """The same people whom ``freeze_audience`` plans for a campaign with so many ``refresh_days``."""
    asked = Message.objects.filter(
        contact_id=OuterRef("contact_id"),
        campaign__purpose=purpose,
        campaign__refresh_days__isnull=False,
        campaign__started_at__gt=OuterRef("because__at"),
    ).exclude(state__in=NEVER_LEFT)
    return refresh.ending(purpose, days).filter(~Exists(asked))
