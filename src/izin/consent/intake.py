"""Take in a list of contacts that carries evidence of consent. A row without evidence is refused and not kept.

First the file is read: what refuses in it counts at once, and the rest waits for a review (``review``). Then its rows
are recorded. An import never lifts a refusal (law: rule 10), and each chunk of rows is one ledger entry with the root
of its rows. Restarting after a crash goes on at the first row that was not committed; the file is read as on the day
when it came, so that the rows are the same ones.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from izin.consent import files, records, sampling, suppressions
from izin.consent.decision import Act
from izin.consent.drafts import Ahead, Draft, draw_up
from izin.consent.files import State
from izin.consent.grades import Grade, grade_of
from izin.consent.models import ContactFile, Evidence, Purpose
from izin.consent.records import NewFact
from izin.contacts import book, tagging
from izin.contacts.book import Known
from izin.contacts.spreadsheet import Reading, Row, Rows, UnreadableFile
from izin.ledger import log
from izin.lib import heap
from izin.lib.clock import now
from izin.lib.crashpoints import crash_point
from izin.notices.models import NoticeVersion
from izin.organisations.keys import keys
from izin.organisations.scope import scope

CHUNK = 500  # the log is held for one chunk, and a STOP must not wait for its 200
SEED_BYTES = 32
Progress = Callable[[int, int], None]


def take_in(organisation_id: UUID, file_id: UUID, *, progress: Progress | None = None) -> ContactFile:
    """Do what is due for the file: read it, or after its review record its rows. Safe to repeat.

    Chunk by chunk, each in a transaction of its own.
    """
    with heap.settled():
        return _take_in(organisation_id, file_id, progress or _silent)


def _take_in(organisation_id: UUID, file_id: UUID, progress: Progress) -> ContactFile:
    with scope(organisation_id):
        file = files.get(file_id)
        if file.state == State.RUNNING:
            rows = files.rows_of(file)
        elif file.state == State.WAITING:
            try:
                reading = files.read(file)
            except UnreadableFile as problem:
                return _close(files.get(file_id, lock=True), state=State.REFUSED, refusal=problem.code)
        else:
            return file
    if file.state == State.RUNNING:
        return _record(organisation_id, file, rows, progress)
    return _read(organisation_id, file_id, reading, progress)


def grades_of(reading: Reading) -> dict[Grade, int]:
    """How many of the rows that bring a consent reach which grade of evidence."""
    found: Counter[Grade] = Counter()
    for (method, proof), count in reading.ways.items():
        if grade := grade_of(method, proof=proof):
            found[grade] += count
    return dict(found)


def _read(organisation_id: UUID, file_id: UUID, reading: Reading, progress: Progress) -> ContactFile:
    """Let the refusals in the file count, and draw the sample of its proofs."""
    withdrawn, done = reading.withdrawals, 0
    while done < len(withdrawn):
        with scope(organisation_id):
            done = _refuse_chunk(file_id, withdrawn)
        progress(done, len(withdrawn))
    rows = reading.consents
    with scope(organisation_id):
        file = files.get(file_id, lock=True)
        if file.state != State.WAITING:
            return file
        found = {"rows": reading.records, "evidenced": len(rows), "grades": {}}
        found["grades"] = {grade.name: count for grade, count in grades_of(reading).items()}
        told = {"file": str(file.id), "purpose": file.purpose.key, "rows": reading.records, "evidenced": len(rows)}
        log.append("import.read", told | {"sample": sampling.size(len(rows))})
        rejections = [
            {"line": one.line, "column": one.column, "code": one.code, "hint": one.hint} for one in reading.rejections
        ]
        if not rows:
            return _close(file, rejections=rejections, state=State.DONE, rows_done=0, **found)
        sample = [rows[position] for position in sampling.positions(len(rows), secrets.token_bytes(SEED_BYTES))]
        sealed = files.seal_sample(file, sample)
        ContactFile.objects.filter(id=file_id).update(
            state=State.REVIEW,
            rows_done=0,
            rejections=rejections,
            sample_sealed=sealed,
            lines=files.packed(rows.lines),
            **found,
        )
        return files.get(file_id)


def _record(organisation_id: UUID, file: ContactFile, rows: Rows, progress: Progress) -> ContactFile:
    """Record the consents that the reviewer let through."""
    file_id, done = file.id, file.rows_done
    with scope(organisation_id):
        mine = keys()
    with Ahead(lambda start: draw_up(mine, rows[start : start + CHUNK]), CHUNK) as ahead:
        while done < len(rows):
            drafts = ahead.at(done)
            with scope(organisation_id):
                done = _take_chunk(file_id, rows, done, drafts, ahead.go_on)
            crash_point("I1")
            progress(done, len(rows))
    with scope(organisation_id):
        return _close(files.get(file_id, lock=True), state=State.DONE)


def _refuse_chunk(file_id: UUID, rows: Sequence[Row]) -> int:
    """Record the next refusals; how many are done. The file's lock lets two workers on the same file take turns."""
    file = files.get(file_id, lock=True)
    chunk = rows[file.rows_done : file.rows_done + CHUNK]
    if file.state != State.WAITING or not chunk:
        return len(rows)
    log.hold()
    _withdraw_rows(chunk, book.find_many("phone", [row.number.e164 for row in chunk]))
    done: int = file.rows_done + len(chunk)
    ContactFile.objects.filter(id=file_id).update(rows_done=done, withdrawn=file.withdrawn + len(chunk))
    return done


