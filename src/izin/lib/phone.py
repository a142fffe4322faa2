"""Phone numbers: one strict way in, and a type that does not show itself.

A number is accepted only when it can mean one subscriber: with ``+``, with ``00``, or with a leading 0 and a country
chosen for the whole file. Everything else is refused with a code, never guessed, because libphonenumber by itself
reads ``4915112345678`` under region DE as another person's valid number.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal, get_args

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType

PhoneCode = Literal[
    "empty",
    "characters",
    "formula",
    "scientific",
    "two_numbers",
    "extension",
    "vanity",
    "ambiguous",
    "no_prefix",
    "unknown_country",
    "invalid",
    "not_mobile",
]
PHONE_CODES: Final[tuple[PhoneCode, ...]] = get_args(PhoneCode)

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_LONGEST_CELL: Final = 64
# Invisible characters that spreadsheets, chats and web pages leave around a number: soft hyphen, zero-width characters,
# bidirectional marks, byte order mark.
_INVISIBLE: Final = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
_USUAL: Final = re.compile(r"\+?[0-9](?:[ .\-]?[0-9]){6,14}")
_BETWEEN: Final = re.compile(r"[+ .\-]")
_EXCEL_POWER: Final = re.compile(r"[+]?[0-9]+(?:[.,][0-9]+)?E[+]?[0-9]{1,3}", re.IGNORECASE)
_EXTENSION: Final = re.compile(
    r"[0-9)][\s,;]*(?:;ext=|#|x|extn?\.?|extension|samb\.?|sambungan)[\s.:]*[0-9]{1,7}\s*", re.IGNORECASE
)
_VANITY: Final = re.compile(r"[+0-9()\-\s]*[0-9][()\-\s]*[A-Z]{3,}[A-Z0-9\-\s]*", re.IGNORECASE)
_BETWEEN_TWO: Final = re.compile(r"[/,;|&\n\r]|\b(?:atau|dan|or|and)\b", re.IGNORECASE)
_TRUNK_ZERO: Final = re.compile(r"(?<=[0-9])\s*\(0\)")
_HOME: Final = "MY"
_HOME_CODE: Final = "+60"
_WHATSAPP_TYPES: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class PhoneError(ValueError):
    """The text is no number we may write to. ``code`` says why; the text itself is never part of the error."""

    def __init__(self, code: PhoneCode) -> None:
        super().__init__(code)
        self.code: PhoneCode = code


@dataclass(frozen=True, slots=True, repr=False)
class PhoneNumber:
    """A number in E.164 with its ``+``. Printed, formatted or logged it is masked; only ``e164`` gives the digits.

    Made from E.164 text that was stored by us; text from anybody else goes through ``parse``.
    Raises ``PhoneError("invalid")`` when the text is not E.164.
    """

    _e164: str

    def __post_init__(self) -> None:
        if not _E164.fullmatch(self._e164):
            raise PhoneError("invalid")

    @property
    def e164(self) -> str:
        """The number itself, for example ``+60`` and nine digits. Personal data: seal it, index it, or send to it."""
        return self._e164

    @property
    def country(self) -> str:
        """The ISO 3166 region that the number belongs to, ``ZZ`` when no numbering plan knows it."""
        if self._e164.startswith(_HOME_CODE) and _is_mobile_at_home(self._e164.removeprefix(_HOME_CODE)):
            return _HOME
        return phonenumbers.region_code_for_number(phonenumbers.parse(self._e164)) or "ZZ"

    @property
    def masked(self) -> str:
        """Calling code and the last two digits. The number of dots is fixed, so that the length does not show."""
        return f"+{_calling_code(self._e164)} •••••• {self._e164[-2:]}"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<PhoneNumber {self.masked}>"

    def __format__(self, spec: str) -> str:
        return format(self.masked, spec)


def parse(text: str, *, country: str | None = None) -> PhoneNumber:
    """The number that ``text`` means.

    ``country`` is the ISO region that the person who gave a file stated for it: it permits numbers with a leading 0 and
    nothing else. Digits of any script and full-width characters are read. Raises ``PhoneError`` with its code.
    """
    international, digits = _dial_string(text)
    if not international and digits.startswith("00"):
        international, digits = True, digits[2:]
    if international:
        return _checked("+" + digits, None)
    calling_code = phonenumbers.country_code_for_region(country.upper()) if country else 0
    if country and not calling_code:
        raise PhoneError("unknown_country")
    if len(digits) <= 6:
        raise PhoneError("invalid" if digits.startswith("0") else "not_mobile")
    if not country or digits.startswith(str(calling_code)):
        raise PhoneError("ambiguous")
    if not digits.startswith("0"):
        raise PhoneError("no_prefix")
    number = _checked(digits, country.upper())
    # The library may drop more than the trunk zero (0 60 12… under MY); then the text had two readings.
    if number.e164 not in (f"+{calling_code}{digits[1:]}", f"+{calling_code}{digits}"):
        raise PhoneError("ambiguous")
    return number


def is_country(region: str) -> bool:
    """Whether ``region`` is an ISO region with telephone numbers of its own."""
    return phonenumbers.country_code_for_region(region.upper()) != 0


def _dial_string(text: str) -> tuple[bool, str]:
    """Whether the text began with ``+``, and its digits; refuses every character that is neither digit nor spacing."""
    if _USUAL.fullmatch(text):  # nearly every cell of a large file; what follows would find nothing in it
        return text[0] == "+", text if text.isdecimal() else _BETWEEN.sub("", text)
    if len(text) > _LONGEST_CELL:
        raise PhoneError("two_numbers" if _holds_two(text[: 2 * _LONGEST_CELL]) else "characters")
    if any(unicodedata.category(character) == "No" for character in text):
        raise PhoneError("characters")  # NFKC would turn the footnote mark in 012…8² into a digit
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip(" \t\r\n")
    plain = plain.removeprefix("'").strip(" ")  # our own export writes '+60… so that a spreadsheet keeps it as text
    plain = "".join(_western(character) for character in plain)
    if not plain:
        raise PhoneError("empty")
    _refuse_other_meanings(plain)
    plain = _TRUNK_ZERO.sub("", plain) if plain.startswith(("+", "00", "(+")) else plain
    kept = "".join(character for character in plain if not _is_spacing(character))
    international, digits = kept.startswith("+"), kept.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise PhoneError("characters" if kept else "empty")
    return international, digits


def _refuse_other_meanings(plain: str) -> None:
    """Raise the code of a text that is recognisably something else than one phone number."""
    if plain[0] in "=@-" or (plain[0] == "+" and plain[1:2].isalpha()):
        raise PhoneError("formula")
    if _EXCEL_POWER.fullmatch(plain):
        raise PhoneError("scientific")
    if _holds_two(plain):
        raise PhoneError("two_numbers")
    if _EXTENSION.search(plain):
        raise PhoneError("extension")
    if _VANITY.fullmatch(plain):
        raise PhoneError("vanity")


def _holds_two(plain: str) -> bool:
    """Whether the text shows two numbers: two long parts, a second plus, or more digits than any number has."""
    by_separator = [_count_digits(part) for part in _BETWEEN_TWO.split(plain)]
    by_space = [_count_digits(part) for part in plain.split()]
    return (
        sum(count >= 7 for count in by_separator) > 1
        or sum(count >= 9 for count in by_space) > 1
        or (plain.count("+") > 1 and sum(count >= 7 for count in map(_count_digits, plain.split("+"))) > 1)
        or sum(by_space) >= 18
    )


def _count_digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _western(character: str) -> str:
    """The ASCII digit for a decimal digit of any script, any other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _is_spacing(character: str) -> bool:
    return character in ".()/\u2212" or unicodedata.category(character) in ("Zs", "Pd")


