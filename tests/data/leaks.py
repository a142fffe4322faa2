"""Looking for people in bytes: every way in which a number, a name or a message might lie on a disk by accident."""

import base64
import hashlib
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import phonenumbers
from phonenumbers import PhoneNumberFormat

PAGE = 8192
WAL_HEADER = 24
HEX_DIGEST = re.compile(rb"[0-9a-fA-F]{32,}")
Encoding = Callable[[str], bytes]


def _digits(e164: str) -> str:
    return e164.removeprefix("+")


def _national(e164: str) -> str:
    return str(phonenumbers.parse(e164).national_number)


def _shown(e164: str, form: int) -> str:
    return phonenumbers.format_number(phonenumbers.parse(e164), form)


def _bcd(e164: str, *, swapped: bool = False) -> bytes:
    packed = bytes.fromhex(_digits(e164))
    return bytes((byte & 15) << 4 | byte >> 4 for byte in packed) if swapped else packed


def _base64(content: bytes, shift: int) -> bytes:
    """The characters that these bytes, and no byte around them, decide when they begin at this place of a triple."""
    encoded = base64.b64encode(bytes(shift) + content)
    whole = (shift + len(content)) // 3 * 4
    return encoded[4 if shift else 0 : whole]


# Of a number in E.164. Each of the forms of its digits is at least as long as the national number's eleven characters.
NUMBERS: dict[str, Encoding] = {
    "e164": str.encode,
    "digits": lambda number: _digits(number).encode(),
    "national": lambda number: f"0{_national(number)}".encode(),
    "subscriber": lambda number: _national(number).encode(),
    "shown abroad": lambda number: _shown(number, PhoneNumberFormat.INTERNATIONAL).encode(),
    "shown at home": lambda number: _shown(number, PhoneNumberFormat.NATIONAL).encode(),
    "spaced": lambda number: f"{_national(number)[:2]} {_national(number)[2:6]} {_national(number)[6:]}".encode(),
    "dashed": lambda number: f"{_national(number)[:2]}-{_national(number)[2:6]}-{_national(number)[6:]}".encode(),
    "url": lambda number: quote(number, safe="").encode(),
    "base64": lambda number: _base64(_digits(number).encode(), 0),
    "base64, shifted": lambda number: _base64(_digits(number).encode(), 1),
    "base64, shifted twice": lambda number: _base64(_digits(number).encode(), 2),
    "hex": lambda number: _digits(number).encode().hex().encode(),
    "utf-16le": lambda number: _digits(number).encode("utf-16le"),
    "utf-16be": lambda number: _digits(number).encode("utf-16be"),
    "reversed": lambda number: _digits(number)[::-1].encode(),
    "bcd": _bcd,
    "bcd, swapped": lambda number: _bcd(number, swapped=True),
    "bigint": lambda number: struct.pack("<q", int(_digits(number))),
}
# Of a name, a message or a message id.
TEXTS: dict[str, Encoding] = {
    "utf-8": str.encode,
    "upper case": lambda text: text.upper().encode(),
    "lower case": lambda text: text.lower().encode(),
    "base64": lambda text: _base64(text.encode(), 0),
    "base64, shifted": lambda text: _base64(text.encode(), 1),
    "base64, shifted twice": lambda text: _base64(text.encode(), 2),
    "hex": lambda text: text.encode().hex().encode(),
    "utf-16le": lambda text: text.encode("utf-16le"),
    "utf-16be": lambda text: text.encode("utf-16be"),
    "reversed": lambda text: text[::-1].encode(),
}


def _hashes() -> Iterator[tuple[str, Encoding]]:
    for name in ("md5", "sha1", "sha256"):

        def digest(text: str, name: str = name) -> bytes:
            return hashlib.new(name, text.encode()).digest()

        yield name, digest
        yield f"{name} hex", lambda text, digest=digest: digest(text).hex().encode()
        yield f"{name} HEX", lambda text, digest=digest: digest(text).hex().upper().encode()


HASHES = dict(_hashes())
HEX_NAMES = {name for name in HASHES if "hex" in name.casefold()}


class Scanner:
    """Knows how each of these people would look. All numbers begin alike, and so do all texts, which makes it fast."""

    def __init__(self, numbers: Iterable[str], texts: Iterable[str]) -> None:
        self.patterns: dict[str, set[bytes]] = {}
        for number in numbers:
            for name, encode in NUMBERS.items():
                self._know(f"number, {name}", encode(number))
            for name, encode in HASHES.items():
                self._know(f"number, {name}", encode(number))
                self._know(f"number without plus, {name}", encode(_digits(number)))
        for text in texts:
            for name, encode in TEXTS.items():
                self._know(f"text, {name}", encode(text))

    def find(self, content: bytes) -> set[str]:
        """The names of the encodings in which somebody stands there."""
        in_hex = b" ".join(HEX_DIGEST.findall(content))  # the digests have nothing in common to look for first
        return {
            name
            for name, patterns in self.patterns.items()
            if _has(in_hex if name.partition(", ")[2] in HEX_NAMES else content, patterns)
        }

    def _know(self, name: str, pattern: bytes) -> None:
        self.patterns.setdefault(name, set()).add(pattern)


def _has(content: bytes, patterns: set[bytes]) -> bool:
    """Whether one of them is in there. What they share is looked for first: one search instead of many."""
    shared = _beginning(patterns)
    ending = _beginning({pattern[::-1] for pattern in patterns})[::-1]
    stem, longest = max(shared, ending, key=len), max(map(len, patterns))
    if len(stem) < 4:
        return any(pattern in content for pattern in patterns)
    place = content.find(stem)
    while place >= 0:
        around = content[max(0, place - longest) : place + longest]
        if any(pattern in around for pattern in patterns):
            return True
        place = content.find(stem, place + 1)
    return False


def _beginning(patterns: set[bytes]) -> bytes:
    first, last = min(patterns), max(patterns)
    alike = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:alike]


def read(file: Path) -> bytes:
    """A file's content; nothing when PostgreSQL has just removed it."""
    with suppress(FileNotFoundError):
        return file.read_bytes()
    return b""


def pages(files: Iterable[Path]) -> bytes:
    """The files' pages, each different one once: the template databases are all alike."""
    seen: dict[bytes, None] = {}
    for file in files:
        content = read(file)
        seen.update((content[start : start + PAGE], None) for start in range(0, len(content), PAGE))
    return b"".join(page for page in seen if page.strip(b"\0"))


def wal(files: Iterable[Path]) -> bytes:
    """Write-ahead log without its page headers, which would cut a record in two."""
    found = []
    for file in files:
        content = read(file)
        for start in range(0, len(content), PAGE):
            page = content[start + WAL_HEADER : start + PAGE]
            if page.strip(b"\0"):
                found.append(page)
    return b"".join(found)
