"""Read an evidence bundle: a zip file in the one form in which Izin writes it.

Files lie uncompressed, one behind the other, in the order of their names, with fixed flags and dates and nothing
between, before or behind them. So every byte of the archive is determined by its content: nothing can be hidden, a
name cannot stand twice, and there is nothing to inflate. Names are plain, and nothing is ever written to a disk.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from izin_verify.refusal import Refused

MOST_BYTES = 2 << 30
MOST_FILES = 2_000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?")
LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
DATE = (1 << 5) | 1  # 1 January 1980
MODE = 0o100600 << 16


def read(raw: bytes) -> dict[str, bytes]:
    """The files by name. Raises Refused for anything but an archive of exactly this form."""
    if len(raw) > MOST_BYTES:
        raise Refused("too_large")
    if len(raw) < END.size or raw[:2] != b"PK":
        raise Refused("not_a_bundle")
    files: dict[str, bytes] = {}
    offset, central, last = 0, [], ""
    for name, content, header in _local_files(raw):
        if name <= last:
            raise Refused("archive_repeats", name)
        if len(files) == MOST_FILES:
            raise Refused("too_large")
        files[name], last = content, name
        central.append((name, header, offset))
        offset += LOCAL.size + len(name) + len(content)
    if raw[offset:] != _directory(central, offset):
        raise Refused("archive_malformed")
    return files


def _local_files(raw: bytes) -> Iterator[tuple[str, bytes, tuple[int, int]]]:
    at = 0
    while raw[at : at + 4] == b"PK\x03\x04":
        if len(raw) < at + LOCAL.size:
            raise Refused("archive_malformed")
        fields = LOCAL.unpack_from(raw, at)
        _, needed, flags, method, time, date, crc, packed, size, name_length, extra = fields
        start = at + LOCAL.size + name_length
        name = _name(raw[at + LOCAL.size : start])
        if method != 0 or packed != size:
            raise Refused("archive_compressed", name)
        if (needed, flags, time, date, extra) != (20, 0, 0, DATE, 0) or start + size > len(raw):
            raise Refused("archive_malformed", name)
        content = raw[start : start + size]
        if zlib.crc32(content) != crc:
            raise Refused("archive_damaged", name)
        yield name, content, (crc, size)
        at = start + size


def _directory(files: list[tuple[str, tuple[int, int], int]], offset: int) -> bytes:
    """The table at the end as it must be, byte for byte."""
    rows = b"".join(
        CENTRAL.pack(b"PK\x01\x02", 20 | 3 << 8, 20, 0, 0, 0, DATE, crc, size, size, len(name), 0, 0, 0, 0, MODE, at)
        + name.encode()
        for name, (crc, size), at in files
    )
    return rows + END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(rows), offset, 0)


def _name(raw: bytes) -> str:
    name = raw.decode("ascii", "replace")
    if not NAME.fullmatch(name) or ".." in name:
        raise Refused("archive_name")
    return name
