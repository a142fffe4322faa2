"""What can be done for the rows of an import before the log is held: reading, keyed hashes, sealing. No database.

Each row is drawn up as that of somebody new, since nearly everybody in a large file is. Whether the row counts, and who
the person is, is looked up under the lock; for somebody who was in the book the evidence is sealed again, under the key
that is theirs.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from izin.consent.proof import Sealed, seal_payload
from izin.contacts import newcomers
from izin.contacts.newcomers import Newcomer
from izin.contacts.spreadsheet import Row
from izin.lib.keyring import OrganisationKeys


@dataclass(frozen=True, slots=True)
class Draft:
    """A row, the person it would bring, and its evidence sealed under that person's key."""

    row: Row
    newcomer: newcomers.Draft
    payload: Mapping[str, Any] = field(repr=False)
    sealed: Sealed


def draw_up(keys: OrganisationKeys, rows: Sequence[Row]) -> list[Draft]:
    """The drafts of these rows."""
    return [_draft(keys, row) for row in rows]


class Ahead:
    """Chunks of drafts, each drawn up in a thread while the database stores the one before it.

    It is begun when the storing is, and not before: until then Python is busy with the chunk at hand, and the log held.
    """

    def __init__(self, make: Callable[[int], list[Draft]], size: int) -> None:
        self._make, self._size = make, size
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._start = 0
        self._next: tuple[int, Future[list[Draft]]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)

    def at(self, start: int) -> list[Draft]:
        """The chunk that begins at row ``start``. Another worker on the same file may have made the one ahead void."""
        expected, chunk = self._next or (-1, Future())
        self._start = start
        return chunk.result() if expected == start else self._make(start)

    def go_on(self) -> None:
        """Begin the chunk after the one that was asked for last."""
        following = self._start + self._size
        self._next = following, self._thread.submit(self._make, following)


def _draft(keys: OrganisationKeys, row: Row) -> Draft:
    newcomer = newcomers.draft(keys, Newcomer(row.number, row.name, row.language or "ms"))
    payload = {"source": row.source, "line": row.line, "attributes": row.attributes}
    payload |= {name: value for name, value in (("proof", row.proof), ("collector", row.collector)) if value}
    return Draft(row, newcomer, payload, seal_payload(keys.organisation_id, newcomer.sealer, payload))
