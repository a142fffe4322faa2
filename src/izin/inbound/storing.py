"""What the door commits before it says 200: the sealed bodies, and every refusal that stands in them."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection

from izin.inbound import handle
from izin.inbound.bodies import seal_body
from izin.inbound.door import Arrival
from izin.inbound.models import Delivery
from izin.lib.errors import place_of
from izin.lib.ids import uuid7
from izin.organisations import bulk
from izin.organisations.scope import scope
from izin.whatsapp.wire import InboundMessage, Poison, Preference, read_webhook

log = logging.getLogger(__name__)

COLUMNS = ("id", "account_id", "received_at", "body_sealed", "state", "reason")
Row = tuple[UUID, UUID, datetime, bytes, str, str]


@dataclass(frozen=True, slots=True)
class Received:
    """An arrival with what can be read in it, and the refusals among that."""

    arrival: Arrival
    is_readable: bool
    refusals: list[InboundMessage | Preference]


def store(batch: list[Arrival]) -> list[bool]:
    """Commit a batch; for each arrival whether it is safe to answer 200.

    What says stop goes first, each such webhook by itself, so that nobody's refusal waits for the next one's. The rest
    of an organisation is one transaction. Runs in the door's one writing thread, whose connection stays open and
    is replaced when it breaks.
    """
    stops: list[list[Received]] = []
    others: dict[UUID, list[Received]] = defaultdict(list)
    for arrival in batch:
        received = _read(arrival)
        if received.refusals:
            stops.append([received])
        else:
            others[arrival.account.organisation_id].append(received)
    safe: set[int] = set()
    for together in [*stops, *others.values()]:
        try:
            _store_whole(together)
            safe.update(id(received.arrival) for received in together)
        except Exception as problem:
            log.error("%d webhooks were not stored: %s", len(together), place_of(problem))
            connection.close()
    return [id(arrival) in safe for arrival in batch]


def _store_whole(together: list[Received]) -> None:
    """Store them in one transaction, or, when something is wrong with one of them, each by itself."""
    try:
        _store(together)
    except OperationalError:
        raise  # the database is away: nothing is wrong with the webhooks, and Meta sends them again
    except Exception as problem:
        log.warning("a batch could not be stored whole (%s): one by one", place_of(problem))
        for received in together:
            _store_alone(received)


def _store_alone(received: Received) -> None:
    try:
        _store([received])
    except OperationalError:
        raise
    except Exception as problem:
        log.error("a webhook is set aside, a person must look whether it says stop: %s", place_of(problem))
        with scope(received.arrival.account.organisation_id):
            bulk.insert(Delivery, COLUMNS, [_row(received.arrival, set_aside=type(problem).__name__[:40])])


def _store(together: list[Received]) -> None:
    """Commit the sealed bodies of one organisation's arrivals, and every refusal in them.

    The first refusal stands in the same transaction as its body, so that the worker never meets it half done.
    """
    organisation_id = together[0].arrival.account.organisation_id
    with scope(organisation_id):
        rows = [
            _row(received.arrival, set_aside="" if received.is_readable else "undecodable") for received in together
        ]
        bulk.insert(Delivery, COLUMNS, rows)
        with connection.cursor() as cursor:
            words = " words" if any(received.arrival.may_speak for received in together) else ""
            cursor.execute("SELECT pg_notify('izin_inbound', %s)", [f"{organisation_id}{words}"])
        spoken = [
            (_delivery(row), received.refusals)
            for row, received in zip(rows, together, strict=True)
            if received.refusals
        ]
        for delivery, refusals in spoken:
            handle.refuse(delivery, refusals[0])
    for delivery, refusals in spoken:
        for refusal in refusals[1:]:
            with scope(organisation_id):
                handle.refuse(delivery, refusal)


def _row(arrival: Arrival, *, set_aside: str) -> Row:
    """Sealed, as its columns; a row and no model, since most of them are statuses that nobody looks at here again."""
    delivery_id = uuid7()
    state = Delivery.State.SET_ASIDE if set_aside else Delivery.State.NEW
    sealed = seal_body(delivery_id, arrival.body)
    return delivery_id, arrival.account.id, arrival.received_at, sealed, str(state), set_aside


def _delivery(row: Row) -> Delivery:
    return Delivery(**dict(zip(COLUMNS, row, strict=True)))


def _read(arrival: Arrival) -> Received:
    """Signed bytes that cannot be read are kept all the same, and block nothing."""
    if not arrival.may_speak:
        return Received(arrival, True, [])
    try:
        return Received(arrival, True, handle.refusals_in(read_webhook(arrival.body)))
    except Poison:
        return Received(arrival, False, [])
