"""One row of a file of contacts: what its columns mean, and the person and the evidence it brings. Pure."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal, overload

from izin.contacts import spreadsheet_cells as cells
from izin.contacts.spreadsheet_cells import BadCell
from izin.contacts.spreadsheet_records import Record, Table, record_at
from izin.lib import phone
from izin.lib.phone import PhoneError, PhoneNumber

_Told = Literal["number", "name", "language", "consent_at", "method", "notice_version", "source", "withdrawn_at"]
Field = _Told | Literal["proof", "collector", "tags"]
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
    "tags": ("tag", "tags", "tanda", "penanda", "label", "labels"),
    "withdrawn_at": (
        *("tarikh_tarik_balik", "tarikh_penarikan", "tarik_balik", "berhenti", "withdrawn_on", "withdrawn_at"),
        *("withdrawn", "withdrawal_date", "opt_out", "opted_out", "opted_out_on", "unsubscribed", "unsubscribed_on"),
    ),
}
_SILENT: Final[Mapping[Field, Any]] = dict.fromkeys(COLUMN_NAMES, "") | {
    "number": None,
    "consent_at": None,
    "withdrawn_at": None,
    "tags": (),
}  # what a row says of the columns that its file has not


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
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """One reason for which a line was not taken. ``hint`` is another line's number or empty: never what a cell held."""

    line: int
    column: str
    code: str
    hint: str = ""


class Grammar:
    """What the columns of one table mean, for numbers of one country and dates before one moment."""

    def __init__(self, columns: tuple[Column, ...], country: str | None, at: datetime) -> None:
        self.columns, self._country = columns, country
        self._by_field = {column.use: column for column in columns}
        self._attributes = [column for column in columns if column.use == "attribute"]
        meanings: dict[Field, Callable[[str], Any]] = {
            "number": self._number,
            "withdrawn_at": lambda text: cells.withdrawal(text, at),
            "consent_at": lambda text: cells.moment(text, at),
            "method": cells.method,
            "notice_version": cells.short_text,
            "source": cells.short_text,
            "proof": cells.short_text,
            "collector": cells.short_text,
            "tags": cells.tags,
            "name": cells.name,
            "language": cells.language,
        }
        self._meanings = [
            (use, column.position, column.heading, meaning)
            for use, meaning in meanings.items()
            if (column := self._by_field.get(use))
        ]

    def heading(self, use: str) -> str:
        """The heading of the column with this use; empty when there is none."""
        column = self._by_field.get(use)
        return column.heading if column else ""

    def understand(self, record: Record) -> tuple[PhoneNumber | None, datetime | None, Row | None, list[Rejection]]:
        """Number, withdrawal and the whole row as far as they can be read, and everything that is wrong."""
        problems: list[Rejection] = []
        line, fields, told = record.line, record.fields, dict(_SILENT)
        for use, position, heading, meaning in self._meanings:
            try:
                told[use] = meaning(fields[position])
            except (BadCell, PhoneError) as bad:
                problems.append(Rejection(line, heading, bad.code))
        attributes = self._attributes_of(record, problems) if self._attributes else {}
        missing = [use for use in EVIDENCE if not told[use]]
        if missing:
            problems += self._missing(line, missing, problems)
        number, withdrawn_at = told["number"], told["withdrawn_at"]
        if number is None:
            return None, withdrawn_at, None, problems
        row = Row(
            *(line, number, told["name"], told["language"], told["consent_at"], told["method"]),
            *(told["notice_version"], told["source"], withdrawn_at, attributes),
            *(told["proof"], told["collector"], told["tags"]),
        )
        return number, withdrawn_at, row, problems

    def _attributes_of(self, record: Record, problems: list[Rejection]) -> dict[str, str]:
        found: dict[str, str] = {}
        for place in self._attributes:
            try:
                if text := cells.text(record.fields[place.position]):
                    found[place.key] = text
            except BadCell as bad:
                problems.append(Rejection(record.line, place.heading, bad.code))
        return found

    def _number(self, text: str) -> PhoneNumber | None:
        return phone.parse(cells.whole(text), country=self._country)

    def _missing(self, line: int, fields: list[Field], problems: list[Rejection]) -> list[Rejection]:
        """One rejection for each part of the evidence that is not there; a part that is there but wrong has its own."""
        wrong = {problem.column for problem in problems}
        headings = [
            column.heading if (column := self._by_field.get(field)) else COLUMN_NAMES[field][0] for field in fields
        ]
        return [Rejection(line, heading, "no_evidence") for heading in headings if heading not in wrong]


class Rows(Sequence[Row]):
    """Rows of a table by the lines that they begin on, each read again when it is asked for.

    A million of them take a few megabytes. ``withdrawn`` holds the withdrawals that other lines brought, by line.
    """

    def __init__(self, table: Table, grammar: Grammar, lines: "array[int]", withdrawn: Mapping[int, datetime]) -> None:
        self._table, self._grammar, self._lines, self._withdrawn = table, grammar, lines, withdrawn

    @property
    def lines(self) -> "array[int]":
        """The lines of the file (from 1) on which the rows begin."""
        return self._lines

    def heading(self, use: str) -> str:
        """The heading of the column with this use."""
        return self._grammar.heading(use)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._lines)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self._row(line) for line in self._lines[place]]
        return self._row(self._lines[place])

    def _row(self, line: int) -> Row:
        row = self._grammar.understand(record_at(self._table, line))[2]
        if row is None:
            raise ValueError(f"line {line} is not a row of this table")
        return replace(row, withdrawn_at=self._withdrawn[line]) if line in self._withdrawn else row
