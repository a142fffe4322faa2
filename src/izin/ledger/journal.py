"""Erasures, written down beside the checkpoints and outside the database, so that no restored backup undoes one.

One line of canonical JSON for each: when, the person's random reference, and the keyed hashes under which the refusal
is kept; each with a MAC of this organisation, since who could add a line could have somebody erased. While a line has
no ``subject.erased`` in the ledger, an older backup was restored, and nothing is sent.
"""

import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from izin.ledger.chain import canonical
from izin.ledger.checkpoints import witness_file
from izin.ledger.log import timestamp
from izin.ledger.models import Entry
from izin.lib.errors import IzinError
from izin.organisations.keys import keys
from izin.organisations.scope import current

ERASED = "subject.erased"


@dataclass(frozen=True, slots=True)
class Erased:
    """One line: who (a random reference), when, and the refusals to keep as (kind, keyed hash)."""

    subject: UUID
    at: datetime
    suppressed: tuple[tuple[str, bytes], ...]


class JournalDamaged(IzinError):
    """A line of the journal was not written by this organisation."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line} of the journal of erasures in {journal_file()} is not one that Izin wrote, so nobody can "
            "tell who must stay erased, and nothing is sent. Put the right file back, or its copy."
        )


class Unreplayed(IzinError):
    """The database does not know of erasures that were carried out."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            f"{missing} erasures are in the journal and not in the database: an older backup was restored. Sending is "
            "on hold. Run “izin erasure replay”."
        )


def journal_file() -> Path:
    return witness_file().with_suffix(".erasures")


def write(subject: UUID, at: datetime, suppressed: Sequence[tuple[str, bytes]]) -> None:
    """Add a line, on the disk when this returns. Before the commit: a line too many is replayed, one less is lost."""
    said: dict[str, Any] = {
        "v": 1,
        "at": timestamp(at),
        "subject": str(subject),
        "suppressed": sorted([kind, index.hex()] for kind, index in suppressed),
    }
    file = journal_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+") as opened:
        opened.truncate(opened.read().rfind(b"\n") + 1)  # what a crash left of a line was never committed
        opened.write(canonical({**said, "mac": _mac(said)}) + b"\n")
        opened.flush()
        os.fsync(opened.fileno())


def read() -> list[Erased]:
    """Every line, oldest first. Raises JournalDamaged. A last line without its end was never part of an erasure."""
    file = journal_file()
    content = file.read_bytes() if file.exists() else b""
    return [_read(number, line) for number, line in enumerate(content.split(b"\n")[:-1], 1)]


def unreplayed() -> list[Erased]:
    """The people whom the journal calls erased and the ledger does not. Raises JournalDamaged."""
    lines = {line.subject: line for line in read()}
    known = Entry.objects.filter(kind=ERASED, subject_ref__in=list(lines)).values_list("subject_ref", flat=True)
    return [lines[subject] for subject in lines.keys() - set(known)]


def refuse_when_unreplayed() -> None:
    """Raise Unreplayed while the database is older than an erasure. Raises JournalDamaged."""
    if missing := unreplayed():
        raise Unreplayed(len(missing))


def _read(number: int, line: bytes) -> Erased:
    try:
        said = json.loads(line)
        mac = said.pop("mac")
        if not hmac.compare_digest(mac, _mac(said)):
            raise ValueError
        suppressed = tuple((kind, bytes.fromhex(index)) for kind, index in said["suppressed"])
        return Erased(UUID(said["subject"]), datetime.fromisoformat(said["at"]), suppressed)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise JournalDamaged(number) from None


def _mac(said: dict[str, Any]) -> str:
    content = b"erasure journal\0" + current().bytes + canonical(said)
    return hmac.digest(keys().codes, content, "sha256").hex()
