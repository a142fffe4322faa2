"""Publish wordings. A published version is immutable, and its digest is in the ledger before anybody is shown it."""

from collections.abc import Mapping, Sequence

from django.db.models import Max

from izin.ledger import log
from izin.ledger.chain import canonical, leaf_hash
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.notices.completeness import Gap, gaps_in_notice, gaps_in_policy
from izin.notices.models import Notice, NoticeVersion, PrivacyPolicy

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


def publish_policy(texts: Texts) -> PrivacyPolicy:
    """The next version of the organisation's privacy policy. Raises Incomplete."""
    if gaps := gaps_in_policy(texts):
        raise Incomplete(gaps)
    digest = digest_of(texts)
    newest = current_policy()
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


def digest_of(texts: Texts) -> str:
    """SHA-256 over the canonical texts, in hex: the name under which a wording is known for ever."""
    return leaf_hash(canonical({language: dict(slots) for language, slots in texts.items()})).hex()