def _checked(text: str, region: str | None) -> PhoneNumber:
    """The valid mobile number that libphonenumber reads in ``text``."""
    if text.startswith(_HOME_CODE) or (region == _HOME and text.startswith("0")):
        national = text.removeprefix(_HOME_CODE) if text[0] == "+" else text[1:]
        if _is_mobile_at_home(national):
            return PhoneNumber(_HOME_CODE + national)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as refused:
        unknown = refused.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        raise PhoneError("unknown_country" if unknown else "invalid") from None
    home = phonenumbers.region_code_for_country_code(number.country_code or 0)
    if home == "001":  # satellite, international freephone and the like: no subscriber of one country
        raise PhoneError("not_mobile")
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:  # what is_valid_number asks too
        raise PhoneError("invalid")
    if kind not in _WHATSAPP_TYPES:
        raise PhoneError("not_mobile")
    return PhoneNumber(f"+{number.country_code}{phonenumbers.national_significant_number(number)}")


@lru_cache(maxsize=1)
def _kinds_at_home() -> tuple[frozenset[int], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Of the home country's plan, as libphonenumber has it: lengths, whole plan, mobile, and every other kind."""
    plan: Any = PhoneMetadata.metadata_for_region(_HOME)
    kinds = (plan.fixed_line, plan.premium_rate, plan.toll_free, plan.shared_cost, plan.voip, plan.personal_number)
    others = [kind.national_number_pattern for kind in (*kinds, plan.pager, plan.uan, plan.voicemail) if kind]
    return (
        frozenset(plan.mobile.possible_length),
        re.compile(plan.general_desc.national_number_pattern),
        re.compile(plan.mobile.national_number_pattern),
        re.compile("|".join(f"(?:{pattern})" for pattern in others if pattern)),
    )


def _is_mobile_at_home(national: str) -> bool:
    """Whether these digits are surely a mobile number of the home country: a short way to what the library would say.

    Nearly every row of a file is one, and the library takes most of the time that reading a row costs. No means: ask.
    """
    lengths, whole, mobile, others = _kinds_at_home()
    return bool(
        len(national) in lengths
        and not national.startswith("0")
        and whole.fullmatch(national)
        and mobile.fullmatch(national)
        and not others.fullmatch(national)
    )


def _calling_code(e164: str) -> str:
    for length in (1, 2, 3):
        if phonenumbers.region_code_for_country_code(int(e164[1 : 1 + length])) != "ZZ":
            return e164[1 : 1 + length]
    return ""
