"""What a photo or scan of a signed form may be: a JPEG, a PNG or a PDF, told by its own bytes. Pure.

What the sender or the file's name says of it counts for nothing.
"""

from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
_PNG_END = b"IEND\xaeB`\x82"
_TAIL = 1_024  # bytes in which the end mark of a PDF or a JPEG must stand


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, with the ending that its name gets when it is handed out."""

    media_type: str
    ending: str


JPEG, PNG, PDF = Kind("image/jpeg", "jpg"), Kind("image/png", "png"), Kind("application/pdf", "pdf")
KINDS = {kind.media_type: kind for kind in (JPEG, PNG, PDF)}


def kind_of(body: bytes) -> Kind | None:
    """The kind whose first and last bytes these are; None for anything else, and for what was cut off."""
    if body.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in body[-_TAIL:]:
        return JPEG
    if body.startswith(b"\x89PNG\r\n\x1a\n") and body.endswith(_PNG_END):
        return PNG
    if body.startswith(b"%PDF-") and b"%%EOF" in body[-_TAIL:]:
        return PDF
    return None
