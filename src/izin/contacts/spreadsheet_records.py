"""From the bytes of an uploaded file to records of text. Pure, and written here rather than taken from ``csv``:

the standard reader lets one unclosed quote swallow the rest of the file without a word. This one gives such a record
up at its first line and goes on reading at the next, so that one mistake costs one person and not a hundred thousand.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, overload

FileCode = Literal[
    "empty_file",
    "too_large",
    "too_many_rows",
    "too_many_columns",
    "spreadsheet_file",
    "not_a_table",
    "encoding_unsupported",
    "header_missing",
    "header_broken",
    "column_unnamed",
    "duplicate_column",
    "no_phone_column",
    "country_unknown",
]
RecordCode = Literal["unclosed_quote", "stray_quote", "field_count"]

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_RECORDS: Final = 1_000_000
MOST_COLUMNS: Final = 64
DELIMITERS: Final = ",;\t|"
_MOST_LINES_IN_FIELD: Final = 50
_MOST_OPEN_CHARACTERS: Final = 4096
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_BOM: Final = "\ufeff".encode()
_EXCEL_HINT: Final = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
_SPREADSHEETS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_OTHER_FORMATS: Final = (
    b"\x1f\x8b",  # gzip
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"%PDF",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"SQLite format 3\x00",
    b"{\\rtf",
)


class UnreadableFile(Exception):
    """The file as a whole cannot be imported. ``code`` says why, ``line`` (from 1) where, if there is a place."""

    def __init__(self, code: FileCode, line: int | None = None) -> None:
        super().__init__(code)
        self.code: FileCode = code
        self.line = line


class BrokenRecord(Exception):
    """A record that breaks the quoting rules."""

    def __init__(self, code: RecordCode) -> None:
        super().__init__(code)
        self.code: RecordCode = code


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on (from 1), and its fields, or what is wrong with it as a whole."""

    line: int
    fields: Sequence[str] = field(repr=False)
    broken: RecordCode | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file taken apart: its header, and its lines from ``first`` (an index) on."""

    header: Record
    delimiter: str
    lines: Sequence[str] = field(repr=False)
    first: int


class _Lines(Sequence[str]):
    """The lines of a file in UTF-8, each made a text when it is asked for; a byte that is none becomes U+FFFD.

    A million lines as texts would take several times the memory of the file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts, self._ends = array("I", (0,)), array("I")
        for found in _LINE_END.finditer(data):
            self._ends.append(found.start())
            self._starts.append(found.end())
        self._ends.append(len(data))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        return self._data[self._starts[place] : self._ends[place]].decode("utf-8", "replace")


def open_table(data: bytes, known_columns: Iterable[str] = ()) -> Table:
    """The header of the file and what is needed to read on. Raises ``UnreadableFile``.

    The delimiter is the one that finds most of ``known_columns`` in the header, then the one that is there most often.
    """
    lines = _Lines(_utf8(data))
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise UnreadableFile("empty_file")
    hint = _EXCEL_HINT.fullmatch(lines[first].strip(" "))
    if hint:
        delimiter, first = hint[1], first + 1
        if first >= len(lines):
            raise UnreadableFile("empty_file")
    else:
        delimiter = _sniff(lines[first], frozenset(known_columns))
    try:
        fields, after = _fields(lines, first, delimiter)
    except BrokenRecord:
        raise UnreadableFile("header_broken", first + 1) from None
    while len(fields) > 1 and not fields[-1].strip():
        fields.pop()
    if len(fields) > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", first + 1)
    return Table(Record(first + 1, fields), delimiter, lines, after)


def records(table: Table) -> Iterator[Record]:
    """The records below the header, without those that are blank. Every line with text is in one of them.

    Raises ``UnreadableFile`` when there are more than a file may have.
    """
    width, index, count = len(table.header.fields), table.first, 0
    many = len(table.lines)
    while index < many:
        if not table.lines[index].strip(" \ufeff\x00"):
            index += 1
            continue
        record, index = _record(table, index, width)
        if not record.broken and not any(field.strip() for field in record.fields):
            continue
        count += 1
        if count > MOST_RECORDS:
            raise UnreadableFile("too_many_rows", record.line)
        yield record


def record_at(table: Table, line: int) -> Record:
    """The record that ``records`` found to begin on this line (from 1)."""
    return _record(table, line - 1, len(table.header.fields))[0]


