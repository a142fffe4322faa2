"""Hearing back: each signed webhook body as it came, sealed, until it is dealt with."""

from django.db import models

from izin.organisations.tenancy import TenantForeignKey, TenantModel
from izin.whatsapp.models import BusinessAccount


class Delivery(TenantModel):
    """One webhook body from Meta, stored before it was answered 200."""

    class State(models.TextChoices):
        NEW = "new"
        DONE = "done"
        SET_ASIDE = "set_aside"

    account = TenantForeignKey(BusinessAccount)
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
