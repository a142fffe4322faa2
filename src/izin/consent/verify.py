"""The consent side of the fsck: every act is the one in the ledger, every standing is what the acts decide."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from izin.consent import records
from izin.consent.models import Evidence
from izin.consent.proof import open_payload, public_part_of, rows_body
from izin.contacts import book
from izin.ledger import chain
from izin.ledger.models import Entry
from izin.lib.keyring import Unreadable

ACTS = ("requested", "given", "imported", "withdrawn", "objected", "held", "released", "paused")
KINDS = tuple(f"consent.{act}" for act in ACTS)


def verify() -> list[str]:
    """Problems found; empty when evidence, ledger and standings agree. Holds one entry's rows at a time."""
    problems = []
    for seq, body, evidence in _side_by_side():
        if body is None:
            problems.append(f"evidence under entry {seq}: the ledger does not know it")
        elif not _agrees(body, evidence):
            problems.append(f"entry {seq}: the evidence rows are not those that the ledger covers")
        problems += [f"evidence under entry {seq}: row {one.position} does not open" for one in _unreadable(evidence)]
    problems += [
        f"standing {row_id}: differs from what the evidence decides" for row_id in records.differing_standings()
    ]
    return problems


def _side_by_side() -> Iterator[tuple[int, dict[str, Any] | None, list[Evidence]]]:
    """Each number in the ledger that concerns consent: what its entry says (None: no such entry), and its evidence."""
    rows = Evidence.objects.select_related("purpose", "notice_version").defer("notice_version__texts")
    ordered = rows.order_by("entry_seq", "position").iterator(chunk_size=2_000)
    groups = ((seq, list(group)) for seq, group in groupby(ordered, key=lambda row: row.entry_seq))
    group = next(groups, None)
    entries = Entry.objects.filter(kind__in=KINDS).order_by("seq").values_list("seq", "leaf")
    for seq, leaf in entries.iterator(chunk_size=2_000):
        while group is not None and group[0] < seq:
            yield group[0], None, group[1]
            group = next(groups, None)
        if group is not None and group[0] == seq:
            yield seq, _body(bytes(leaf)), group[1]
            group = next(groups, None)
        else:
            yield seq, _body(bytes(leaf)), []
    while group is not None:
        yield group[0], None, group[1]
        group = next(groups, None)


def _body(leaf: bytes) -> dict[str, Any]:
    """What the entry says; nothing when its bytes say nothing, so that no evidence agrees with it."""
    try:
        return dict(json.loads(leaf)["body"])
    except (ValueError, KeyError, TypeError):
        return {}


def _agrees(body: dict[str, Any], evidence: list[Evidence]) -> bool:
    if body.get("known") is False:
        return not evidence  # a refusal by somebody who is not in the book: suppressed by keyed hash alone
    public = [public_part_of(row) for row in evidence]
    if "root" not in body:
        return public == [body]
    return rows_body([chain.canonical(part) for part in public]).items() <= body.items()


def _unreadable(evidence: list[Evidence]) -> list[Evidence]:
    """The rows whose sealed payload was changed. What an erased person left cannot be opened by anybody any more."""
    people = book.open_many({row.contact_id for row in evidence if row.contact_id})
    key_of = {person.id: person.key for person in people}
    return [row for row in evidence if row.contact_id in key_of and not _opens(row, key_of[row.contact_id])]


def _opens(row: Evidence, key: bytes) -> bool:
    try:
        open_payload(row, key)
    except (Unreadable, ValueError):
        return False
    return True
