"""A webhook's body as its row keeps it: deflated, then sealed for the row.

Meta sends three statuses for each message in many words that are always the same: deflated, thirty in one body take a
sixth of the place and of the writing, and one alone two thirds.
"""

import zlib
from uuid import UUID

from izin.inbound.models import Delivery
from izin.lib.keyring import associated, seal, unseal
from izin.organisations.keys import keys
from izin.organisations.scope import current

DEFLATED = b"\x00"  # no JSON begins with it; whatever else does is deflated as well
LEVEL = 1


def seal_body(delivery_id: UUID, body: bytes) -> bytes:
    """The body sealed under the open organisation's inbox key, for the delivery of this id."""
    deflated = DEFLATED + zlib.compress(body, LEVEL)
    shorter = deflated if len(deflated) < len(body) or body.startswith(DEFLATED) else body
    return seal(keys().inbox_sealer, shorter, _place(delivery_id))


def open_body(delivery: Delivery) -> bytes:
    """The same bytes that came. Raises Unreadable for what is damaged, or was emptied when its time was over."""
    return opened(delivery.id, bytes(delivery.body_sealed))


def opened(delivery_id: UUID, sealed: bytes) -> bytes:
    """The same for the columns of a row."""
    body = unseal(keys().inbox_sealer, sealed, _place(delivery_id))
    return zlib.decompress(body[1:]) if body.startswith(DEFLATED) else body


def _place(delivery_id: UUID) -> bytes:
    return associated(current(), "inbound_delivery", "body_sealed", delivery_id)
