"""Take in a list of contacts that carries evidence of consent. A row without evidence is refused and not kept.

An import never lifts a refusal (law: rule 10), and each chunk of rows is one ledger entry with the root of its rows.
Restarting after a crash goes on at the first row that was not committed; the file is read as on the day when it came,
so that the rows are the same ones.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from izin.consent import records
from izin.consent.decision import Act
from izin.consent.models import ContactFile, Evidence, Purpose
from izin.consent.records import NewFact
from izin.contacts import book, spreadsheet
from izin.contacts.book import Known, Newcomer
from izin.contacts.spreadsheet import Reading, Row, UnreadableFile
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.crashpoints import crash_point
from izin.lib.keyring import associated, seal, unseal
from izin.notices.models import NoticeVersion
from izin.organisations.keys import keys
from izin.organisations.scope import current, scope

CHUNK = 200  # the log is held for one chunk, and a STOP must not wait for its 200
OPEN = (ContactFile.State.WAITING, ContactFile.State.RUNNING)


def receive(body: bytes, *, name: str, purpose: Purpose, uploaded_by: UUID | None = None) -> tuple[ContactFile, bool]:
    """Keep an uploaded file, sealed, until it is taken in; the same file for the same purpose is kept once.

    Returns the row and whether it is new.
    """
    digest = hashlib.sha256(keys().index + body).digest()
    known = ContactFile.objects.filter(digest=digest, purpose=purpose).first()
    if known:
        return known, False
    file = ContactFile(purpose=purpose, digest=digest, uploaded_by=uploaded_by, uploaded_at=now())
    file.name_sealed = seal(keys().inbox, name, _place(file.id, "name_sealed"))
    file.body_sealed = seal(keys().inbox, body, _place(file.id, "body_sealed"))
    file.save(force_insert=True)
    return file, True


def take_in(
    organisation_id: UUID, file_id: UUID, *, country: str = "MY", progress: Callable[[int, int], None] | None = None
) -> ContactFile:
    """Read the file and record its rows, chunk by chunk, each chunk in a transaction of its own. Safe to repeat."""
    with scope(organisation_id):
        file = ContactFile.objects.select_related("purpose").get(id=file_id)
        if file.state not in OPEN:
            return file
        body = unseal(keys().inbox, bytes(file.body_sealed or b""), _place(file.id, "body_sealed"))
    try:
        reading = spreadsheet.read(body, country=country, at=file.uploaded_at)
    except UnreadableFile as problem:
        return _close(organisation_id, file_id, state=ContactFile.State.REFUSED, refusal=problem.code)
    rejections = [
        {"line": one.line, "column": one.column, "code": one.code, "hint": one.hint} for one in reading.rejections
    ]
    done = 0
    while done < len(reading.rows):
        with scope(organisation_id):
            done = _take_chunk(file_id, reading)
        crash_point("I1")
        if progress:
            progress(done, len(reading.rows))
    return _close(organisation_id, file_id, state=ContactFile.State.DONE, rows=reading.records, rejections=rejections)


def file_name(file: ContactFile) -> str:
    """The uploaded file's name in clear."""
    return unseal(keys().inbox, bytes(file.name_sealed), _place(file.id, "name_sealed")).decode()


def _take_chunk(file_id: UUID, reading: Reading) -> int:
    """Record the next rows; how many are done. The file's lock lets two workers on the same file take turns."""
    file = ContactFile.objects.select_for_update(of=("self",)).select_related("purpose").get(id=file_id)
    chunk = reading.rows[file.rows_done : file.rows_done + CHUNK]
    if file.state not in OPEN or not chunk:
        return len(reading.rows)
    outcome = _record_chunk(file, chunk, {column.use: column.heading for column in reading.columns})
    done: int = file.rows_done + len(chunk)
    ContactFile.objects.filter(id=file_id).update(
        state=ContactFile.State.RUNNING,
        rows=reading.records,
        rows_done=done,
        granted=file.granted + outcome["granted"],
        kept_refused=file.kept_refused + outcome["kept_refused"],
        withdrawn=file.withdrawn + outcome["withdrawn"],
        rejections=file.rejections + outcome["rejections"],
    )
    return done


