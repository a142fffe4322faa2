"""A text as a QR code: an SVG element of the page itself, without any style."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str, *, sturdy: bool = False) -> SafeString:
    """The drawing of an address or code of ours. A ``sturdy`` one bears paper: a quarter of it may be lost."""
    code = segno.make(text, error="q" if sturdy else "m")
    drawn = code.svg_inline(border=4 if sturdy else 2, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - the drawing holds squares, never the text itself