def _take_chunk(file_id: UUID, rows: Rows, start: int, drafts: Sequence[Draft], meanwhile: Callable[[], None]) -> int:
    """Record the rows from ``start`` on; how many are done, which may be others that another worker recorded.

    ``meanwhile`` is called when nothing but storing is left to do.
    """
    file = files.get(file_id, lock=True)
    if file.state != State.RUNNING:
        return len(rows)
    if file.rows_done != start:
        return file.rows_done
    outcome = _record_chunk(file, drafts, rows.heading, meanwhile)
    done = start + len(drafts)
    changes: dict[str, Any] = {"rows_done": done, "granted": file.granted + outcome["granted"]}
    if outcome["rejections"]:
        changes |= {
            "kept_refused": file.kept_refused + outcome["kept_refused"],
            "rejections": file.rejections + outcome["rejections"],
        }
    ContactFile.objects.filter(id=file_id).update(**changes)
    return done


def _record_chunk(
    file: ContactFile, drafts: Sequence[Draft], heading: Callable[[str], str], meanwhile: Callable[[], None]
) -> dict[str, Any]:
    """One chunk, one ledger entry. Everything that refuses a row is looked up here, in the same transaction."""
    log.hold()
    purpose, moment = file.purpose, now()
    versions = {version.name: version for version in NoticeVersion.objects.select_related("notice")}
    suppressed = suppressions.refusals_among([draft.newcomer.suppression_index for draft in drafts], purpose)
    known = book.find_indexed("phone", [draft.newcomer.index for draft in drafts])
    refused = records.refused_among([person.id for person in known.values()], purpose)
    agreed, rejections, kept_refused = [], [], 0
    for draft in drafts:
        row, person = draft.row, known.get(draft.newcomer.index)
        code = _refusal_of(row, purpose, versions, moment)
        if suppressed.get(draft.newcomer.suppression_index) or (person and person.id in refused):
            kept_refused += 1
            rejections.append({"line": row.line, "column": "", "code": "refused_earlier"})
        elif code:
            rejections.append({"line": row.line, "column": heading(code[1]), "code": code[0]})
        else:
            agreed.append((draft, person or draft.newcomer.person))
    added = [draft.newcomer for draft, _ in agreed if draft.newcomer.index not in known]
    meanwhile()
    book.add(added)
    tagging.add({person.id: draft.row.tags for draft, person in agreed if draft.row.tags})
    records.attest(
        [_fact(draft, person, purpose, versions[draft.row.notice_version]) for draft, person in agreed],
        body={"purpose": purpose.key, "file": str(file.id)},
        fresh={one.person.id for one in added if one.suppression_index not in suppressed},
    )
    return {"granted": len(agreed), "kept_refused": kept_refused, "rejections": rejections}


def _refusal_of(
    row: Row, purpose: Purpose, versions: Mapping[str, NoticeVersion], at: datetime
) -> tuple[str, str] | None:
    """Why this row's evidence cannot carry a consent for the purpose: (code, field of the row), or None."""
    version = versions.get(row.notice_version)
    if version is None or version.notice_id != purpose.notice_id:
        return "notice_unknown", "notice_version"
    if _consented_at(row) + timedelta(days=purpose.lifetime_days) <= at:
        return "consent_expired", "consent_at"
    return None


def _fact(draft: Draft, person: Known, purpose: Purpose, version: NoticeVersion) -> NewFact:
    row, is_new = draft.row, person is draft.newcomer.person
    return NewFact(
        *(person, Act.ATTESTED, row.method, _consented_at(row), purpose, version, row.language, draft.payload),
        grade=grade_of(row.method, proof=bool(row.proof)),
        sealed=draft.sealed if is_new else None,
    )


def _consented_at(row: Row) -> datetime:
    if row.consent_at is None:
        raise ValueError("A row without a date of consent carries no evidence.")
    return row.consent_at


def _withdraw_rows(rows: Sequence[Row], known: Mapping[str, Known]) -> None:
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
        suppressions.suppress_numbers(strangers)


def _close(file: ContactFile, **changes: Any) -> ContactFile:
    """End the file, once."""
    if file.state in files.OPEN:
        files.end(file, **changes)
    return file


def _silent(done: int, whole: int) -> None:
    """Nobody watches."""
