"""Publish wordings. A published version is immutable, and its digest is in the ledger before anybody is shown it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Max

from izin.ledger import log
from izin.ledger.chain import canonical, leaf_hash
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.notices.completeness import Gap, gaps_in_notice
from izin.notices.living import Living, gaps
from izin.notices.models import Notice, NoticeVersion, PolicyDraft, PrivacyPolicy
from izin.organisations.scope import current

Texts = Mapping[str, Mapping[str, str]]


class Incomplete(IzinError):
    """The text may not be published yet; ``gaps`` lists what is missing."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        listed = ", ".join(f"{gap.slot} ({gap.language}: {gap.code})" for gap in gaps)
        super().__init__(f"The text cannot be published yet. Complete: {listed}.")
        self.gaps = list(gaps)


def publish_notice(key: str, texts: Texts) -> NoticeVersion:
    """The next version of the notice; the standing one when its wording is the same. Raises Incomplete."""
    if gaps := gaps_in_notice(texts):
        raise Incomplete(gaps)
    notice, _ = Notice.objects.get_or_create(key=key)
    newest = NoticeVersion.objects.select_related("notice").filter(notice=notice).first()
    digest = digest_of(texts)
    if newest and newest.digest == digest:
        return newest
    number = (newest.number if newest else 0) + 1
    entry = log.append("notice.published", {"notice": key, "number": number, "digest": digest})
    return NoticeVersion.objects.create(
        notice=notice, number=number, texts=texts, digest=digest, published_at=now(), entry_seq=entry.seq
    )


def publish_policy(texts: Texts, living: Living) -> PrivacyPolicy:
    """The next version of the organisation's privacy policy. Raises Incomplete, also for what it leaves unsaid."""
    if open_gaps := gaps(texts, living):
        raise Incomplete(open_gaps)
    digest = digest_of(texts)
    newest = current_policy()
    PolicyDraft.objects.all().delete()
    if newest and newest.digest == digest:
        return newest
    number = (PrivacyPolicy.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1
    entry = log.append("policy.published", {"number": number, "digest": digest})
    return PrivacyPolicy.objects.create(
        number=number, texts=texts, digest=digest, published_at=now(), entry_seq=entry.seq
    )


def current_policy() -> PrivacyPolicy | None:
    """The policy that the public page shows."""
    return PrivacyPolicy.objects.order_by("-number").first()


def keep_draft(texts: Texts, editor: UUID) -> PolicyDraft:
    """Keep an unfinished policy in place of the draft before it."""
    draft, _ = PolicyDraft.objects.update_or_create(
        organisation_id=current(), defaults={"texts": texts, "edited_by": editor, "edited_at": now()}
    )
    return draft


def policy_draft() -> PolicyDraft | None:
    """The policy that is being written."""
    return PolicyDraft.objects.first()


def discard_draft() -> None:
    """Throw the draft away; the published policy stays."""
    PolicyDraft.objects.all().delete()


def digest_of(texts: Texts) -> str:
    """SHA-256 over the canonical texts, in hex: the name under which a wording is known for ever."""
    return leaf_hash(canonical({language: dict(slots) for language, slots in texts.items()})).hex()
