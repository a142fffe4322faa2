"""Sign the log's size and root, keep the note in the database and in a second place, never backwards.

The second place (``IZIN_CHECKPOINTS``) is what a restored database is held against: a head that is smaller than the
last checkpoint there has lost something, withdrawals perhaps, and sending stays on hold (design: section 7, Restore).
"""

import os
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from izin.ledger import chain
from izin.ledger.log import leaves
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


class Rewritten(IzinError):
    """What was signed before is no beginning of the log as it stands."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"The first {size} entries of the ledger are not those that were signed. Nothing more is signed and "
            "sending is on hold: a second history would betray everybody who holds the first. Run izin ledger verify, "
            "and restore what was changed."
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

    It is grown from the last one by the entries themselves, so a log that is not its continuation is never signed
    (C2SP tlog-checkpoint: a log signs no two trees that are inconsistent). The second place is written once the
    transaction has committed: what was signed and then rolled back must be seen by nobody.

    Raises RolledBack, Rewritten and SecondPlaceDamaged.
    """
    head = Head.objects.select_for_update().first()
    refuse_when_rolled_back()
    last = Checkpoint.objects.order_by("-size").first()
    if head is None or (last is not None and last.size == head.size):
        if last is not None:
            transaction.on_commit(partial(write, witness_file(), last.note.encode()))
        return None
    frontier = _grown_from(last)
    if frontier.to_bytes() != bytes(head.frontier):
        raise Rewritten(last.size if last else head.size)
    text = chain.Checkpoint(origin(), head.size, frontier.root()).text()
    note = chain.sign_note(text, origin(), keys().signing_seed)
    checkpoint = Checkpoint.objects.create(size=head.size, note=note, frontier=frontier.to_bytes(), signed_at=now())
    transaction.on_commit(partial(write, witness_file(), note.encode()))
    return checkpoint


def refuse_when_rolled_back() -> None:
    """Raise RolledBack when the log is shorter than what was signed before, Rewritten when it went another way since.

    Raises SecondPlaceDamaged.
    """
    size = Head.objects.values_list("size", flat=True).first() or 0
    seen = witnessed()
    if seen is None:
        return
    if size < seen.size:
        raise RolledBack(size, seen.size)
    signed = Checkpoint.objects.filter(size=seen.size).first()
    if signed is not None and read(signed.note) == seen:
        return
    if chain.root(map(chain.leaf_hash, leaves(until=seen.size))) != seen.root:
        raise Rewritten(seen.size)


def read(note: str) -> chain.Checkpoint:
    """What a note of this log says. Raises ``chain.Invalid`` when this organisation's key did not sign it."""
    return chain.Checkpoint.parse(chain.verify_note(note, verifier_key()))


def _grown_from(last: Checkpoint | None) -> chain.Frontier:
    """The tree's right edge, computed from the last checkpoint and the entries after it. Raises Rewritten."""
    frontier = chain.Frontier()
    if last is not None and last.frontier is not None:
        try:
            frontier, said = chain.Frontier.from_bytes(bytes(last.frontier)), read(last.note)
        except chain.Invalid:
            raise Rewritten(last.size) from None
        if (said.size, said.root) != (frontier.size, frontier.root()):
            raise Rewritten(last.size)
    for leaf in leaves(since=frontier.size):
        frontier.append(chain.leaf_hash(leaf))
    return frontier


def witnessed() -> chain.Checkpoint | None:
    """The checkpoint in the second place; None when there is none yet. Raises SecondPlaceDamaged."""
    file = witness_file()
    if not file.exists():
        return None
    try:
        seen = read(file.read_text("utf-8", "replace"))
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


def write(file: Path, content: bytes) -> None:
    """Replace the file whole, so that a crash leaves the old or the new one, never half of it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    with new.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    new.replace(file)
