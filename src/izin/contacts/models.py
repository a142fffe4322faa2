"""The people we may know. Everything that says who they are is sealed under a key of their own."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from izin.organisations.tenancy import TenantForeignKey, TenantModel


class Contact(TenantModel):
    """The data subject. ``subject_ref`` is the only identity that the ledger knows."""

    subject_ref = models.UUIDField(default=uuid4)
    name_sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=8, default="ms")
    country = models.CharField(max_length=2, blank=True)
    tags = ArrayField(models.TextField(), default=list, db_default=[])
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "subject_ref"], name="contact_subject_ref")]


class Tag(TenantModel):
    """A word that staff give people, once for the lists to choose from; who has it stands at the contacts."""

    name = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="tag_once")]


class SubjectKey(TenantModel):
    """The person's own key, wrapped by the organisation's. Without it nothing of the person opens."""

    contact = TenantForeignKey(Contact, unique=True)
    wrapped = models.BinaryField()


class Identity(TenantModel):
    """One name that WhatsApp knows the person by. Found by blind index, read by unsealing."""

    class Kind(models.TextChoices):
        PHONE = "phone"
        WA_ID = "wa_id"
        BSUID = "bsuid"

    contact = TenantForeignKey(Contact, db_index=False)  # identity_contact begins with it
    kind = models.CharField(max_length=8, choices=Kind.choices)
    index = models.BinaryField()
    suppression_index = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "index"], name="identity_once")]
        indexes = [models.Index(fields=["organisation", "contact"], name="identity_contact")]
