"""The provider's side: whose account, which numbers, which approved texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.organisations.tenancy import TenantForeignKey, TenantModel


class BusinessAccount(TenantModel):
    """A WhatsApp business account (WABA). Token, app secrets and verify token are sealed together.

    A provider beside Meta has an address of its own, may take the key in a header of its own (``key_header``) and know
    the number by the key, so that its addresses hold neither version nor ids (``bare_paths``).

    The rest is what Meta said when it was last asked: ``candidates`` are all its numbers, ``findings`` what was wrong,
    ``proved_at`` when a signed test event last arrived. ``token_ends_at`` is empty for a token that never ends.
    """

    waba_id = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    base_url = models.URLField(default="https://graph.facebook.com")
    api_version = models.CharField(max_length=8, default="v23.0")
    key_header = models.CharField(max_length=64, default="Authorization")
    bare_paths = models.BooleanField(default=False)
    webhook_key = models.CharField(max_length=64)
    secrets_sealed = models.BinaryField()
    app_id = models.CharField(max_length=40, blank=True)
    token_ends_at = models.DateTimeField(null=True)
    candidates = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "waba_id"], name="waba_once")]


class SenderNumber(TenantModel):
    """A number that the organisation sends from, with what Meta last said of it, in Meta's words.

    With ``marketing_endpoint`` its marketing templates go to Meta's Marketing Messages API.
    """

    account = TenantForeignKey(BusinessAccount)
    phone_number_id = models.CharField(max_length=40)
    display = models.CharField(max_length=24)
    per_second = models.PositiveIntegerField(default=80)
    marketing_endpoint = models.BooleanField(default=False)
    verified_name = models.CharField(max_length=200, blank=True)
    quality = models.CharField(max_length=12, blank=True)
    messaging_limit = models.CharField(max_length=20, blank=True)
    throughput = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "phone_number_id"], name="sender_number_once")]


class Template(TenantModel):
    """One language of a message template, with the status that Meta last told us.

    ``reason`` and ``advice`` are Meta's own: why it was refused, paused or closed. ``told_at`` is the time of Meta's
    last word about it, so that a webhook that comes late changes nothing.
    """

    class Status(models.TextChoices):
        PENDING = "PENDING", _("waiting for approval")
        APPROVED = "APPROVED", _("approved")
        REJECTED = "REJECTED", _("rejected")
        PAUSED = "PAUSED", _("paused")
        DISABLED = "DISABLED", _("disabled")

    account = TenantForeignKey(BusinessAccount)
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=12)
    category = models.CharField(max_length=16)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    components = models.JSONField()
    created_at = models.DateTimeField()
    quality = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    advice = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account", "name", "language"], name="template_once")
        ]
        ordering = ["name", "language"]
