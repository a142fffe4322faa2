"""Contacts from a CSV file with the evidence of their consent. Pure: bytes in, a ``Reading`` out, nothing stored.

A row is kept only with a number that can mean one person, and with the date, the method, the notice version and the
source of the consent (GDPR Art. 7(1): the controller must be able to show it). Everything else is reported with line,
column and reason, and the rest of the file goes on. A withdrawal needs no evidence and is never lost to another error:
if a file says both yes and no about one number, it is no.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final, Literal, cast, get_args

from izin.contacts import spreadsheet_cells as cells
from izin.contacts.spreadsheet_cells import BadCell, CellCode
from izin.contacts.spreadsheet_records import FileCode, Record, RecordCode, Table, UnreadableFile, open_table, records
from izin.contacts.spreadsheet_rows import COLUMN_NAMES, Column, Grammar, Rejection, Row, Rows
from izin.lib import clock, phone
from izin.lib.phone import PhoneCode, PhoneNumber

__all__ = [
    "COLUMN_NAMES",
    "FILE_CODES",
    "ROW_CODES",
    "Column",
    "Reading",
    "Rejection",
    "Row",
    "Rows",
    "UnreadableFile",
    "guess",
    "read",
    "rows_at",
]

RowCode = Literal["no_evidence", "duplicate", "withdrawal_unclear"] | PhoneCode | CellCode | RecordCode
FILE_CODES: Final[tuple[str, ...]] = get_args(FileCode)
ROW_CODES: Final[tuple[str, ...]] = (
    *("no_evidence", "duplicate", "withdrawal_unclear"),
    *(code for codes in (PhoneCode, CellCode, RecordCode) for code in get_args(codes)),
)
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
_PLACE_BITS: Final = 20  # a file has at most a million rows
_PLACES: Final = (1 << _PLACE_BITS) - 1
Uses = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. ``records`` counts its rows that are not blank: each is in ``rows`` or in ``rejections``.

    ``rows`` are its ``consents`` and its ``withdrawals`` together. ``ways`` counts the consents by method and by
    whether the row names its own proof.
    """

    columns: tuple[Column, ...]
    records: int
    rows: Rows
    consents: Rows
    withdrawals: Rows
    ways: Mapping[tuple[str, bool], int]
    rejections: list[Rejection]

    def rejected(self) -> dict[str, int]:
        """How many lines were refused, by code; a line with several reasons counts under each."""
        return dict(Counter(code for _, code in {(one.line, one.code) for one in self.rejections}))


def read(
    data: bytes,
    *,
    country: str | None,
    at: datetime | None = None,
    use_of: Uses | None = None,
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
    return _Reader(table, Grammar(columns, country, at or clock.now())).read(most)


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


def rows_at(data: bytes, lines: "array[int]", *, country: str | None, at: datetime, use_of: Uses | None = None) -> Rows:
    """The rows that a reading of this file found on these lines, without reading the others again.

    Raises ``UnreadableFile``.
    """
    table = open_table(data, _FIELD_OF)
    columns = _checked(table, _guessed(table, use_of or _as_guessed))
    return Rows(table, Grammar(columns, country, at), lines, {})


class _Reader:
    """Reads one table; keeps of its rows only what later ones need to know: number, line, withdrawal."""

    def __init__(self, table: Table, grammar: Grammar) -> None:
        self._table, self._grammar = table, grammar
        self._numbers, self._lines = array("Q"), array("I")
        self._withdrawn: dict[int, datetime] = {}  # by place in the two arrays
        self._unclear: dict[int, int] = {}  # numbers with a withdrawal that could not be read → line
        self._ways: Counter[tuple[str, bool]] = Counter()
        self._gone = set[int]()  # places of rows that others made void
        self._rejections: list[Rejection] = []

    def read(self, most: int | None) -> Reading:
        count = 0
        for record in islice(records(self._table), most):
            count += 1
            if record.broken:
                self._rejections.append(Rejection(record.line, "", record.broken))
            else:
                self._take(record)
        self._compare()
        self._rejections.sort(key=lambda rejection: rejection.line)
        kept = [place for place in range(len(self._lines)) if place not in self._gone]
        withdrawn = {self._lines[place]: at for place, at in self._withdrawn.items()}
        rows, consents, withdrawals = (
            Rows(self._table, self._grammar, array("I", lines), withdrawn)
            for lines in (
                (self._lines[place] for place in kept),
                (self._lines[place] for place in kept if place not in self._withdrawn),
                (self._lines[place] for place in kept if place in self._withdrawn),
            )
        )
        ways = {way: number for way, number in self._ways.items() if number}
        return Reading(self._grammar.columns, count, rows, consents, withdrawals, ways, self._rejections)

    def _take(self, record: Record) -> None:
        number, withdrawn_at, row, problems = self._grammar.understand(record)
        if row and withdrawn_at:
            problems = []  # the person said no: an unreadable name or date of the old yes does not stop that
        if problems or not row:
            self._rejections += problems
            withdrawal = self._grammar.heading("withdrawn_at")
            if number and withdrawal and any(problem.column == withdrawal for problem in problems):
                self._unclear.setdefault(_digits(number), record.line)
            return
        if withdrawn_at:
            self._withdrawn[len(self._lines)] = withdrawn_at
        else:
            self._ways[row.method, bool(row.proof)] += 1
        self._numbers.append(_digits(row.number))
        self._lines.append(record.line)

    def _compare(self) -> None:
        """Of the rows with one number the first is kept, with the latest withdrawal of all."""
        ordered = [number << _PLACE_BITS | place for place, number in enumerate(self._numbers)]
        ordered.sort()  # places with the same number stand side by side, in the order of the file
        start = 0
        for end in range(1, len(ordered) + 1):
            if end < len(ordered) and ordered[end] >> _PLACE_BITS == ordered[start] >> _PLACE_BITS:
                continue
            number, first = divmod(ordered[start], 1 << _PLACE_BITS)
            if end - start > 1:
                self._merge([one & _PLACES for one in ordered[start:end]])
            if number in self._unclear and first not in self._withdrawn:
                self._drop(first, "withdrawn_at", "withdrawal_unclear", self._unclear[number])
            start = end

    def _merge(self, places: list[int]) -> None:
        first, *others = places
        withdrawals = [self._withdrawn[place] for place in places if place in self._withdrawn]
        for place in others:
            self._drop(place, "number", "duplicate", self._lines[first])
        if withdrawals:
            if first not in self._withdrawn:
                self._forget_way(first)
            self._withdrawn[first] = max(withdrawals)

    def _drop(self, place: int, use: str, code: RowCode, other: int) -> None:
        if place not in self._withdrawn:
            self._forget_way(place)
        self._gone.add(place)
        self._rejections.append(Rejection(self._lines[place], self._grammar.heading(use), code, str(other)))

    def _forget_way(self, place: int) -> None:
        [row] = Rows(self._table, self._grammar, self._lines[place : place + 1], {})
        self._ways[row.method, bool(row.proof)] -= 1


def _digits(number: PhoneNumber) -> int:
    return int(number.e164[1:])


def _guessed(table: Table, use_of: Uses) -> tuple[Column, ...]:
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
