"""What is left of WhatsApp's limit in 24 hours, for people to read. Inside an organisation's scope."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from izin.campaigns.allowance import WINDOW, kept
from izin.dispatch.models import Reached
from izin.lib.clock import now
from izin.whatsapp.models import SenderNumber


@dataclass(frozen=True, slots=True)
class Left:
    """``used`` of ``allowed`` people. ``goes_on_at``: when the next one may be written to, None while some are left."""

    allowed: int
    used: int
    goes_on_at: datetime | None


def left_for(sender: SenderNumber) -> Left | None:
    """How much of its limit the organisation has used, as lanes count it; None for a number without one."""
    allowed = kept(sender.messaging_limit, sender.account.base_url)
    if allowed is None:
        return None
    counted = Reached.objects.filter(at__gt=now() - WINDOW).order_by("at")
    used = counted.count()
    if used < allowed:
        return Left(allowed, used, None)
    first_free = counted.values_list("at", flat=True)[used - allowed]
    return Left(allowed, used, first_free + WINDOW + timedelta(seconds=1))
