"""The shapes of Meta's identifiers. Pure: the random part is given by the caller."""

import base64
import hashlib
import re

from izin_simulator.regions import country_of

_WRITTEN_NUMBER = re.compile(r"\+?[0-9 ()\-]+")
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def digits_of(written: str, country_code: str = "") -> str | None:
    """Return the digits of a phone number as Meta reads it, or None if it is none.

    A number without a leading `+` may get the country code of the business number put before it; that happens here if
    `country_code` is given and the number does not begin with it.
    """
    if not _WRITTEN_NUMBER.fullmatch(written):
        return None
    digits = re.sub(r"\D", "", written)
    if not written.startswith("+") and country_code and not digits.startswith(country_code):
        digits = country_code + digits.removeprefix("0")
    return digits if 7 <= len(digits) <= 15 and not digits.startswith("0") else None


def wamid(digits: str, nonce: bytes, *, inbound: bool) -> str:
    """Return a message id in Meta's shape: base64 of a small binary record that contains the person's number.

    `nonce` needs at least 10 bytes. An outgoing id carries 18 hexadecimal digits of it, an inbound one 20.
    """
    token = nonce.hex().upper()[: 20 if inbound else 18].encode()
    number = digits.encode()
    record = b"\x1c\x18" + bytes([len(number)]) + number
    record += b"\x15\x02\x00" + (b"\x12" if inbound else b"\x11") + b"\x18" + bytes([len(token)]) + token + b"\x00"
    return "wamid." + base64.b64encode(record).decode()


def user_id(business_account_id: str, digits: str) -> str:
    """Return the business-scoped user id (BSUID) of a person: the same for one business, another for the next."""
    return f"{country_of(digits)}.{_number(f'{business_account_id}:{digits}') % 10**16:016d}"


def is_user_id(written: str) -> bool:
    """Say whether it has the shape of a business-scoped user id."""
    return _USER_ID.fullmatch(written) is not None


def template_id(name: str, language: str) -> str:
    """Return the numeric id of a template, as a string: the same for the same name and language."""
    return _long_id(f"{name}:{language}")


def media_id(purpose: str) -> str:
    """Return the numeric id of a file: the same for the same purpose, which names it."""
    return _long_id(f"media:{purpose}")


def _long_id(purpose: str) -> str:
    return str(10**14 + _number(purpose) % (9 * 10**14))


def _number(purpose: str) -> int:
    return int.from_bytes(hashlib.blake2b(purpose.encode(), digest_size=8).digest())
