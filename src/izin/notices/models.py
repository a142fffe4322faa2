"""What people are told: the words, immutable once published."""

from django.db import models

from izin.organisations.tenancy import TenantForeignKey, TenantModel


class Notice(TenantModel):
    """A consent notice under one stable key, e.g. ``promosi``; its wordings are its versions."""

    key = models.SlugField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="notice_key")]


class NoticeVersion(TenantModel):
    """The wording shown: per language, the text of each slot (notices.completeness lists them). Never edited."""

    notice = TenantForeignKey(Notice)
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "notice", "number"], name="notice_version_number")
        ]
        ordering = ["-number"]

    @property
    def name(self) -> str:
        """The version's name in files and receipts, e.g. ``promosi@1``."""
        return f"{self.notice.key}@{self.number}"


class PolicyDraft(TenantModel):
    """The privacy policy that is being written; there is at most one. Publishing takes it away."""

    texts = models.JSONField()
    edited_by = models.UUIDField()
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="policy_draft_once")]


class PrivacyPolicy(TenantModel):
    """One version of the organisation's privacy policy, complete in Malay and English (PDPA s.7(3)). Never edited."""

    number = models.PositiveIntegerField()
    texts = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="privacy_policy_number")]
        ordering = ["-number"]
