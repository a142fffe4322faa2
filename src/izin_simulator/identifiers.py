"""The shapes of Meta's identifiers. Pure: the random part is given by the caller."""

import base64
import hashlib
import re

_WRITTEN_NUMBER = re.compile(r"\+?[0-9 ()\-]+")
# Country of a business-scoped user id, by dialling code; any other code gets the user-assigned ISO code XX.
_COUNTRIES = {"60": "MY", "65": "SG", "62": "ID", "66": "TH", "44": "GB", "49": "DE", "1": "US"}


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
    country = next((_COUNTRIES[digits[:n]] for n in (2, 1) if digits[:n] in _COUNTRIES), "XX")
    hashed = hashlib.blake2b(f"{business_account_id}:{digits}".encode(), digest_size=8).digest()
    return f"{country}.{int.from_bytes(hashed) % 10**16:016d}"


def template_id(name: str, language: str) -> str:
    """Return the numeric id of a template, as a string: the same for the same name and language."""
    hashed = hashlib.blake2b(f"{name}:{language}".encode(), digest_size=8).digest()
    return str(10**14 + int.from_bytes(hashed) % (9 * 10**14))
