"""Phone numbers: what is read, what is refused and why, and that a number never shows itself by accident."""

import copy
import logging
import traceback

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from izin.lib.phone import PHONE_CODES, PhoneError, PhoneNumber, parse

MALAYSIA, GERMANY = "+60123456789", "+4915112345678"  # libphonenumber's own examples, or in their range


def code_of(text: str, country: str | None = None) -> str:
    with pytest.raises(PhoneError) as refused:
        parse(text, country=country)
    assert refused.value.code in PHONE_CODES
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        (MALAYSIA, None, MALAYSIA),
        ("+60 12-345 6789", None, MALAYSIA),
        ("(+60) 12.345.6789", None, MALAYSIA),
        ("0060 12 345 6789", None, MALAYSIA),
        ("012-345 6789", "MY", MALAYSIA),
        ("012 – 345 6789", "my", MALAYSIA),
        ("(012) 345/6789", "MY", MALAYSIA),
        ("+60 0123456789", "MY", MALAYSIA),
        ("\t'+60123456789\n", None, MALAYSIA),
        ("'0123456789", "MY", MALAYSIA),
        ("\u202d+60123456789\u202c", None, MALAYSIA),
        ("\ufeff+60123456789", None, MALAYSIA),
        ("+49 (0)151 12345678", None, GERMANY),
        ("0049 (0) 151 12345678", "MY", GERMANY),
        ("004915112345678", "DE", GERMANY),
        ("0151 12345678", "DE", GERMANY),
        ("+٤٩١٥١١٢٣٤٥٦٧٨", None, GERMANY),
        ("+４９１５１１２３４５６７８", None, GERMANY),
        ("＋４９ １５１ １２３４５６７８", None, GERMANY),
        ("+49\u200b151\u00a01234\u00ad5678", None, GERMANY),
        ("+1 201 555 0123", None, "+12015550123"),
    ],
)
def test_reads(text: str, country: str | None, expected: str) -> None:
    assert parse(text, country=country).e164 == expected


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("", "MY", "empty"),
        (" \u200b\u00a0 ", "MY", "empty"),
        ("'", "MY", "empty"),
        ("4915112345678", "DE", "ambiguous"),  # libphonenumber alone makes this +49 49151…
        ("60123456789", "MY", "ambiguous"),
        ("0151 12345678", None, "ambiguous"),
        ("60123456789", None, "ambiguous"),
        ("123456789", "MY", "no_prefix"),  # a spreadsheet took the zero
        ("060123456789", "MY", "invalid"),
        ("015 11 96123-4567", "BR", "ambiguous"),  # libphonenumber alone takes 15 for a carrier and drops it
        ("+60123456789\x00", None, "characters"),
        ("+6012\t3456789", None, "characters"),
        ("60123456789+", "MY", "characters"),
        ("++60123456789", None, "characters"),
        ("+", None, "characters"),
        ("tel:+60123456789", None, "characters"),
        ("tiada telefon", "MY", "characters"),
        ("012-345678²", "MY", "characters"),
        ("x" * 1000, "MY", "characters"),
        ("=+60123456789", None, "formula"),
        ("@SUM(1)", "MY", "formula"),
        ("-2+3", "MY", "formula"),
        ("+SUM(A1)", "MY", "formula"),
        ("'=+60123456789", None, "formula"),
        ("4.91511E+12", "DE", "scientific"),
        ("6,01235e+10", "MY", "scientific"),
        ("012-3456789/013-4567890", "MY", "two_numbers"),
        ("012-345 6789, 013-456 7890", "MY", "two_numbers"),
        ("0123456789 atau 0134567890", "MY", "two_numbers"),
        ("0123456789 0134567890", "MY", "two_numbers"),
        ("012-345 6789 013-456 7890", "MY", "two_numbers"),
        ("+60123456789+60134567890", None, "two_numbers"),
        ("0123456789\n0134567890", "MY", "two_numbers"),
        ("0123456789;" * 20, "MY", "two_numbers"),
        ("012-345 6789 ext. 12", "MY", "extension"),
        ("0123456789;ext=7", "MY", "extension"),
        ("0123456789 x12", "MY", "extension"),
        ("0123456789 samb. 4", "MY", "extension"),
        ("1-800-FLOWERS", "DE", "vanity"),
        ("+1 800 FLOWERS", None, "vanity"),
        ("+999 12345678", None, "unknown_country"),
        ("0123456789", "XX", "unknown_country"),
        ("012345", "MY", "invalid"),
        ("+6012345", None, "invalid"),
        ("+60123456789012", None, "invalid"),
        ("00", "MY", "invalid"),
        ("+493012345678", None, "not_mobile"),
        ("03-2385 6789", "MY", "not_mobile"),
        ("+1 800 234 5678", None, "not_mobile"),
        ("110", "DE", "not_mobile"),
        ("+882 13 123456", None, "not_mobile"),
    ],
)
def test_refuses_with_its_reason(text: str, country: str | None, code: str) -> None:
    assert code_of(text, country) == code


