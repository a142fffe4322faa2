"""How many messages of campaigns one person may get in how many days. Inside an organisation's scope.

Decided where the consent is (``arm_campaign``), over all campaigns and numbers of the organisation. Answers to people
and tests for own people do not count.
"""

from dataclasses import dataclass
from uuid import UUID

from izin.campaigns.models import FrequencyCap
from izin.ledger import log
from izin.organisations.scope import current

MONTH = 30
MOST, MOST_DAYS = 60, 365


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``most`` messages for one person in ``days`` days; None for no cap. ``stated`` is what a notice says."""

    most: int | None
    days: int
    stated: int | None

    @property
    def is_looser_than_stated(self) -> bool:
        """Whether people may get more in a month than a notice told them."""
        return self.stated is not None and (self.most is None or self.most * MONTH > self.stated * self.days)


def in_force() -> Cap:
    """What holds now."""
    row = FrequencyCap.objects.first()
    return Cap(row.most, row.days, row.stated) if row else Cap(None, MONTH, None)


def change(most: int | None, days: int, *, by: UUID | None) -> None:
    """Let this hold from the next decision on, for what runs already as well. The ledger keeps who chose it."""
    FrequencyCap.objects.update_or_create(
        organisation_id=current(), defaults={"most": most, "days": days, "is_chosen": True}
    )
    log.append("sending.cap_chosen", {"most": most, "days": days, "by": str(by or "operator")})


def stated(per_month: int) -> None:
    """A notice tells people that they get at most so many messages a month: the cap, unless staff chose one."""
    row, _ = FrequencyCap.objects.get_or_create(organisation_id=current(), defaults={"days": MONTH})
    if row.stated is not None and row.stated <= per_month:
        return
    changes = {"stated": per_month} | ({} if row.is_chosen else {"most": per_month, "days": MONTH})
    FrequencyCap.objects.filter(id=row.id).update(**changes)
    if not row.is_chosen:
        log.append("sending.cap_chosen", {"most": per_month, "days": MONTH, "by": "notice"})
