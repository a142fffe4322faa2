"""One spelling for letters: lower case, without accents, width and invisible characters. Pure."""

import re
import unicodedata

# Letters that NFD leaves whole, in one spelling with their plain sisters.
_WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "’": "'", "‘": "'", "`": "'", "´": "'"})
# Invisible: zero width, direction, variation, fillers, soft hyphen; and Arabic vowel signs and tatweel.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\u00ad\ufeff\u061c\u0640\u064b-\u065f\u034f\u180e\u115f\u1160"
    "\u3164\U000e0000-\U000e0fff]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """The text in lower case, without accents, width and invisible characters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", plain)))
    return plain.translate(_WHOLE)
