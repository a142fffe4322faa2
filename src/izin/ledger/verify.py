"""The fsck: recompute the whole tree from the entries, and hold every checkpoint and the second place against it."""

import json
from dataclasses import dataclass, field

from izin.ledger import chain, checkpoints
from izin.ledger.models import Checkpoint, Entry, Head


@dataclass(slots=True)
class Report:
    """What was recomputed. ``problems`` is empty when every byte is where it was."""

    entries: int = 0
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)


def verify() -> Report:
    """Recompute the log of the organisation whose scope is open. Never raises for what it finds; it reports."""
    report = Report()
    roots = {row.size: row for row in Checkpoint.objects.all()}
    frontier = chain.Frontier()
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=5_000):
        _check_entry(entry, report)
        frontier.append(chain.leaf_hash(bytes(entry.leaf)))
        report.entries += 1
        if report.entries in roots:
            _check_checkpoint(roots.pop(report.entries), frontier.root(), report)
    report.problems += [f"checkpoint over {size} entries: the log is shorter" for size in sorted(roots)]
    _check_head(frontier, report)
    _check_second_place(report)
    return report


def _check_entry(entry: Entry, report: Report) -> None:
    """The columns that we search by must say what the leaf says."""
    try:
        said = json.loads(bytes(entry.leaf))
        same = (
            said["seq"] == entry.seq == report.entries
            and said["kind"] == entry.kind
            and said["subject"] == (str(entry.subject_ref) if entry.subject_ref else None)
            and chain.canonical(said) == bytes(entry.leaf)
        )
    except (ValueError, KeyError, TypeError):
        same = False
    if not same:
        report.problems.append(f"entry {report.entries}: missing, out of order, or not what its leaf says")


def _check_checkpoint(row: Checkpoint, root: bytes, report: Report) -> None:
    report.checkpoints += 1
    try:
        said = chain.Checkpoint.parse(chain.verify_note(row.note, checkpoints.verifier_key()))
    except chain.Invalid:
        report.problems.append(f"checkpoint over {row.size} entries: the signature is not ours")
        return
    if (said.origin, said.size, said.root) != (checkpoints.origin(), row.size, root):
        report.problems.append(f"checkpoint over {row.size} entries: the entries below it were changed")


def _check_head(frontier: chain.Frontier, report: Report) -> None:
    head = Head.objects.first()
    size, kept = (head.size, bytes(head.frontier)) if head else (0, chain.Frontier().to_bytes())
    if (size, kept) != (report.entries, frontier.to_bytes()):
        report.problems.append(f"head: says {size} entries, the log has {report.entries}")


def _check_second_place(report: Report) -> None:
    try:
        if checkpoints.witnessed_size() > report.entries:
            report.problems.append("second place: a later checkpoint was signed; the log was cut or restored")
    except chain.Invalid:
        report.problems.append("second place: the checkpoint there is not signed by this organisation's key")
