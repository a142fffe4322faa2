"""What a tag may be: a short word of staff's own, never somebody's number or address. Pure."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 30
_ALLOWED: Final = re.compile(r"[\w][\w .&/+-]*")
_NUMBER_LIKE: Final = re.compile(r"\d{5}")  # a year is a tag; the digits of a telephone or identity number are not
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\s./+-]+(?=\d)")


class BadTag(ValueError):
    """Not a tag: empty, too long, with other signs than letters and digits, or like a number of somebody."""


def read(text: str) -> str:
    """The tag as it is kept: small letters, single spaces. Raises BadTag."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if len(plain) > LONGEST or not _ALLOWED.fullmatch(plain):
        raise BadTag
    if _NUMBER_LIKE.search(_BETWEEN_DIGITS.sub("", plain)):
        raise BadTag
    return plain


def read_many(text: str) -> tuple[str, ...]:
    """The tags in one cell or field, between commas or semicolons, each once. Raises BadTag."""
    return tuple(dict.fromkeys(read(part) for part in re.split(r"[,;]", text) if part.strip()))
