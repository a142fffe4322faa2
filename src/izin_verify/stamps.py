"""Time stamps over earlier checkpoints (RFC 3161): an authority's word on when the log had grown so far.

Judging them needs the root certificate that the reader trusts, and the package ``rfc3161-client``. It is looked for
only when there is something to judge, so that all else goes without it.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509

from izin_verify.refusal import CannotJudge, Refused
from izin_verify.report import Report

FOLDER = "stamps/"
NAME = re.compile(r"stamps/([1-9][0-9]{0,18})\.tsr")
MOST_BYTES = 100_000
SHA256 = "2.16.840.1.101.3.4.2.1"
GRANTED = 0


def read_roots(pem: bytes) -> list[x509.Certificate]:
    """The certificates that the reader trusts. Raises Refused."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise Refused("root_malformed", "--timestamp-root") from None


def check(files: Mapping[str, bytes], notes: Mapping[int, str], roots: list[x509.Certificate], report: Report) -> None:
    """Say by when the log had each stamped size, or that nobody judged it.

    ``notes`` are the earlier checkpoints by size, already proven to be beginnings of this log. Raises Refused for a
    stamp that does not hold, and CannotJudge where roots are given and the package is missing.
    """
    found = {name: raw for name, raw in files.items() if name.startswith(FOLDER)}
    for name, raw in found.items():
        match = NAME.fullmatch(name)
        if match is None or int(match[1]) not in notes or len(raw) > MOST_BYTES:
            raise Refused("stamp_without_checkpoint", name)
        if roots:
            size = int(match[1])
            at, by = judge(raw, notes[size].encode(), roots, name)
            report.shows("stamped", size=size, at=utc(at), by=by)
    if found and not roots:
        report.leaves_open("stamps_unjudged", stamps=len(found))
    if roots and not found:
        report.leaves_open("no_stamp")


def judge(raw: bytes, stamped: bytes, roots: list[x509.Certificate], where: str) -> tuple[datetime, str]:
    """The latest moment by which ``stamped`` existed, and the authority that says so. Raises Refused and CannotJudge.

    Held: the status (section 2.4.2), the SHA-256 of the bytes, the signature, the purpose of the certificate (section
    2.3), and its chain to one of the roots as of the moment that is stated.
    """
    try:
        import rfc3161_client as client
    except ImportError:
        raise CannotJudge from None
    try:
        response = client.decode_timestamp_response(raw)
        if response.status != GRANTED:
            raise Refused("stamp_malformed", where)
        info = response.tst_info
        imprint = info.message_imprint
        if (imprint.hash_algorithm.dotted_string, imprint.message) != (SHA256, hashlib.sha256(stamped).digest()):
            raise Refused("stamp_of_other_bytes", where)
        client.VerifierBuilder(roots=list(roots)).build().verify_message(response, stamped)
        return info.gen_time + _accuracy(info), _signer(response, where)
    except Refused:
        raise
    except client.VerificationError:
        raise Refused("stamp_not_signed", where) from None
    except Exception:  # foreign bytes: the parsers beneath have errors of many kinds, and all mean this one thing
        raise Refused("stamp_malformed", where) from None


def utc(at: datetime) -> str:
    """To the second, the next one where there is a fraction: the statement is “at the latest”."""
    whole = at.replace(microsecond=0)
    return f"{whole + timedelta(seconds=whole < at):%Y-%m-%d %H:%M:%S} UTC"


def _accuracy(info: Any) -> timedelta:
    given = info.accuracy
    if given is None:
        return timedelta()
    return timedelta(seconds=given.seconds or 0, milliseconds=given.millis or 0, microseconds=given.micros or 0)


def _signer(response: Any, where: str) -> str:
    (signer,) = response.signed_data.signer_infos
    for raw in response.signed_data.certificates:
        one = x509.load_der_x509_certificate(raw)
        if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number):
            return one.subject.rfc4514_string()
    raise Refused("stamp_not_signed", where)
