"""Files that the business uploads and that people send, kept in a folder beside the log."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from izin_simulator.clock import DAY_S
from izin_simulator.errors import GraphError
from izin_simulator.identifiers import media_id

Json = dict[str, Any]

_MB = 1024 * 1024
_LINK_S = 300
_UPLOADED_S = 30 * DAY_S
_RECEIVED_S = 7 * DAY_S
_DOCUMENTS = (
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
LIMITS: dict[str, int] = {
    "image/jpeg": 5 * _MB,
    "image/png": 5 * _MB,
    "image/webp": 500 * 1024,
    **dict.fromkeys(("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"), 16 * _MB),
    **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * _MB),
    **dict.fromkeys(_DOCUMENTS, 100 * _MB),
}
_BOUNDARY = re.compile(r'boundary="?([^";,]+)', re.IGNORECASE)
_NAME = re.compile(r'^content-disposition:[^\r\n]*?\bname="?([^";\r\n]+)', re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(r"^content-type:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
# An empty page of an Ogg stream: enough for a player to see what it is.
_SILENCE = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded or received file. `at` is when it came, in simulated epoch seconds."""

    id: str
    mime_type: str
    sha256: str
    size: int
    at: float
    received: bool = False

    def gone(self, at: float) -> bool:
        """Say whether Meta has deleted it: 30 days after an upload, 7 after it was received."""
        return at - self.at > (_RECEIVED_S if self.received else _UPLOADED_S)


class Media:
    """The files of the business. What is in the log is known again after a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}
        self._links: dict[str, tuple[str, float]] = {}

    def hear(self, record: Json) -> None:
        """Take in a record of the log: `media` or `media_deleted`."""
        if record["event"] == "media":
            self._files[record["id"]] = File(
                record["id"], record["mime_type"], record["sha256"], record["size"], record["at"], record["received"]
            )
        else:
            self._files.pop(record["id"], None)

    def keep(self, content: bytes, mime_type: str, at: float, *, named: str = "", received: bool = False) -> Json:
        """Write the file and return its log record."""
        new_id = media_id(named or secrets.token_hex(8))
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / new_id).write_bytes(content)
        return {
            "at": at,
            "event": "media",
            "id": new_id,
            "mime_type": mime_type,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "received": received,
        }

    def voice_note(self, wamid: str, at: float) -> Json:
        """Keep a voice note that a person sends with this message, and return its log record."""
        return self.keep(_SILENCE, "audio/ogg; codecs=opus", at, named=wamid, received=True)

    def find(self, wanted: str, at: float) -> File:
        """Return the file, or raise GraphError as for an object that does not exist."""
        found = self._files.get(wanted)
        if found is None or found.gone(at):
            raise GraphError(100, "Object does not exist or does not support this operation.", subcode=33)
        return found

    def known(self, wanted: str, at: float) -> bool:
        """Say whether a message may name this file."""
        found = self._files.get(wanted)
        return found is not None and not found.gone(at)

    def link(self, file: File, at: float) -> str:
        """Return the path of a link to the file that lives five minutes."""
        key = secrets.token_urlsafe(16)
        self._links = {k: (i, until) for k, (i, until) in self._links.items() if until > at}
        self._links[key] = (file.id, at + _LINK_S)
        return f"/media/{file.id}?ext={int(at) + _LINK_S}&hash={key}"

    def read(self, wanted: str, key: str, at: float) -> tuple[File, bytes] | None:
        """Return the file behind a link, or None if the link is wrong or too old."""
        linked, until = self._links.get(key, ("", 0.0))
        if linked != wanted or at >= until or not self.known(wanted, at):
            return None
        return self._files[wanted], (self._folder / wanted).read_bytes()


def inbound_audio(record: Json) -> Json:
    """Return how a webhook describes a voice note, from the log record of its file."""
    return {
        "mime_type": record["mime_type"],
        "sha256": base64.b64encode(bytes.fromhex(record["sha256"])).decode(),
        "id": record["id"],
        "voice": True,
    }


def uploaded(content_type: str, body: bytes) -> tuple[bytes, str]:
    """Return content and type of the file in a multipart upload; raise GraphError as Meta would."""
    fields = _fields(content_type, body)
    if fields.get("messaging_product", (b"", ""))[0] != b"whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    if "file" not in fields:
        raise GraphError(100, "The parameter file is required.")
    content, of_part = fields["file"]
    told = fields.get("type", (b"", ""))[0].decode("latin-1")
    mime_type = re.split(r"[;\s]", told or of_part)[0].lower()
    most = LIMITS.get(mime_type)
    if most is None:
        raise GraphError(
            100, f"Param file must be a file with one of the following types: {', '.join(sorted(LIMITS))}."
        )
    if not content:
        raise GraphError(100, "Param file is empty.")
    if len(content) > most:
        raise GraphError(131053, f"A file of type {mime_type} has at most {most} bytes.")
    return content, mime_type


def _fields(content_type: str, body: bytes) -> dict[str, tuple[bytes, str]]:
    """Return content and type of each field of a multipart form, by name (RFC 7578)."""
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or boundary is None:
        raise GraphError(100, "The parameter file is required.")
    fields = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name = _NAME.search(headers)
        kind = _TYPE.search(headers)
        if name is not None:
            fields[name[1]] = (content, kind[1].strip() if kind else "")
    return fields
