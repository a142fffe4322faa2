"""What one cell means: a text, a date, a language, a way of consenting. Pure.

Each reader returns the meaning or raises ``BadCell`` with a code; none of them guesses.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal

from izin.contacts import tag_words

CellCode = Literal[
    "encoding",
    "nul",
    "field_too_long",
    "name_too_long",
    "text_too_long",
    "language_unknown",
    "tag_unusable",
    "method_unknown",
    "date_unreadable",
    "date_ambiguous",
    "date_impossible",
    "date_future",
    "date_too_old",
]
MALAYSIAN_TIME: Final = timezone(timedelta(hours=8))  # without summer time since 1982
MOST_BYTES: Final = 4096
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 200
OLDEST: Final = datetime(2009, 1, 1, tzinfo=UTC)  # WhatsApp began that year: no consent to it can be older

METHODS: Final = {
    "web_form": ("web_form", "web form", "borang web", "borang dalam talian"),
    "wa_keyword": ("wa_keyword", "kata kunci whatsapp", "whatsapp keyword"),
    "paper": ("paper", "kertas", "borang kertas"),
    "counter": ("counter", "kaunter"),
    "call": ("call", "panggilan", "panggilan telefon"),
    "qr": ("qr", "kod qr", "qr code"),
}
LANGUAGES: Final = {
    "ms": ("ms", "bm", "melayu", "malay", "bahasa melayu", "bahasa malaysia"),
    "en": ("en", "bi", "english", "inggeris", "bahasa inggeris"),
    "zh": ("zh", "cina", "chinese", "mandarin", "中文", "华语"),
    "ta": ("ta", "tamil", "தமிழ்"),
}
_METHOD_OF: Final = {spelling: method for method, spellings in METHODS.items() for spelling in spellings}
_LANGUAGE_OF: Final = {spelling: language for language, spellings in LANGUAGES.items() for spelling in spellings}
_LANGUAGE_TAG: Final = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")
_NOT_WITHDRAWN: Final = ("", "-", "no", "tidak", "false", "0")

_TIME: Final = (
    r"(?:[T ](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + _TIME, re.IGNORECASE)
_DAY_FIRST: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[/.\-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})" + _TIME, re.IGNORECASE
)
# Characters that change the order in which a line is shown, so that a name could dress up as other text.
_DIRECTION: Final = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_MOST_MARKS: Final = 8  # in a row on one letter: more than any script needs


# Most columns of a list say the same few things a million times.
_seen_before: Final = lru_cache(maxsize=256)


class BadCell(Exception):
    """A cell says nothing that we may use."""

    def __init__(self, code: CellCode) -> None:
        super().__init__(code)
        self.code: CellCode = code


def whole(cell: str) -> str:
    """The cell as it is. Raises ``BadCell`` for more than 4 KiB, for NUL and for bytes that were not text."""
    if len(cell) > MOST_BYTES // 4 and len(cell.encode()) > MOST_BYTES:
        raise BadCell("field_too_long")
    if "\x00" in cell:
        raise BadCell("nul")
    if "\ufffd" in cell:
        raise BadCell("encoding")
    return cell


def text(cell: str) -> str:
    """The cell's text on one line, without control and direction characters; a formula stays the text that it is."""
    whole(cell)
    if cell.isascii() and cell.isprintable():
        return _unescaped(" ".join(cell.split()))
    spaced = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", cell))
    kept: list[str] = []
    marks = 0
    for character in spaced:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category not in ("Cc", "Cs") and character not in _DIRECTION and marks <= _MOST_MARKS:
            kept.append(character)
    return _unescaped(" ".join("".join(kept).split()))


def name(cell: str) -> str:
    """A person's name, as text of at most 200 characters."""
    read = text(cell)
    if len(read) > LONGEST_NAME:
        raise BadCell("name_too_long")
    return read


@_seen_before
def short_text(cell: str) -> str:
    """A source or a version, as text of at most 200 characters."""
    read = text(cell)
    if len(read) > LONGEST_TEXT:
        raise BadCell("text_too_long")
    return read


@_seen_before
def language(cell: str) -> str:
    """A two-letter language code, or nothing for an empty cell."""
    read = text(cell).casefold()
    tag = _LANGUAGE_TAG.fullmatch(read)
    found = _LANGUAGE_OF.get(read) or (_LANGUAGE_OF.get(tag[1], tag[1]) if tag else "")
    if read and not found:
        raise BadCell("language_unknown")
    return found


def tags(cell: str) -> tuple[str, ...]:
    """Staff's words on the person, between commas or semicolons."""
    try:
        return tag_words.read_many(text(cell))
    except tag_words.BadTag:
        raise BadCell("tag_unusable") from None


@_seen_before
def method(cell: str) -> str:
    """How the person consented: a key of ``METHODS``, or nothing for an empty cell."""
    read = text(cell).casefold()
    found = _METHOD_OF.get(read, "")
    if read and not found:
        raise BadCell("method_unknown")
    return found


def moment(cell: str, at: datetime) -> datetime | None:
    """The moment in UTC, nothing for an empty cell. A date alone is its first instant in Malaysia."""
    read = text(cell)
    return _moment(read, at, end_of_day=False) if read else None


def withdrawal(cell: str, at: datetime) -> datetime | None:
    """The moment of a withdrawal in UTC, nothing if there was none. A date alone counts to its end, or to ``at``.

    So a withdrawal stands after a consent of the same day.
    """
    read = text(cell)
    return None if read.casefold() in _NOT_WITHDRAWN else min(_moment(read, at, end_of_day=True), at)


@_seen_before
def _moment(read: str, at: datetime, *, end_of_day: bool) -> datetime:
    iso = _ISO.fullmatch(read)
    match = iso or _DAY_FIRST.fullmatch(read)
    if not match:
        raise BadCell("date_unreadable")
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    if not iso and day <= 12 and day != month and month <= 12:
        raise BadCell("date_ambiguous")
    if year < OLDEST.year:
        raise BadCell("date_too_old")
    if year > at.year + 1:
        raise BadCell("date_future")
    try:
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(match["zone"]))
    except ValueError:
        raise BadCell("date_impossible") from None
    if moment > at:
        raise BadCell("date_future")
    if moment < OLDEST:
        raise BadCell("date_too_old")
    if end_of_day and match["hour"] is None:
        moment += timedelta(days=1, seconds=-1)
    return moment.astimezone(UTC)


def _zone(written: str | None) -> timezone:
    if written is None:
        return MALAYSIAN_TIME
    if written in "Zz":
        return UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _unescaped(read: str) -> str:
    """Without the apostrophe that our own export sets before a formula sign."""
    return read[1:] if len(read) > 1 and read[0] == "'" and read[1] in "=+-@" else read
