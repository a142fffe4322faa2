"""The organisation's sending hours, as it chose them. Inside its scope."""

from uuid import UUID

from izin.campaigns.hours import DEFAULT, Hours
from izin.campaigns.models import SendingHours
from izin.ledger import log
from izin.organisations.scope import current


def in_force() -> Hours:
    """The hours that hold now: nine to nine where the organisation chose none."""
    chosen = SendingHours.objects.first()
    return Hours(chosen.opens, chosen.closes) if chosen else DEFAULT


def change(hours: Hours, *, by: UUID | None) -> None:
    """Let these hold from the next decision on, for what runs already as well. The ledger keeps who chose them."""
    SendingHours.objects.update_or_create(
        organisation_id=current(), defaults={"opens": hours.opens, "closes": hours.closes}
    )
    told = {"opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}", "by": str(by or "operator")}
    log.append("sending.hours_chosen", told)
