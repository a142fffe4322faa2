"""Time stamp responses of RFC 3161: brought into order, and held against what was asked. Pure.

ASN.1, CMS and the chain of certificates are rfc3161-client's work (decision 0029). Only the order of the certificates
is put right here, since it reads DER and many authorities write what CMS allows.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.x509 import Certificate, load_der_x509_certificate
from rfc3161_client import (
    PKIStatus,
    TimeStampResponse,
    TimeStampTokenInfo,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_CERTIFICATES: Final = 0xA0  # [0] IMPLICIT in SignedData (RFC 5652, 5.1)

Element = tuple[int, int, int, int]  # tag, and where header, content and what follows begin


class NotStamped(Exception):
    """There is no time stamp that holds. The text is a plain reason; it quotes nothing that the authority sent."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a time stamp says: the latest moment (UTC) by which the bytes existed, and who says so (RFC 4514)."""

    at: datetime
    by: str


def check(response: bytes, stamped: bytes, *, nonce: int | None = None, roots: Sequence[Certificate] = ()) -> Stamp:
    """What ``response`` (TimeStampResp, RFC 3161 section 2.4.2) says of the bytes ``stamped``.

    Held against them are its status, the SHA-256 in its imprint, the ``nonce`` where one is given, and that the
    signer's certificate is in it; with ``roots`` also the signature, the certificate's purpose (section 2.3) and its
    chain, as of the moment that is stated. Raises NotStamped.
    """
    try:
        read = decode_timestamp_response(response)
        if read.status != PKIStatus.GRANTED:
            raise NotStamped(f"the authority did not grant it (status {int(read.status)})")
        info = read.tst_info
        imprint = info.message_imprint
        if (imprint.hash_algorithm.dotted_string, imprint.message) != (_SHA256, hashlib.sha256(stamped).digest()):
            raise NotStamped("it is over other bytes")
        if nonce is not None and info.nonce != nonce:
            raise NotStamped("it answers another request (nonce)")
        stamp = Stamp(latest(info), _signer(read).subject.rfc4514_string())
        if roots:
            VerifierBuilder(roots=list(roots)).build().verify_message(read, stamped)
    except NotStamped:
        raise
    except VerificationError:
        raise NotStamped("its signature, or the chain to the root, does not hold") from None
    except Exception:  # foreign bytes: the parsers beneath have errors of many kinds, and all mean this one thing
        raise NotStamped("it is no time stamp response") from None
    return stamp


def latest(info: TimeStampTokenInfo) -> datetime:
    """The stated moment and its accuracy after it (section 2.4.2). Raises OverflowError past all years."""
    accuracy = info.accuracy
    if accuracy is None:
        return info.gen_time
    return info.gen_time + timedelta(
        seconds=accuracy.seconds or 0, milliseconds=accuracy.millis or 0, microseconds=accuracy.micros or 0
    )


def in_der_order(response: bytes) -> bytes:
    """The response with the token's certificates sorted, as DER has a SET OF (X.690, 11.6).

    CMS lets them stand in any order, and no signature covers them. What has another shape comes back as it is.
    """
    try:
        (whole,) = _elements(response, 0, len(response))
        _, token = _inside(response, whole)
        _, content = _inside(response, token)
        (signed,) = _inside(response, content)
        for part in _inside(response, signed):
            if part[0] == _CERTIFICATES:
                _, _, start, end = part
                ordered = sorted(response[one[1] : one[3]] for one in _inside(response, part))
                return response[:start] + b"".join(ordered) + response[end:]
    except ValueError:
        pass
    return response


def _signer(read: TimeStampResponse) -> Certificate:
    """The certificate of the one signer. Raises NotStamped."""
    signers = list(read.signed_data.signer_infos)
    for raw in read.signed_data.certificates if len(signers) == 1 else ():
        one = load_der_x509_certificate(raw)
        if (one.issuer, one.serial_number) == (signers[0].issuer, signers[0].serial_number):
            return one
    raise NotStamped("the signer's certificate is not in it")


def _inside(raw: bytes, element: Element) -> list[Element]:
    return _elements(raw, element[2], element[3])


def _elements(raw: bytes, at: int, end: int) -> list[Element]:
    """The elements between two places. Raises ValueError for lengths that are not definite or lead outside."""
    found = []
    while at < end:
        if at + 2 > end:
            raise ValueError
        tag, length, content = raw[at], raw[at + 1], at + 2
        if length & 0x80:
            octets = length & 0x7F
            if not 0 < octets <= 4:
                raise ValueError
            length, content = int.from_bytes(raw[content : content + octets]), content + octets
        if content + length > end:
            raise ValueError
        found.append((tag, at, content, content + length))
        at = content + length
    return found
