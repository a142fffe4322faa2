"""Contacts from a CSV file with the evidence of their consent. Pure: bytes in, a ``Reading`` out, nothing stored.

A row is kept only with a number that can mean one person, and with the date, the method, the notice version and the
source of the consent (GDPR Art. 7(1): the controller must be able to show it). Everything else is reported with line,
column and reason, and the rest of the file goes on. A withdrawal needs no evidence and is never lost to another error:
if a file says both yes and no about one number, it is no.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Final, Literal, TypeVar, cast, get_args

from izin.contacts import spreadsheet_cells as cells
from izin.contacts.spreadsheet_cells import BadCell, CellCode
from izin.contacts.spreadsheet_records import FileCode, Record, RecordCode, Table, UnreadableFile, open_table, records
from izin.lib import clock, phone
from izin.lib.phone import PhoneCode, PhoneError, PhoneNumber

__all__ = ["FILE_CODES", "ROW_CODES", "Column", "Reading", "Rejection", "Row", "UnreadableFile", "guess", "read"]

RowCode = Literal["no_evidence", "duplicate", "withdrawal_unclear"] | PhoneCode | CellCode | RecordCode
_Told = Literal["number", "name", "language", "consent_at", "method", "notice_version", "source", "withdrawn_at"]
Field = _Told | Literal["proof", "collector"]
FILE_CODES: Final[tuple[str, ...]] = get_args(FileCode)
ROW_CODES: Final[tuple[str, ...]] = (
    *("no_evidence", "duplicate", "withdrawal_unclear"),
    *(code for codes in (PhoneCode, CellCode, RecordCode) for code in get_args(codes)),
)
EVIDENCE: Final[tuple[Field, ...]] = ("consent_at", "method", "notice_version", "source")

# The names by which a column is known, in Malay and English; the first is the one of our own examples and exports.
COLUMN_NAMES: Final[Mapping[Field, tuple[str, ...]]] = {
    "number": (
        *("telefon", "nombor", "nombor_telefon", "no_telefon", "no_tel", "tel", "no_hp", "hp", "telefon_bimbit"),
        *("phone", "phone_number", "mobile", "mobile_number", "mobile_phone", "handphone", "number"),
        *("whatsapp", "nombor_whatsapp", "no_whatsapp", "whatsapp_number"),
    ),
    "name": ("nama", "nama_penuh", "name", "full_name"),
    "language": ("bahasa", "language", "lang"),
    "consent_at": ("tarikh_persetujuan", "tarikh_izin", "consent_date", "consent_at", "consented_on", "consented_at"),
    "method": ("cara", "kaedah", "cara_persetujuan", "method", "consent_method"),
    "notice_version": ("versi_notis", "notice_version"),
    "source": ("sumber", "sumber_persetujuan", "source", "consent_source"),
    "proof": ("bukti", "rujukan_bukti", "fail_bukti", "proof", "proof_reference", "proof_file"),
    "collector": ("pengumpul", "dikumpul_oleh", "collector", "collected_by"),
    "withdrawn_at": (
        *("tarikh_tarik_balik", "tarikh_penarikan", "tarik_balik", "berhenti", "withdrawn_on", "withdrawn_at"),
        *("withdrawn", "withdrawal_date", "opt_out", "opted_out", "opted_out_on", "unsubscribed", "unsubscribed_on"),
    ),
}
_FIELD_OF: Final = {name: field for field, names in COLUMN_NAMES.items() for name in names}
# Names that mean something inside the product. A file does not decide them, so such a column is left aside.
_NOT_FROM_A_FILE: Final = frozenset(
    (
        *("id", "pk", "org_id", "organisation", "organisation_id", "contact_id", "subject_ref", "subject_id"),
        *("consent", "consent_state", "standing", "status", "suppressed", "constructor", "prototype"),
        *("role", "password", "token", "is_staff", "is_superuser", "is_active"),
    )
)
_SEPARATORS: Final = re.compile(r"[\s\-./\\()\[\]:]+")
_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"'?[+(]?[0-9][0-9\s\-().]{6,}")
_LONGEST_HEADER: Final = 64
EXAMPLES: Final = 2
LONGEST_EXAMPLE: Final = 40
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its heading as written, and what it is used for.

    ``use`` is a field of ``Row``, ``attribute`` (kept under ``key``), or ``ignored``.
    """

    position: int
    heading: str
    key: str
    use: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person who may be imported. ``line`` counts from 1; moments are UTC; an empty text means the cell was empty.

    With ``withdrawn_at`` the row is a withdrawal, whatever its evidence says; without it the evidence is complete.
    """

    line: int
    number: PhoneNumber
    name: str = field(repr=False)
    language: str
    consent_at: datetime | None
    method: str
    notice_version: str
    source: str
    withdrawn_at: datetime | None
    attributes: Mapping[str, str] = field(repr=False)
    proof: str = ""  # where the row's single proof lies: a scan's name, a line of a log; not asked of every row
    collector: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One reason for which a line was not taken. ``hint`` is another line's number or empty: never what a cell held."""

    line: int
    column: str
    code: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. ``records`` counts its rows that are not blank: each is in ``rows`` or in ``rejections``."""

    columns: tuple[Column, ...]
    records: int
    rows: list[Row]
    rejections: list[Rejection]

    def rejected(self) -> dict[str, int]:
        """How many lines were refused, by code; a line with several reasons counts under each."""
        return dict(Counter(code for _, code in {(one.line, one.code) for one in self.rejections}))


def read(
    data: bytes,
    *,
    country: str | None,
    at: datetime | None = None,
    use_of: Callable[[str], str | None] | None = None,
    most: int | None = None,
) -> Reading:
    """The contacts in the bytes of a CSV file.

    ``country`` is the ISO region that the uploader stated for numbers with a leading 0, or None if none was stated.
    ``at`` is the moment after which a date lies in the future: now, unless told. ``use_of`` says what the column with
    a heading is for, where somebody corrected the guess. ``most`` stops after so many rows. Raises ``UnreadableFile``.
    """
    if country is not None and not phone.is_country(country):
        raise UnreadableFile("country_unknown")
    table = open_table(data, _FIELD_OF)
    columns = _checked(table, _guessed(table, use_of or _as_guessed))
    return _Reader(table, columns, country, at or clock.now()).read(most)


def guess(data: bytes) -> list[tuple[Column, list[str]]]:
    """Each column with the use that its heading suggests and its first values. Raises ``UnreadableFile``."""
    table = open_table(data, _FIELD_OF)
    first = [record.fields for record in islice(records(table), EXAMPLES) if not record.broken]
    columns = _guessed(table, _as_guessed)
    if len({column.heading for column in columns}) != len(columns):
        raise UnreadableFile("duplicate_column", table.header.line)
    return [
        (column, [fields[column.position][:LONGEST_EXAMPLE] for fields in first if fields[column.position].strip()])
        for column in columns
    ]


class _Reader:
    """Reads one table; keeps what later rows need to know of earlier ones."""

    def __init__(self, table: Table, columns: tuple[Column, ...], country: str | None, at: datetime) -> None:
        self._table, self._columns, self._country, self._at = table, columns, country, at
        self._by_field = {column.use: column for column in columns}
        self._rows: dict[PhoneNumber, Row] = {}  # in the order of the file
        self._rejections: list[Rejection] = []
        self._unclear: dict[PhoneNumber, int] = {}  # numbers with a withdrawal that could not be read → line

    def read(self, most: int | None) -> Reading:
        count = 0
        for record in islice(records(self._table), most):
            count += 1
            if record.broken:
                self._rejections.append(Rejection(record.line, "", record.broken))
            else:
                self._take(record)
        for number, line in self._unclear.items():
            self._hold_back(number, line)
        rejections = sorted(self._rejections, key=lambda rejection: rejection.line)
        return Reading(self._columns, count, list(self._rows.values()), rejections)

    def _take(self, record: Record) -> None:
        number, withdrawn_at, row, problems = self._understand(record)
        if row and withdrawn_at:
            problems = []  # the person said no: an unreadable name or date of the old yes does not stop that
        if problems or not row:
            self._rejections += problems
            withdrawal = self._by_field.get("withdrawn_at")
            if number and withdrawal and any(problem.column == withdrawal.heading for problem in problems):
                self._unclear.setdefault(number, record.line)
            return
        earlier = self._rows.setdefault(row.number, row)
        if earlier is row:
            return
        heading = self._by_field["number"].heading
        self._rejections.append(Rejection(row.line, heading, "duplicate", str(earlier.line)))
        if withdrawn_at:
            latest = max(withdrawn_at, earlier.withdrawn_at or withdrawn_at)
            self._rows[row.number] = replace(earlier, withdrawn_at=latest)

    def _hold_back(self, number: PhoneNumber, line: int) -> None:
        """Refuse a yes when another line holds an unreadable no for the same number."""
        row = self._rows.get(number)
        if row and not row.withdrawn_at:
            del self._rows[number]
            heading = self._by_field["withdrawn_at"].heading
            self._rejections.append(Rejection(row.line, heading, "withdrawal_unclear", str(line)))

    def _understand(self, record: Record) -> tuple[PhoneNumber | None, datetime | None, Row | None, list[Rejection]]:
        """Number, withdrawal and the whole row as far as they can be read, and everything that is wrong."""
        problems: list[Rejection] = []

        def cell(place: Column | None, meaning: Callable[[str], _Value], otherwise: _Value) -> _Value:
            if place is None:
                return otherwise
            try:
                return meaning(record.fields[place.position])
            except (BadCell, PhoneError) as bad:
                problems.append(Rejection(record.line, place.heading, bad.code))
                return otherwise

        column = self._by_field.get
        number = cell(column("number"), self._number, None)
        withdrawn_at = cell(column("withdrawn_at"), lambda text: cells.withdrawal(text, self._at), None)
        consent_at = cell(column("consent_at"), lambda text: cells.moment(text, self._at), None)
        method = cell(column("method"), cells.method, "")
        notice_version = cell(column("notice_version"), cells.short_text, "")
        source = cell(column("source"), cells.short_text, "")
        proof = cell(column("proof"), cells.short_text, "")
        collector = cell(column("collector"), cells.short_text, "")
        name = cell(column("name"), cells.name, "")
        language = cell(column("language"), cells.language, "")
        kept = (place for place in self._columns if place.use == "attribute")
        attributes = {place.key: text for place in kept if (text := cell(place, cells.text, ""))}
        evidence = zip(EVIDENCE, (consent_at, method, notice_version, source), strict=True)
        problems += self._missing(record.line, [name for name, value in evidence if not value], problems)
        if number is None:
            return None, withdrawn_at, None, problems
        row = Row(
            *(
                record.line,
                number,
                name,
                language,
                consent_at,
                method,
                notice_version,
                source,
                withdrawn_at,
                attributes,
            ),
            proof=proof,
            collector=collector,
        )
        return number, withdrawn_at, row, problems

    def _number(self, text: str) -> PhoneNumber | None:
        return phone.parse(cells.whole(text), country=self._country)

    def _missing(self, line: int, fields: list[Field], problems: list[Rejection]) -> list[Rejection]:
        """One rejection for each part of the evidence that is not there; a part that is there but wrong has its own."""
        wrong = {problem.column for problem in problems}
        headings = [
            column.heading if (column := self._by_field.get(field)) else COLUMN_NAMES[field][0] for field in fields
        ]
        return [Rejection(line, heading, "no_evidence") for heading in headings if heading not in wrong]


def _guessed(table: Table, use_of: Callable[[str], str | None]) -> tuple[Column, ...]:
    """The columns, each for what ``use_of`` says or else its heading suggests. Raises ``UnreadableFile``."""
    header = table.header
    if any(_LOOKS_LIKE_A_NUMBER.fullmatch(cell.strip()) for cell in header.fields):
        raise UnreadableFile("header_missing", header.line)
    try:
        headings = [cells.text(cell)[:_LONGEST_HEADER] for cell in header.fields]
    except BadCell:
        raise UnreadableFile("header_broken", header.line) from None
    columns = [_column(position, heading) for position, heading in enumerate(headings)]
    if not all(column.key for column in columns):
        raise UnreadableFile("column_unnamed", header.line)
    return tuple(_used_for(column, use_of(column.heading) or column.use) for column in columns)


def _as_guessed(_heading: str) -> None:
    """Nobody corrected anything."""


def _used_for(column: Column, use: str) -> Column:
    """The column for this use. What a file must not decide stays left aside, whatever anybody chose."""
    return column if column.use == "ignored" else replace(column, use=use)


def _checked(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The same columns. Raises ``UnreadableFile`` where they leave open which one is meant."""
    line = table.header.line
    if not any(column.use == "number" for column in columns):
        raise UnreadableFile("no_phone_column", line)
    names = [column.key if column.use in ("attribute", "ignored") else column.use for column in columns]
    if len(set(names)) != len(names):
        raise UnreadableFile("duplicate_column", line)
    return columns


def _column(position: int, heading: str) -> Column:
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", heading).casefold()
        if unicodedata.category(character) not in ("Cf", "Cc")
    )
    key = _SEPARATORS.sub("_", plain).strip("_")
    if plain.startswith("_") or key in _NOT_FROM_A_FILE:
        return Column(position, heading, key, "ignored")
    return Column(position, heading, key, cast(str, _FIELD_OF.get(key, "attribute")))
