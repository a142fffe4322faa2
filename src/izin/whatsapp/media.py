"""Files that go along with messages: what WhatsApp takes, what it says of one, and where one may be fetched.

Pure. Follows Meta's page "Media". An uploaded file can be sent by its id for 30 days; the link to a file lives five
minutes and wants the access token.
"""

import base64
import re
from collections.abc import Mapping
from typing import Any

from izin.lib.errors import IzinError
from izin.whatsapp import lenient
from izin.whatsapp.lenient import Hidden

MEGABYTE = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
LIMITS: dict[str, int] = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * MEGABYTE),
    **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * MEGABYTE),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 16 * MEGABYTE),
    **dict.fromkeys(
        (
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            f"{OFFICE}.wordprocessingml.document",
            f"{OFFICE}.spreadsheetml.sheet",
            f"{OFFICE}.presentationml.presentation",
        ),
        100 * MEGABYTE,
    ),
}
LARGEST = max(LIMITS.values())
HOSTS = re.compile(r"(?:[a-z0-9-]+\.)*(?:fbsbx\.com|facebook\.com|whatsapp\.net|fbcdn\.net)")


class Unsuitable(IzinError):
    """A file that WhatsApp does not take, by its type or its size."""


class Described(Hidden, frozen=True):
    """What WhatsApp says of a file. ``sha256`` is hexadecimal, ``size`` in bytes."""

    url: str
    mime_type: str
    sha256: str
    size: int


def check(mime_type: str, size: int) -> None:
    """Raises Unsuitable for a file that WhatsApp would refuse (131053)."""
    limit = LIMITS.get(mime_type)
    if limit is None:
        raise Unsuitable(f"WhatsApp takes no files of the type {mime_type}.")
    if not 0 < size <= limit:
        raise Unsuitable(f"The file is empty or larger than {limit // MEGABYTE} MB, the most for {mime_type}.")


def read_description(answer: Mapping[str, Any]) -> Described | None:
    """The description in Meta's answer; None when it names no link or no digest. The digest may come in base64."""
    url, digest = lenient.text(answer.get("url")), lenient.text(answer.get("sha256")) or ""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        try:
            digest = base64.b64decode(digest, validate=True).hex()
        except ValueError:
            return None
    if url is None or len(digest) != 64:
        return None
    return Described(
        url, lenient.text(answer.get("mime_type")) or "", digest, lenient.whole(answer.get("file_size")) or 0
    )


def is_whatsapps(host: str) -> bool:
    """Whether files of WhatsApp lie at this host, so that the access token may go there."""
    return HOSTS.fullmatch(host) is not None
