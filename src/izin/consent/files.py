"""The uploaded files of contacts: kept sealed while they are needed, and what became of each when they are not.

Opening, changing and ending a file's row happens here; what its rows mean is said in ``intake`` and ``review``.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from izin.consent.models import ContactFile, Purpose
from izin.contacts import spreadsheet
from izin.contacts.spreadsheet import Column, Reading, Row
from izin.lib.clock import now
from izin.lib.keyring import associated, blind_index, seal, unseal
from izin.lib.phone import PhoneNumber
from izin.organisations.keys import keys
from izin.organisations.scope import current

State = ContactFile.State
OPEN = (State.UPLOADED, State.WAITING, State.REVIEW, State.RUNNING)
DISCARDED = "discarded"
BY_REVIEWER = ("proof_missing", "proof_differs", "no_consent")
REMEMBERED_FROM = 20  # files back


@dataclass(frozen=True, slots=True)
class Sampled:
    """A row that somebody looks at before the import counts. Times are UTC."""

    line: int
    e164: str = field(repr=False)
    name: str = field(repr=False)
    consent_at: datetime
    method: str
    notice_version: str
    source: str
    proof: str
    collector: str

    @property
    def number(self) -> PhoneNumber:
        return PhoneNumber(self.e164)


def receive(
    body: bytes,
    *,
    name: str,
    purpose: Purpose,
    uploaded_by: UUID | None = None,
    country: str = "MY",
    state: ContactFile.State = State.WAITING,
) -> tuple[ContactFile, bool]:
    """Keep an uploaded file, sealed, until it was dealt with; the same file for the same purpose is kept once.

    Returns the row and whether it is new. A file that could not be read, or that was discarded, may come again; one
    that its reviewer refused may not.
    """
    digest = hashlib.sha256(keys().index + body).digest()
    known = ContactFile.objects.filter(digest=digest, purpose=purpose).first()
    if known and (known.state != State.REFUSED or known.refusal in BY_REVIEWER):
        return known, False
    file = ContactFile(purpose=purpose, digest=digest, uploaded_by=uploaded_by, uploaded_at=now(), country=country)
    file.id, file.state = known.id if known else file.id, state
    file.name_sealed = seal(keys().inbox, name, _place(file.id, "name_sealed"))
    file.body_sealed = seal(keys().inbox, body, _place(file.id, "body_sealed"))
    file.save(force_insert=not known, force_update=bool(known))
    return file, True


def name_of(file: ContactFile) -> str:
    """The uploaded file's name in clear."""
    return unseal(keys().inbox, bytes(file.name_sealed), _place(file.id, "name_sealed")).decode()


def body_of(file: ContactFile) -> bytes:
    """What was uploaded; nothing when the file was dealt with."""
    if file.body_sealed is None:
        return b""
    return unseal(keys().inbox, bytes(file.body_sealed), _place(file.id, "body_sealed"))


def read(file: ContactFile, *, most: int | None = None) -> Reading:
    """What the file says, as on the day when it came, so that its rows are the same ones each time.

    Raises UnreadableFile.
    """
    return spreadsheet.read(body_of(file), country=file.country, at=file.uploaded_at, use_of=use_of(file), most=most)


def columns_of(file: ContactFile) -> list[tuple[Column, list[str]]]:
    """The file's columns with the use that their headings suggest and their first values. Raises UnreadableFile."""
    return spreadsheet.guess(body_of(file))


def use_of(file: ContactFile, *, remembered: bool = False) -> Callable[[str], str | None]:
    """What somebody said the column with a heading is for, in this file or, ``remembered``, in the newest that had it.

    A heading may be somebody's name, so what is kept is its keyed hash.
    """
    known: dict[str, str] = dict(file.uses)
    if remembered:
        earlier = ContactFile.objects.exclude(uses={}).values_list("uses", flat=True)
        for uses in earlier[:REMEMBERED_FROM]:
            known = {**uses, **known}
    return lambda heading: known.get(_mark(heading))


def settle_columns(file: ContactFile, uses: Mapping[str, str]) -> None:
    """Use the columns with these headings so; the file is still not begun."""
    marked = {_mark(heading): use for heading, use in uses.items()}
    ContactFile.objects.filter(id=file.id, state=State.UPLOADED).update(uses=marked)
    file.refresh_from_db()


def begin(file: ContactFile) -> bool:
    """Put an uploaded file in line; whether this call did it."""
    return bool(ContactFile.objects.filter(id=file.id, state=State.UPLOADED).update(state=State.WAITING))


def discard(file: ContactFile) -> None:
    """Drop an upload before anything was read from it. The same file may come again."""
    if file.state == State.UPLOADED:
        end(file, state=State.REFUSED, refusal=DISCARDED)


def end(file: ContactFile, *, rejections: Sequence[Mapping[str, Any]] = (), **changes: Any) -> None:
    """The file is dealt with: its sealed body and its sample go, what became of each row stays."""
    told = sorted([*file.rejections, *rejections], key=lambda one: one["line"])
    ContactFile.objects.filter(id=file.id).update(
        body_sealed=None, sample_sealed=None, finished_at=now(), rejections=told, **changes
    )
    file.refresh_from_db()


def seal_sample(file: ContactFile, rows: Sequence[Row]) -> bytes:
    """These rows as the reviewer sees them, sealed."""
    sampled = [
        Sampled(
            *(row.line, row.number.e164, row.name, row.consent_at or file.uploaded_at, row.method),
            *(row.notice_version, row.source, row.proof, row.collector),
        )
        for row in rows
    ]
    return seal(keys().inbox, msgspec.json.encode(sampled), _place(file.id, "sample_sealed"))


def sample_of(file: ContactFile) -> list[Sampled]:
    """The rows whose proofs are looked at, while the file waits for its review."""
    if file.sample_sealed is None:
        return []
    plain = unseal(keys().inbox, bytes(file.sample_sealed), _place(file.id, "sample_sealed"))
    return msgspec.json.decode(plain, type=list[Sampled])


def _mark(heading: str) -> str:
    return blind_index(keys().index, "heading", heading).hex()


def _place(file_id: UUID, column: str) -> bytes:
    return associated(current(), "consent_contactfile", column, file_id)
