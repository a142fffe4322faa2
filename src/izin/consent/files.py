"""The uploaded files of contacts: kept sealed while they are needed, and what became of each when they are not.

Opening, changing and ending a file's row happens here; what its rows mean is said in ``intake`` and ``review``.
"""

import hashlib
import zlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import BinaryField
from django.db.models.functions import Length, Substr

from izin.consent.models import ContactFile, Purpose
from izin.contacts import spreadsheet
from izin.contacts.spreadsheet import Column, Reading, Row, Rows
from izin.lib.clock import now
from izin.lib.keyring import associated, blind_index, seal, sealed_size, unseal
from izin.lib.phone import PhoneNumber
from izin.organisations.keys import keys
from izin.organisations.scope import current

State = ContactFile.State
OPEN = (State.UPLOADED, State.WAITING, State.REVIEW, State.RUNNING)
DISCARDED = "discarded"
BY_REVIEWER = ("proof_missing", "proof_differs", "no_consent")
REMEMBERED_FROM = 20  # files back
PIECE = 1 << 20
SEALED_PIECE = sealed_size(PIECE)


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
    starts = range(0, max(len(body), 1), PIECE)
    file.body_sealed = b"".join(
        seal(keys().inbox, body[start : start + PIECE], _place_of_piece(file.id, number, len(starts)))
        for number, start in enumerate(starts)
    )
    file.save(force_insert=not known, force_update=bool(known))
    return file, True


def get(file_id: UUID, *, lock: bool = False) -> ContactFile:
    """The file's row with its purpose, without what was uploaded; ``lock`` it until the transaction ends."""
    rows = ContactFile.objects.select_related("purpose")
    file = (rows.select_for_update(of=("self",)) if lock else rows).get(id=file_id)
    if file.state not in OPEN:
        _without_body(file)
    return file


def name_of(file: ContactFile) -> str:
    """The uploaded file's name in clear."""
    return unseal(keys().inbox, bytes(file.name_sealed), _place(file.id, "name_sealed")).decode()


def body_of(file: ContactFile, *, head: bool = False) -> bytes:
    """What was uploaded, or its first megabyte; nothing when the file was dealt with.

    It is sealed in pieces and fetched piece by piece: the database's answer takes more memory than what is in it.
    """
    rows = ContactFile.objects.filter(id=file.id)
    size = rows.values_list(Length("body_sealed"), flat=True).get() or 0
    starts, body = range(0, size, SEALED_PIECE), bytearray()
    for number, start in enumerate(starts[:1] if head else starts):
        piece = Substr("body_sealed", start + 1, SEALED_PIECE, output_field=BinaryField())
        sealed = bytes(rows.values_list(piece, flat=True).get())
        body += unseal(keys().inbox, sealed, _place_of_piece(file.id, number, len(starts)))
    return bytes(body)


def read(file: ContactFile, *, most: int | None = None) -> Reading:
    """What the file says, as on the day when it came, so that its rows are the same ones each time.

    With ``most`` only the beginning of the file is looked at. Raises UnreadableFile.
    """
    body = body_of(file) if most is None else _whole_lines(body_of(file, head=True))
    return spreadsheet.read(body, country=file.country, at=file.uploaded_at, use_of=use_of(file), most=most)


def columns_of(file: ContactFile) -> list[tuple[Column, list[str]]]:
    """The file's columns with the use that their headings suggest and their first values. Raises UnreadableFile."""
    return spreadsheet.guess(_whole_lines(body_of(file, head=True)))


def rows_of(file: ContactFile) -> Rows:
    """The rows with evidence that were found when the file was read."""
    lines = array("I")
    lines.frombytes(zlib.decompress(bytes(file.lines or zlib.compress(b""))))
    return spreadsheet.rows_at(body_of(file), lines, country=file.country, at=file.uploaded_at, use_of=use_of(file))


def packed(lines: "array[int]") -> bytes:
    """Lines as ``ContactFile.lines`` keeps them."""
    return zlib.compress(lines.tobytes())


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
        body_sealed=None, sample_sealed=None, lines=None, finished_at=now(), rejections=told, **changes
    )
    file.refresh_from_db()
    _without_body(file)


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


def _without_body(file: ContactFile) -> None:
    """Say of a file that was dealt with what its row says, without asking the database."""
    file.body_sealed = file.lines = None


def _whole_lines(body: bytes) -> bytes:
    """Without the line that the end of a piece cuts through."""
    return body if len(body) < PIECE else body[: body.rfind(b"\n") + 1] or body


def _place_of_piece(file_id: UUID, number: int, of: int) -> bytes:
    """Each piece knows its number and how many there are, so that none can be left out."""
    return _place(file_id, f"body_sealed {number}/{of}")


def _mark(heading: str) -> str:
    return blind_index(keys().index, "heading", heading).hex()


def _place(file_id: UUID, column: str) -> bytes:
    return associated(current(), "consent_contactfile", column, file_id)
