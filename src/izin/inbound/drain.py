"""Deal with what the door stored: a batch at a time, each batch one transaction. Poison is set aside, never blocks."""

import logging
from uuid import UUID

from django.db import OperationalError, connection

from izin.dispatch.store import QUERIES
from izin.inbound import handle
from izin.inbound.bodies import open_body
from izin.inbound.models import Delivery
from izin.lib.errors import place_of
from izin.organisations.scope import scope
from izin.whatsapp.wire import Webhook, read_webhook

log = logging.getLogger(__name__)

BATCH = 100


def drain(organisation_id: UUID) -> int:
    """Handle one batch of the organisation's new deliveries; how many. Several processes may drain at once."""
    try:
        with scope(organisation_id):
            return _handle(_claim(BATCH))
    except OperationalError:
        raise  # the database is away, or chose us to end a deadlock: nothing is wrong with what was to be handled
    except Exception as problem:
        log.warning("a batch could not be handled whole (%s): one by one", place_of(problem))
        return _one_by_one(organisation_id)


def backlog(organisation_id: UUID) -> int:
    """How many deliveries wait."""
    with scope(organisation_id):
        return Delivery.objects.filter(state=Delivery.State.NEW).count()


def _claim(size: int) -> list[Delivery]:
    with connection.cursor() as cursor:
        # In the index's own order: else all that were ever new are read and sorted, until the next vacuum.
        cursor.execute(QUERIES["read_by_key"], {"local": True})
    # NO KEY: the door may still write rows that refer to the delivery, and must not wait for us to do so.
    waiting = Delivery.objects.select_for_update(skip_locked=True, no_key=True).filter(state=Delivery.State.NEW)
    return list(waiting.order_by("id")[:size])


def _handle(deliveries: list[Delivery]) -> int:
    handle.everything_else([(delivery, open_delivery(delivery)) for delivery in deliveries])
    Delivery.objects.filter(id__in=[delivery.id for delivery in deliveries]).update(state=Delivery.State.DONE)
    return len(deliveries)


def open_delivery(delivery: Delivery) -> Webhook:
    """What a stored delivery says. Raises Unreadable for a damaged one, and Poison for what is no webhook."""
    return read_webhook(open_body(delivery))


def _one_by_one(organisation_id: UUID) -> int:
    handled = 0
    for _ in range(BATCH):
        delivery = None
        try:
            with scope(organisation_id):
                claimed = _claim(1)
                if not claimed:
                    break
                delivery = claimed[0]
                handled += _handle(claimed)
        except OperationalError:
            raise
        except Exception as problem:
            if delivery is None:
                raise
            log.error("a delivery is set aside: %s", place_of(problem))
            with scope(organisation_id):
                Delivery.objects.filter(id=delivery.id).update(
                    state=Delivery.State.SET_ASIDE, reason=type(problem).__name__[:40]
                )
    return handled
