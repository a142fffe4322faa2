"""The consent side of the fsck: every act is the one in the ledger, every standing is what the acts decide."""

import json
from collections import defaultdict

from izin.consent import records
from izin.consent.models import Evidence
from izin.consent.proof import public_part_of, rows_body
from izin.ledger import chain
from izin.ledger.models import Entry

KINDS = ("consent.requested", "consent.given", "consent.imported", "consent.withdrawn", "consent.objected")


def verify() -> list[str]:
    """Problems found; empty when evidence, ledger and standings agree."""
    rows: dict[int, list[Evidence]] = defaultdict(list)
    for evidence in Evidence.objects.select_related("purpose", "notice_version").order_by("entry_seq", "position"):
        rows[evidence.entry_seq].append(evidence)
    problems = []
    for seq, leaf in Entry.objects.filter(kind__in=KINDS).order_by("seq").values_list("seq", "leaf"):
        body = json.loads(bytes(leaf))["body"]
        if body.get("known") is False:
            continue  # a refusal by somebody who is not in the book: suppressed by keyed hash, no evidence row
        if not _agrees(body, rows.pop(seq, [])):
            problems.append(f"entry {seq}: the evidence rows are not those that the ledger covers")
    problems += [f"evidence under entry {seq}: the ledger does not know it" for seq in rows]
    problems += [
        f"standing {row_id}: differs from what the evidence decides" for row_id in records.differing_standings()
    ]
    return problems


def _agrees(body: dict[str, object], evidence: list[Evidence]) -> bool:
    public = [public_part_of(row) for row in evidence]
    if "root" not in body:
        return public == [body]
    return rows_body([chain.canonical(part) for part in public]).items() <= body.items()
