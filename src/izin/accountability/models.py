"""Who else receives data, and what was given to them."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from izin.consent.models import Purpose
from izin.notices.countries import country_name
from izin.organisations.tenancy import TenantForeignKey, TenantModel


class Recipient(TenantModel):
    """A processor or third party in the register (GDPR Art. 13(1)(e), 28, 30(1)(d); PDPA s.8, 129).

    People can be in an export to it only under ``purpose``; without one there is no export.
    """

    class Kind(models.TextChoices):
        PROCESSOR = "processor", _("Processor: works on our orders")
        THIRD_PARTY = "third_party", _("Third party: uses data for itself")

    class Ground(models.TextChoices):
        HOME = "home", _("None needed: data stay in the country")
        ADEQUATE = "adequate", _("The country protects data as well (GDPR Art. 45; PDPA s.129(2))")
        CLAUSES = "clauses", _("Standard contract clauses (GDPR Art. 46; PDPA s.129(3)(f))")
        CONSENT = "consent", _("The person's explicit consent (GDPR Art. 49(1)(a); PDPA s.129(3)(a))")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    country = models.CharField(max_length=2)
    role_ms = models.CharField(max_length=200)
    role_en = models.CharField(max_length=200)
    contract = models.CharField(max_length=200)
    ground = models.CharField(max_length=10, choices=Ground.choices)
    safeguards_ms = models.CharField(max_length=200, blank=True)
    safeguards_en = models.CharField(max_length=200, blank=True)
    purpose = TenantForeignKey(Purpose, null=True)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "registered_at"]

    @property
    def role(self) -> str:
        return self.role_en if get_language() == "en" else self.role_ms

    @property
    def country_name(self) -> str:
        return country_name(self.country, "en" if get_language() == "en" else "ms")


class Disclosure(TenantModel):
    """One export to a recipient: why, by whom, how many people, and how many were left out for which reason."""

    recipient = TenantForeignKey(Recipient)
    purpose = TenantForeignKey(Purpose)
    at = models.DateTimeField()
    made_by = models.UUIDField()
    reason_sealed = models.BinaryField()
    people = models.PositiveIntegerField()
    left_out = models.JSONField()
    digest = models.CharField(max_length=64)
    entry_seq = models.BigIntegerField()

    class Meta:
        ordering = ["-at"]


class DisclosedPerson(TenantModel):
    """That a person was in an export. ``mark`` stands in that person's row of the file, and in no other file."""

    disclosure = TenantForeignKey(Disclosure)
    subject_ref = models.UUIDField()
    mark = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "mark"], name="disclosed_mark")]
        indexes = [models.Index(fields=["organisation", "subject_ref"], name="disclosed_subject")]
