"""Have the newest checkpoint time-stamped by somebody else (RFC 3161), where the operator names an authority.

It dates the log by a clock that is not the house's. Nothing waits for it: it has a loop of its own in the worker, and
signing, sending and opt-outs know nothing of it.
"""

import logging
from bisect import bisect_right
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from django.db.models import Q

from izin.ledger import authority, checkpoints, tokens
from izin.ledger.models import Checkpoint, TimeStamp, TimeStampTurn
from izin.ledger.tokens import NotStamped, Stamp
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.scope import scope

EVERY: Final = timedelta(hours=1)  # at most one request in it for each organisation, answered or not

log = logging.getLogger(__name__)


class RootUnreadable(IzinError):
    """The file with the authority's root certificate cannot be used."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} holds no certificate that can be read. IZIN_TIMESTAMP_ROOT must name a PEM file with the root "
            "certificate of the time stamp authority."
        )


def renew(organisation_id: UUID) -> bool:
    """Ask the authority about the newest checkpoint, if it is this organisation's turn; whether a stamp was kept.

    Opens scopes of its own, none of them while the authority is asked. A stamp that does not come, or does not hold, is
    one line in the log. Raises RootUnreadable.
    """
    trusted = roots()
    with scope(organisation_id):
        checkpoint = claim()
    if checkpoint is None:
        return False
    try:
        response, stamp = authority.ask(settings.TIMESTAMP_URL, checkpoint.note.encode(), trusted)
    except NotStamped as reason:
        log.warning("no time stamp over %d entries of %s: %s", checkpoint.size, organisation_id, reason)
        return False
    with scope(organisation_id):
        keep(checkpoint, response, stamp)
    return True


def claim() -> Checkpoint | None:
    """The newest checkpoint, if it has no stamp and nobody asked within the hour; then nobody else gets it so soon."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or TimeStamp.objects.filter(checkpoint=newest).exists():
        return None
    TimeStampTurn.objects.get_or_create()
    moment = now()
    free = TimeStampTurn.objects.filter(Q(asked_at=None) | Q(asked_at__lte=moment - EVERY))
    return newest if free.update(asked_at=moment) else None


def keep(checkpoint: Checkpoint, response: bytes, stamp: Stamp) -> None:
    """Keep a response that was checked, in the second place and here.

    Beside it there lies the note that it is over, byte for byte. The files come first: one too many does no harm.
    """
    checkpoints.write(stamp_file(checkpoint.size).with_suffix(".txt"), checkpoint.note.encode())
    checkpoints.write(stamp_file(checkpoint.size), response)
    TimeStamp.objects.get_or_create(checkpoint=checkpoint, defaults={"response": response, "at": stamp.at})


def stamp_file(size: int) -> Path:
    """The stamp over the checkpoint of this size; the note lies beside it under the same name with ``.txt``."""
    latest = checkpoints.witness_file()
    return latest.with_name(f"{latest.stem}-{size}.tsr")


def over(entries: Iterable[int]) -> dict[int, bytes]:
    """The first stamp over each of these entries, by its checkpoint's size: it shows by when the entry was there."""
    stamped = TimeStamp.objects.order_by("checkpoint__size")
    sizes = list(stamped.values_list("checkpoint__size", flat=True))
    wanted = {sizes[at] for seq in set(entries) if (at := bisect_right(sizes, seq)) < len(sizes)}
    found = stamped.filter(checkpoint__size__in=wanted).values_list("checkpoint__size", "response")
    return {size: bytes(response) for size, response in found}


def check(row: TimeStamp, trusted: Iterable[Certificate]) -> str:
    """What is wrong with a kept stamp, in words; empty when it holds."""
    checkpoint = Checkpoint.objects.filter(id=row.checkpoint_id).first()
    if checkpoint is None:
        return "time stamp: its checkpoint is gone"
    try:
        stamp = tokens.check(bytes(row.response), checkpoint.note.encode(), roots=list(trusted))
    except NotStamped as reason:
        return f"time stamp over {checkpoint.size} entries: {reason}"
    return "" if stamp.at == row.at else f"time stamp over {checkpoint.size} entries: its time was changed"


def roots() -> list[Certificate]:
    """The certificates in ``IZIN_TIMESTAMP_ROOT``; none where it is not set. Raises RootUnreadable."""
    if settings.TIMESTAMP_ROOT is None:
        return []
    try:
        return load_pem_x509_certificates(settings.TIMESTAMP_ROOT.read_bytes())
    except (OSError, ValueError):
        raise RootUnreadable(settings.TIMESTAMP_ROOT) from None
