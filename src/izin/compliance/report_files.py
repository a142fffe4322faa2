"""A version of a document as the files that leave the house: PDF in one language, and JSON."""

import json

from izin.compliance import papers, versions
from izin.compliance.models import PaperVersion
from izin.rights import register


def as_pdf(row: PaperVersion, language: str, organisation: str) -> bytes:
    """The version as PDF/A; made again later, it is the same bytes."""
    subtitle = versions.subtitle(row.number, row.digest, register.day_of(row.made_at).isoformat())
    paper = papers.paper_of(row.content)
    return papers.pdf(paper, language, at=row.made_at, subtitle=subtitle, footer=papers.same(organisation))


def as_json(row: PaperVersion) -> bytes:
    """The version with its number and digest, in both languages (UTF-8)."""
    body = {
        "document": row.kind,
        "number": row.number,
        "digest": row.digest,
        "made_at": row.made_at.isoformat(),
        "ledger_entry": row.entry_seq,
    }
    return json.dumps(body | {"content": row.content}, ensure_ascii=False, indent=2).encode()
