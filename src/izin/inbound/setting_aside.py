"""Webhooks that Izin kept and could not act on: each may say stop, so staff see them, try again, or dismiss them.

Inside an organisation's scope. Nothing of what they hold is shown: only why, since when and how many.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from izin.inbound import handle
from izin.inbound.drain import open_delivery
from izin.inbound.models import Delivery
from izin.ledger import log as ledger
from izin.lib.errors import place_of
from izin.whatsapp.wire import Poison

log = logging.getLogger(__name__)

UNDECODABLE = "undecodable"
WITHOUT_SENDER = "stop_without_sender"
AT_ONCE = 50


class Because(StrEnum):
    """Why a person lets set-aside webhooks be."""

    TEST = "test"
    RECORDED = "recorded"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Group:
    """The webhooks that wait for one reason: the name of a failure, or a word of our own."""

    reason: str
    count: int
    first: datetime
    last: datetime


def waiting() -> QuerySet[Delivery]:
    """What nobody has looked at yet: what could not be handled, and stops that name nobody."""
    state = Delivery.State
    return Delivery.objects.filter(Q(state=state.SET_ASIDE) | Q(state=state.DONE, reason=WITHOUT_SENDER))


def groups() -> list[Group]:
    """The same by reason, the oldest first."""
    counted = waiting().values("reason").annotate(n=Count("id"), first=Min("received_at"), last=Max("received_at"))
    return [Group(one["reason"], one["n"], one["first"], one["last"]) for one in counted.order_by("first")]


def retry(reason: str, *, by: UUID) -> tuple[int, int]:
    """Act on the oldest of this reason after a mend, each by itself: how many were done, and how many fail again.

    What they refuse is put into force first, as the door does; what was acted on already is not acted on twice.
    """
    done = failed = 0
    for delivery in waiting().filter(reason=reason).select_for_update(skip_locked=True, no_key=True)[:AT_ONCE]:
        try:
            with transaction.atomic():
                webhook = open_delivery(delivery)
                for refusal in handle.refusals_in(webhook):
                    handle.refuse(delivery, refusal)
                handle.everything_else([(delivery, webhook)])
        except OperationalError:
            raise
        except Exception as problem:
            log.error("a delivery stays set aside: %s", place_of(problem))
            failure = UNDECODABLE if isinstance(problem, Poison) else type(problem).__name__[:40]
            Delivery.objects.filter(id=delivery.id).update(reason=failure)
            failed += 1
        else:
            Delivery.objects.filter(id=delivery.id).update(state=Delivery.State.DONE, reason="")
            done += 1
    if done or failed:
        ledger.append("webhooks.retried", {"done": done, "failed": failed, "by": str(by)})
    return done, failed


def dismiss(reason: str, because: Because, *, until: datetime, by: UUID) -> int:
    """Let those of this reason be that had come by then (what staff saw); how many. In the ledger, with why."""
    seen = waiting().filter(reason=reason, received_at__lte=until)
    count = seen.update(state=Delivery.State.DISMISSED)
    if count:
        ledger.append("webhooks.dismissed", {"count": count, "because": str(because), "by": str(by)})
    return count
