"""Sign the log's size and root, keep the note in the database and in a second place, never backwards.

The second place (``IZIN_CHECKPOINTS``) is what a restored database is held against: a head that is smaller than the
last checkpoint there has lost something, withdrawals perhaps, and sending stays on hold (design: section 7, Restore).
"""

import os
from pathlib import Path

from django.conf import settings

from izin.ledger import chain
from izin.ledger.models import Checkpoint, Head
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.keys import keys
from izin.organisations.scope import current


class RolledBack(IzinError):
    """The database is older than the last checkpoint that was signed."""

    def __init__(self, size: int, signed: int) -> None:
        super().__init__(
            f"The ledger has {size} entries, but {signed} were signed before: an older backup was restored. Sending "
            "is on hold, since withdrawals may be missing. Restore the newest backup, or replay what is missing."
        )


class SecondPlaceDamaged(IzinError):
    """What lies in the second place was not signed by this organisation."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The checkpoint in {file} is not one that this organisation signed, so nobody can tell whether the "
            "database is complete. Put the right file back, or its copy."
        )


def origin() -> str:
    """The log's name in its checkpoints."""
    return f"izin/{current()}"


def sign() -> Checkpoint | None:
    """A checkpoint over the log as it stands; None when nothing was appended since the last.

    Raises RolledBack and SecondPlaceDamaged.
    """
    head = Head.objects.select_for_update().first()
    refuse_when_rolled_back()
    if head is None or Checkpoint.objects.filter(size=head.size).exists():
        return None
    frontier = chain.Frontier.from_bytes(bytes(head.frontier))
    text = chain.Checkpoint(origin(), head.size, frontier.root()).text()
    note = chain.sign_note(text, origin(), keys().signing_seed)
    checkpoint = Checkpoint.objects.create(size=head.size, note=note, signed_at=now())
    _write(witness_file(), note)
    return checkpoint


def refuse_when_rolled_back() -> None:
    """Raise RolledBack when the log is shorter than what was signed before. Raises SecondPlaceDamaged."""
    size = Head.objects.values_list("size", flat=True).first() or 0
    seen = witnessed()
    if seen is not None and size < seen.size:
        raise RolledBack(size, seen.size)


def witnessed() -> chain.Checkpoint | None:
    """The checkpoint in the second place; None when there is none yet. Raises SecondPlaceDamaged."""
    file = witness_file()
    if not file.exists():
        return None
    try:
        seen = chain.Checkpoint.parse(chain.verify_note(file.read_text("utf-8", "replace"), verifier_key()))
    except chain.Invalid:
        raise SecondPlaceDamaged(file) from None
    if seen.origin != origin():
        raise SecondPlaceDamaged(file)
    return seen


def verifier_key() -> str:
    """The public key (vkey) with which anybody verifies this organisation's checkpoints."""
    return chain.verifier_key(origin(), keys().signing_seed)


def witness_file() -> Path:
    return Path(settings.CHECKPOINTS) / f"{current()}.txt"


def _write(file: Path, text: str) -> None:
    """Replace the file whole, so that a crash leaves the old or the new one, never half of it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    with new.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    new.replace(file)