def _record_chunk(file: ContactFile, rows: Sequence[Row], headings: Mapping[str, str]) -> dict[str, Any]:
    """One chunk, one ledger entry. Everything that refuses a row is looked up here, in the same transaction."""
    log.hold()
    purpose = file.purpose
    versions = {version.name: version for version in NoticeVersion.objects.select_related("notice")}
    suppressed = records.suppressed_among([row.number.e164 for row in rows], purpose)
    known = book.find_many("phone", [row.number.e164 for row in rows])
    refused = records.refused_among([person.id for person in known.values()], purpose)
    withdrawn, agreed, rejections, kept_refused = [], [], [], 0
    for row in rows:
        person = known.get(row.number.e164)
        code = _refusal_of(row, purpose, versions)
        if row.withdrawn_at:
            withdrawn.append(row)
        elif row.number.e164 in suppressed or (person and person.id in refused):
            kept_refused += 1
            rejections.append({"line": row.line, "column": "", "code": "refused_earlier"})
        elif code:
            rejections.append({"line": row.line, "column": headings[code[1]], "code": code[0]})
        else:
            agreed.append(row)
    people = book.find_or_add_many([Newcomer(row.number, row.name, row.language or "ms") for row in agreed])
    records.attest(
        [_fact(row, people[row.number.e164], purpose, versions[row.notice_version or ""]) for row in agreed],
        body={"purpose": purpose.key, "file": str(file.id)},
    )
    _withdraw_rows(withdrawn, known)
    return {"granted": len(agreed), "kept_refused": kept_refused, "withdrawn": len(withdrawn), "rejections": rejections}


def _refusal_of(row: Row, purpose: Purpose, versions: dict[str, NoticeVersion]) -> tuple[str, str] | None:
    """Why this row's evidence cannot carry a consent for the purpose: (code, field of the row), or None."""
    version = versions.get(row.notice_version or "")
    if row.withdrawn_at or row.consent_at is None:
        return None
    if version is None or version.notice_id != purpose.notice_id:
        return "notice_unknown", "notice_version"
    if row.consent_at + timedelta(days=purpose.lifetime_days) <= now():
        return "consent_expired", "consent_at"
    return None


def _fact(row: Row, person: Known, purpose: Purpose, version: NoticeVersion) -> NewFact:
    if row.consent_at is None:
        raise ValueError("A row without a date of consent carries no evidence.")
    payload = {"source": row.source, "line": row.line, "attributes": row.attributes}
    return NewFact(person, Act.ATTESTED, row.method or "", row.consent_at, purpose, version, row.language, payload)


def _withdraw_rows(rows: Sequence[Row], known: dict[str, Known]) -> None:
    """People marked as withdrawn: those in the book get a withdrawal, the others are kept as keyed hashes only."""
    strangers = {}
    for row in rows:
        person = known.get(row.number.e164)
        if row.withdrawn_at and person:
            records.withdraw_known(
                person, method=Evidence.Method.STAFF, at=row.withdrawn_at, payload={"line": row.line}
            )
        elif row.withdrawn_at:
            strangers[row.number.e164] = row.withdrawn_at
    if strangers:
        log.append("consent.suppressed", {"rows": len(strangers)})
        records.suppress_numbers(strangers)


def _close(
    organisation_id: UUID, file_id: UUID, *, rejections: Sequence[dict[str, Any]] = (), **changes: Any
) -> ContactFile:
    """The file is dealt with, once: its sealed body goes, what became of each row stays."""
    with scope(organisation_id):
        file = ContactFile.objects.select_for_update(of=("self",)).select_related("purpose").get(id=file_id)
        if file.state in OPEN:
            told = sorted([*rejections, *file.rejections], key=lambda one: one["line"])
            ContactFile.objects.filter(id=file_id).update(
                body_sealed=None, finished_at=now(), rejections=told, **changes
            )
            file.refresh_from_db()
        return file


def _place(file_id: UUID, column: str) -> bytes:
    return associated(current(), "consent_contactfile", column, file_id)