def test_masks_itself_everywhere() -> None:
    number = parse(MALAYSIA)
    assert number.masked == "+60 •••••• 89"
    shown = [str(number), repr(number), f"{number}", f"{number:>20}", f"{number!r}"]
    shown.append(logging.LogRecord("", 0, "", 0, "sent to %s", (number,), None).getMessage())
    shown.append(repr({"to": [number]}))
    assert all("345" not in text and "•" in text for text in shown)
    assert {number.country, PhoneNumber("+12015550123").country} == {"MY", "US"}


def test_the_mask_hides_the_length() -> None:
    assert PhoneNumber("+6512345678").masked.replace("65", "60") == PhoneNumber("+601234567878").masked


def test_equal_by_value_and_immutable() -> None:
    number = parse("012-345 6789", country="MY")
    assert number == parse("0060123456789") and len({number, PhoneNumber(MALAYSIA), copy.copy(number)}) == 1
    with pytest.raises((AttributeError, TypeError)):
        number.e164 = GERMANY  # type: ignore[misc]


@pytest.mark.parametrize("text", ["0123456789", "60123456789", "+0123456789", "+60 123456789", "+1234567890123456", ""])
def test_stored_text_must_be_e164(text: str) -> None:
    with pytest.raises(PhoneError):
        PhoneNumber(text)


def test_an_error_does_not_carry_the_text() -> None:
    for text in ("=+60123456789", "+999123456789", "+6012345678901"):
        with pytest.raises(PhoneError) as refused:
            parse(text)
        assert text.strip("=+") not in "".join(traceback.format_exception_only(refused.value)) + repr(
            refused.value.args
        )
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


@given(st.text(max_size=80), st.sampled_from([None, "MY", "DE", "US", "XX"]))
def test_any_text_is_a_number_or_a_code(text: str, country: str | None) -> None:
    try:
        number = parse(text, country=country)
    except PhoneError as refused:
        assert refused.code in PHONE_CODES
    else:
        assert parse(number.e164, country=country) == number


SPACING = st.sampled_from(["", " ", "-", "\u200b", "\u00a0", "\u00ad", ".", "\u202c", "–"])


@given(st.integers(0, 99_999), st.sampled_from(["+60", "0060", "0", "'+60", "+60 (0)", "＋６０"]), st.data())
def test_every_way_of_writing_a_number_is_the_same_number(tail: int, prefix: str, data: st.DataObject) -> None:
    digits = f"1234{tail:05d}"
    written = prefix + "".join(digit + data.draw(SPACING) for digit in digits)
    number = parse(written, country="MY")
    assert number.e164 == f"+60{digits}"
    assert parse(number.e164) == parse(number.e164, country="DE") == number


@given(st.from_regex(r"(1[0-9]{6,10}|[2-9][0-9]{6,9})", fullmatch=True), st.sampled_from(["+60", "0"]))
def test_the_short_way_for_malaysian_numbers_says_what_the_library_says(national: str, prefix: str) -> None:
    try:
        found = parse(prefix + national, country="MY").e164
    except PhoneError:
        found = ""
    number = phonenumbers.parse(prefix + national, "MY")
    mobile = phonenumbers.number_type(number) in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    said = f"+{number.country_code}{phonenumbers.national_significant_number(number)}"
    assert found == (said if mobile and said == f"+60{national}" else "")
    if found:
        assert PhoneNumber(found).country == phonenumbers.region_code_for_number(number) == "MY"
