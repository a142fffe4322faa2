"""Append to, and read from, the organisation's log."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from izin.ledger.chain import Frontier, canonical, leaf_hash
from izin.ledger.models import Entry, Head
from izin.lib.clock import now
from izin.organisations.scope import current


def hold() -> Head:
    """Wait for every act of this organisation that is under way, and keep others waiting until this transaction ends.

    Whatever is read after it is settled: first hold, then look, then decide.
    """
    head = Head.objects.select_for_update().first()
    if head is None:  # the first act of all
        Head.objects.get_or_create()
        head = Head.objects.select_for_update().get()
    return head


def append(kind: str, body: Mapping[str, Any], *, subject_ref: UUID | None = None) -> Entry:
    """The new entry at the end of the log of the organisation whose scope is open.

    ``body`` holds no personal data: digests, random references, counts. Holds the log until the transaction ends.
    """
    head = hold()
    at = now()
    leaf = canonical(
        {
            "v": 1,
            "organisation": str(current()),
            "seq": head.size,
            "kind": kind,
            "at": timestamp(at),
            "subject": str(subject_ref) if subject_ref else None,
            "body": dict(body),
        }
    )
    entry = Entry.objects.create(seq=head.size, kind=kind, at=at, subject_ref=subject_ref, leaf=leaf)
    frontier = Frontier.from_bytes(bytes(head.frontier))
    frontier.append(leaf_hash(leaf))
    Head.objects.update(size=head.size + 1, frontier=frontier.to_bytes())
    return entry


def leaves(since: int = 0, until: int | None = None) -> Iterator[bytes]:
    """Every entry's bytes in order, from number ``since`` on and before number ``until``."""
    entries = Entry.objects.filter(seq__gte=since).order_by("seq")
    if until is not None:
        entries = entries.filter(seq__lt=until)
    for leaf in entries.values_list("leaf", flat=True).iterator(chunk_size=5_000):
        yield bytes(leaf)


def timestamp(at: datetime) -> str:
    """UTC to the millisecond, the one form in which the ledger writes a time."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
