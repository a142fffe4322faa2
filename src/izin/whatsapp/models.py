"""The provider's side: whose account, which numbers, which approved texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.organisations.tenancy import TenantForeignKey, TenantModel


class BusinessAccount(TenantModel):
    """A WhatsApp business account (WABA). Token, app secrets and verify token are sealed together.

    A provider beside Meta has an address of its own, may take the key in a header of its own (``key_header``) and know
    the number by the key, so that its addresses hold neither version nor ids (``bare_paths``).
    """

    waba_id = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    base_url = models.URLField(default="https://graph.facebook.com")
    api_version = models.CharField(max_length=8, default="v23.0")
    key_header = models.CharField(max_length=64, default="Authorization")
    bare_paths = models.BooleanField(default=False)
    webhook_key = models.CharField(max_length=64)
    secrets_sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "waba_id"], name="waba_once")]


class SenderNumber(TenantModel):
    """A number that the organisation sends from.

    With ``marketing_endpoint`` its marketing templates go to Meta's Marketing Messages API.
    """

    account = TenantForeignKey(BusinessAccount)
    phone_number_id = models.CharField(max_length=40)
    display = models.CharField(max_length=24)
    per_second = models.PositiveIntegerField(default=80)
    marketing_endpoint = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "phone_number_id"], name="sender_number_once")]


class Template(TenantModel):
    """One language of a message template, with the status that Meta last told us."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account", "name", "language"], name="template_once")
        ]
        ordering = ["name", "language"]
