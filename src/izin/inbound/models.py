"""Hearing back: each signed webhook body as it came, sealed, until it is dealt with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.campaigns.models import Campaign
from izin.contacts.models import Contact
from izin.organisations.tenancy import TenantForeignKey, TenantModel
from izin.whatsapp.models import BusinessAccount, SenderNumber


class Delivery(TenantModel):
    """One webhook body from Meta, stored before it was answered 200."""

    class State(models.TextChoices):
        NEW = "new"
        DONE = "done"
        SET_ASIDE = "set_aside"
        DISMISSED = "dismissed"

    account = TenantForeignKey(BusinessAccount, db_index=False)
    received_at = models.DateTimeField()
    body_sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "id"], condition=models.Q(state="new"), name="delivery_new"),
            models.Index(fields=["organisation", "received_at"], name="delivery_age"),
        ]


class Heard(TenantModel):
    """An inbound message that was already acted on: Meta delivers at least once, we act once."""

    wamid_index = models.BinaryField()
    meaning = models.CharField(max_length=16)
    received_at = models.DateTimeField()
    delivery = TenantForeignKey(Delivery)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "wamid_index"], name="heard_once")]


class Reply(TenantModel):
    """What one person wrote to us, for staff to read and, where it is unclear, to decide. Text and sender are sealed.

    Under the person's own key for people in the book, under the organisation's inbox key for strangers.
    """

    class Queue(models.TextChoices):
        TALK = "talk", _("to answer")
        UNCLEAR = "unclear", _("unclear wish")
        STRANGER = "stranger", _("not in the book")
        DONE = "done", _("done")

    contact = TenantForeignKey(Contact, null=True)
    sender = TenantForeignKey(SenderNumber, null=True)
    campaign = TenantForeignKey(Campaign, null=True)
    delivery = TenantForeignKey(Delivery)
    wamid_index = models.BinaryField()
    identity_kind = models.CharField(max_length=8, blank=True)
    identity_sealed = models.BinaryField(null=True)
    text_sealed = models.BinaryField(null=True)
    kind = models.CharField(max_length=20)
    intent = models.CharField(max_length=16)
    confidence = models.FloatField()
    because = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    queue = models.CharField(max_length=8, choices=Queue.choices)
    due_at = models.DateTimeField(null=True)
    decided_as = models.CharField(max_length=16, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "wamid_index"], name="reply_once")]
        indexes = [
            models.Index(fields=["organisation", "queue", "received_at"], name="reply_queue"),
            models.Index(fields=["organisation", "contact", "received_at"], name="reply_conversation"),
        ]


class Alarm(TenantModel):
    """Something about the way out that a person must look at; it is lifted when it is well again."""

    kind = models.CharField(max_length=20)
    sender = TenantForeignKey(SenderNumber, null=True)
    raised_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind"], condition=models.Q(lifted_at=None), name="alarm_open")]
