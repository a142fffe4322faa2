"""The fsck: recompute the whole tree from the entries, and hold every checkpoint and the second place against it."""

import json
from dataclasses import dataclass, field

from izin.ledger import chain, checkpoints, timestamps
from izin.ledger.log import timestamp
from izin.ledger.models import Checkpoint, Entry, Head, TimeStamp
from izin.organisations.scope import current


@dataclass(slots=True)
class Report:
    """What was recomputed. ``problems`` is empty when every byte is where it was."""

    entries: int = 0
    checkpoints: int = 0
    stamps: int = 0
    problems: list[str] = field(default_factory=list)


def verify() -> Report:
    """Recompute the log of the organisation whose scope is open. Never raises for what it finds; it reports."""
    report = Report()
    seen = _second_place(report)
    signed = Checkpoint.objects.order_by("size").iterator(chunk_size=5_000)
    due = next(signed, None)
    frontier = chain.Frontier()
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=5_000):
        _check_entry(entry, report)
        frontier.append(chain.leaf_hash(bytes(entry.leaf)))
        report.entries += 1
        while due is not None and due.size <= report.entries:
            _check_checkpoint(due, frontier, report)
            due = next(signed, None)
        if seen is not None and seen.size == report.entries and seen.root != frontier.root():
            report.problems.append(f"second place: the {seen.size} entries that were signed there were changed")
    while due is not None:
        report.problems.append(f"checkpoint over {due.size} entries: the log is shorter")
        due = next(signed, None)
    _check_head(frontier, report)
    _check_stamps(report)
    if seen is not None and seen.size > report.entries:
        report.problems.append("second place: a later checkpoint was signed; the log was cut or restored")
    if seen is None and report.checkpoints:
        report.problems.append("second place: nothing is there, although checkpoints were signed")
    return report


def _check_entry(entry: Entry, report: Report) -> None:
    """The columns that we search by must say what the leaf says."""
    try:
        said = json.loads(bytes(entry.leaf))
        same = (
            said["seq"] == entry.seq == report.entries
            and said["organisation"] == str(current())
            and said["kind"] == entry.kind
            and said["at"] == timestamp(entry.at)
            and said["subject"] == (str(entry.subject_ref) if entry.subject_ref else None)
            and chain.canonical(said) == bytes(entry.leaf)
        )
    except (ValueError, KeyError, TypeError):
        same = False
    if not same:
        report.problems.append(f"entry {report.entries}: missing, out of order, or not what its leaf says")


def _check_checkpoint(row: Checkpoint, frontier: chain.Frontier, report: Report) -> None:
    report.checkpoints += 1
    try:
        said = checkpoints.read(row.note)
    except chain.Invalid:
        report.problems.append(f"checkpoint over {row.size} entries: the signature is not ours")
        return
    if (said.origin, said.size, said.root) != (checkpoints.origin(), row.size, frontier.root()):
        report.problems.append(f"checkpoint over {row.size} entries: the entries below it were changed")
    elif row.frontier is not None and bytes(row.frontier) != frontier.to_bytes():
        report.problems.append(f"checkpoint over {row.size} entries: its frontier was changed")


def _check_stamps(report: Report) -> None:
    """Each time stamp is over its checkpoint's note, and with ``IZIN_TIMESTAMP_ROOT`` signed under that root."""
    try:
        trusted = timestamps.roots()
    except timestamps.RootUnreadable as problem:
        trusted = []
        report.problems.append(problem.sentence)
    for row in TimeStamp.objects.order_by("at").iterator(chunk_size=1_000):
        report.stamps += 1
        if wrong := timestamps.check(row, trusted):
            report.problems.append(wrong)


def _check_head(frontier: chain.Frontier, report: Report) -> None:
    head = Head.objects.first()
    size, kept = (head.size, bytes(head.frontier)) if head else (0, chain.Frontier().to_bytes())
    if (size, kept) != (report.entries, frontier.to_bytes()):
        report.problems.append(f"head: says {size} entries, the log has {report.entries}")


def _second_place(report: Report) -> chain.Checkpoint | None:
    try:
        return checkpoints.witnessed()
    except checkpoints.SecondPlaceDamaged:
        report.problems.append("second place: the checkpoint there is not signed by this organisation's key")
        return None