def _record(table: Table, index: int, width: int) -> tuple[Record, int]:
    """The record that begins at line ``index``, and the line after it; after a broken one, the very next line."""
    line = index + 1
    try:
        fields, after = _fields(table.lines, index, table.delimiter)
    except BrokenRecord as broken:
        return Record(line, (), broken.code), index + 1
    if not any(field.strip() for field in fields):
        fields = [""] * width  # a row of bare delimiters, as spreadsheets leave below their data
    while len(fields) > width and not fields[-1].strip():
        fields.pop()
    over_lines = after > index + 1
    if over_lines and (len(fields) != width or _swallowed(table, index + 1, after, width)):
        return Record(line, (), "unclosed_quote"), index + 1
    if len(fields) != width:
        return Record(line, fields, "field_count"), after
    return Record(line, fields), after


def _swallowed(table: Table, start: int, end: int, width: int) -> bool:
    """Whether a line inside a quoted field is a whole record by itself: then the quote was never meant to stay open."""
    for index in range(start, end):
        try:
            fields, after = _fields(table.lines, index, table.delimiter)
        except BrokenRecord:
            continue
        if len(fields) == width > 1 and after == index + 1:
            return True
    return False


def _fields(lines: Sequence[str], index: int, delimiter: str) -> tuple[list[str], int]:
    """The fields of the record at line ``index`` by RFC 4180, and the line after it. Raises ``BrokenRecord``."""
    line = lines[index]
    if '"' not in line:
        return line.split(delimiter), index + 1
    start, position, fields = index, 0, list[str]()
    while True:
        if line.startswith('"', position):
            value, index, position = _quoted(lines, index, position)
            line = lines[index]
            if position < len(line) and line[position] != delimiter:
                raise BrokenRecord("unclosed_quote" if index > start else "stray_quote")
            end = position
        else:
            end = line.find(delimiter, position)
            end = len(line) if end < 0 else end
            value = line[position:end]
            if '"' in value:
                raise BrokenRecord("unclosed_quote" if index > start else "stray_quote")
        fields.append(value)
        if end >= len(line):
            return fields, index + 1
        position = end + 1


def _quoted(lines: Sequence[str], start: int, position: int) -> tuple[str, int, int]:
    """The quoted field that opens at ``position``: its text, and the line and position behind its closing quote."""
    line, index, position, parts, size = lines[start], start, position + 1, list[str](), 0
    while True:
        end = line.find('"', position)
        if end >= 0 and line[end + 1 : end + 2] == '"':
            parts.append(line[position : end + 1])
            position = end + 2
        elif end >= 0:
            parts.append(line[position:end])
            return "".join(parts), index, end + 1
        else:
            size += len(line) - position
            index += 1
            if index >= len(lines) or index - start > _MOST_LINES_IN_FIELD or size > _MOST_OPEN_CHARACTERS:
                raise BrokenRecord("unclosed_quote")
            parts += (line[position:], "\n")
            line, position = lines[index], 0


def _sniff(header: str, known: frozenset[str]) -> str:
    def score(delimiter: str) -> tuple[int, int]:
        names = [name.strip(' "\ufeff').casefold() for name in header.split(delimiter)]
        return sum(name in known for name in names) if len(names) > 1 else 0, len(names)

    return max(DELIMITERS, key=score)


def _utf8(data: bytes) -> bytes:
    """The file in UTF-8, without its mark and the padding at its end."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile("too_large")
    if data.startswith(_SPREADSHEETS):
        raise UnreadableFile("spreadsheet_file")
    if data.startswith(_OTHER_FORMATS) or (data.startswith(b"MZ") and b"\x00" in data[:128]):
        raise UnreadableFile("not_a_table")
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise UnreadableFile("encoding_unsupported")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    else:
        sample = data.rstrip(b"\x00")[:1024]
        if sample.count(b"\x00") * 4 > len(sample):  # UTF-16 without its mark has NUL in every second place
            raise UnreadableFile("encoding_unsupported")
    start = 0
    while data.startswith(_BOM, start):
        start += len(_BOM)
    data = data[start:].rstrip(b"\x00")
    if data[:256].decode("utf-8", "replace").lstrip().startswith("<"):
        raise UnreadableFile("not_a_table")
    return data
