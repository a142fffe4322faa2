"""What the door commits before it says 200: the sealed bodies, and every refusal that stands in them."""

import logging
from collections import defaultdict
from uuid import UUID

import psycopg
from django.db import DatabaseError, connection

from izin.inbound import handle
from izin.inbound.door import Arrival
from izin.inbound.models import Delivery
from izin.lib.errors import place_of
from izin.lib.keyring import associated, seal
from izin.organisations.keys import keys
from izin.organisations.scope import scope
from izin.whatsapp.wire import Poison, Webhook, read_webhook

log = logging.getLogger(__name__)


def store(batch: list[Arrival]) -> list[bool]:
    """Commit a batch, one transaction per organisation; for each arrival whether it is safe to answer 200.

    Runs in the door's one writing thread, whose connection stays open and is replaced when it breaks.
    """
    by_organisation: dict[UUID, list[Arrival]] = defaultdict(list)
    for arrival in batch:
        by_organisation[arrival.account.organisation_id].append(arrival)
    safe: set[int] = set()
    for organisation_id, arrivals in by_organisation.items():
        try:
            _store_for(organisation_id, arrivals)
            safe.update(id(arrival) for arrival in arrivals)
        except (DatabaseError, psycopg.Error) as problem:
            log.error("%d webhooks were not stored: %s", len(arrivals), place_of(problem))
            connection.close()
    return [id(arrival) in safe for arrival in batch]


def _store_for(organisation_id: UUID, arrivals: list[Arrival]) -> None:
    with scope(organisation_id):
        deliveries = [_delivery(arrival) for arrival in arrivals]
        read = [_read(arrival.body) for arrival in arrivals]
        for delivery, webhook in zip(deliveries, read, strict=True):
            if webhook is None:
                delivery.state, delivery.reason = Delivery.State.SET_ASIDE, "undecodable"
        Delivery.objects.bulk_create(deliveries)
        for delivery, webhook in zip(deliveries, read, strict=True):
            if webhook is not None:
                handle.refusals(delivery, webhook)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('izin_inbound', '')")


def _delivery(arrival: Arrival) -> Delivery:
    delivery = Delivery(account_id=arrival.account.id, received_at=arrival.received_at)
    place = associated(arrival.account.organisation_id, "inbound_delivery", "body_sealed", delivery.id)
    delivery.body_sealed = seal(keys().inbox, arrival.body, place)
    return delivery


def _read(body: bytes) -> Webhook | None:
    """The webhook, or None for signed bytes that cannot be read: they are kept, and block nothing."""
    try:
        return read_webhook(body)
    except Poison:
        return None
