"""What WhatsApp's status webhooks say of our messages."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from izin.dispatch.letters import read_token, wamid_index
from izin.dispatch.store import QUERIES
from izin.organisations.keys import keys
from izin.whatsapp.wire import Status


def apply(statuses: Sequence[Status]) -> None:
    """Apply a batch, in any order and any number of times.

    A status without our token and with an id that we do not know changes nothing.
    """
    if statuses:
        with connection.cursor() as cursor:
            _apply(cursor, statuses)


def apply_and_name(statuses: Sequence[Status]) -> dict[UUID, UUID]:
    """The same; the messages that were found, each with its contact."""
    if not statuses:
        return {}
    with connection.cursor() as cursor:
        _apply(cursor, statuses)
        return dict(cursor.fetchall())


def _apply(cursor: CursorWrapper, statuses: Sequence[Status]) -> None:
    columns = {
        "tokens": [read_token(status.token) for status in statuses],
        "wamid_indexes": [wamid_index(keys(), status.id) for status in statuses],
        "statuses": [status.status for status in statuses],
        "times": [status.at for status in statuses],
        "codes": [status.codes[0] if status.codes else None for status in statuses],
    }
    cursor.execute(QUERIES["apply_statuses"], columns)
