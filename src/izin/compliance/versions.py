"""Documents in versions: what staff answered, the document as it would be today, and each one that was kept.

Every verb runs inside an organisation's scope. The ledger gets kind, number and digest.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max

from izin.compliance import agreement, assessment, processing
from izin.compliance.gathering import gather
from izin.compliance.models import PaperDraft, PaperKind, PaperVersion
from izin.compliance.papers import Paper, Said, both
from izin.compliance.questions import Question
from izin.ledger import log
from izin.ledger.chain import canonical, leaf_hash
from izin.lib.clock import now

QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    PaperKind.PROCESSING: processing.QUESTIONS,
    PaperKind.ASSESSMENT: assessment.QUESTIONS,
    PaperKind.AGREEMENT: agreement.QUESTIONS,
}
COUNT = re.compile(rb"\d[\d,]*")


def answers_of(kind: str) -> dict[str, str]:
    """What staff answered for a document so far."""
    draft = PaperDraft.objects.filter(kind=kind).first()
    return dict(draft.answers) if draft else {}


def keep_answers(kind: str, answers: Mapping[str, str], *, by: UUID) -> None:
    """Keep these answers in place of those before."""
    known = {question.name for question in QUESTIONS[kind]}
    kept = {name: text for name, text in answers.items() if name in known}
    PaperDraft.objects.update_or_create(kind=kind, defaults={"answers": kept, "edited_by": by, "edited_at": now()})


def today(kind: str) -> Paper:
    """The document as the living configuration and the answers make it at this moment."""
    facts, answers = gather(), answers_of(kind)
    if kind == PaperKind.PROCESSING:
        return processing.record(facts, answers)
    if kind == PaperKind.ASSESSMENT:
        return assessment.assessment(facts, answers)
    return agreement.agreement(facts, answers)


def keep(kind: str, content: Mapping[str, Any], *, by: UUID | None) -> PaperVersion:
    """The document as its next version; the newest one when it says the same."""
    log.hold()
    digest = leaf_hash(canonical(dict(content))).hex()
    last = newest(kind)
    if last and last.digest == digest:
        return last
    number = (PaperVersion.objects.filter(kind=kind).aggregate(newest=Max("number"))["newest"] or 0) + 1
    said = {"document": str(kind), "number": number, "digest": digest, "by": str(by) if by else None}
    entry = log.append("document.kept", said)
    return PaperVersion.objects.create(
        kind=kind,
        number=number,
        content=dict(content),
        digest=digest,
        made_at=now(),
        made_by=by,
        entry_seq=entry.seq,
    )


def newest(kind: str) -> PaperVersion | None:
    """The version that was kept last."""
    return PaperVersion.objects.filter(kind=kind).order_by("-number").first()


def is_stale(kind: str) -> bool:
    """Whether what is done today is no longer what the newest version says; also where none was kept.

    An assessment that would only count other people than on its day says the same: its result is what matters.
    """
    last = newest(kind)
    if last is None:
        return True
    then, at_present = canonical(last.content), canonical(today(kind).as_json())
    if kind == PaperKind.ASSESSMENT:
        then, at_present = (COUNT.sub(b"#", one) for one in (then, at_present))
    return then != at_present


def subtitle(number: int, digest: str, day: str) -> Said:
    """The line below a version's title."""
    return both(f"Versi {number}, {day}, {digest[:16]}", f"Version {number}, {day}, {digest[:16]}")
