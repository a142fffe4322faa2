"""Saying it. One row per person and campaign, and one row per try; the only truth about what was sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.campaigns.models import Campaign, Resend
from izin.contacts.models import Contact
from izin.organisations.tenancy import TenantForeignKey, TenantModel
from izin.whatsapp.models import SenderNumber, Template


class Lane(TenantModel):
    """The stream of one sender number. Its lease is held by one process at a time; ``epoch`` fences off the others."""

    sender = TenantForeignKey(SenderNumber, unique=True)
    holder = models.CharField(max_length=64, blank=True)
    epoch = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    held_because = models.CharField(max_length=60, blank=True)
    held_until = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)  # nothing waited in it: no process needs to hold it until then


class Process(models.Model):
    """A dispatch process that lives, of no organisation. The lanes are shared out among those seen lately."""

    holder = models.CharField(max_length=64, primary_key=True)
    seen_until = models.DateTimeField()


class Message(TenantModel):
    """One message to one person: part of a campaign, or a single answer (then ``campaign`` is empty).

    ``state`` is our side (design: section 5); ``sent_at`` … ``failed_code`` are what WhatsApp's status webhooks say.
    The two are never mixed.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("sending")
        ACCEPTED = "accepted", _("accepted by WhatsApp")
        REJECTED = "rejected", _("refused by WhatsApp")
        UNCERTAIN = "uncertain", _("answer lost, waiting for WhatsApp's status")
        UNRESOLVED = "unresolved", _("unresolved")
        SUPPRESSED = "suppressed", _("not sent: no consent")
        CANCELLED = "cancelled", _("cancelled")
        EXPIRED = "expired", _("window closed")

    # Each index is written again at every change of state, so only those are kept that some statement reads. The key is
    # over (organisation, row), as every statement asks inside an organisation (migration 0012); the constraint that
    # makes a message the only one of its person also finds all that the person got (migration 0013).
    campaign = TenantForeignKey(Campaign, null=True, db_index=False)
    # Empty once the person was erased: the campaign's sums stay true.
    contact = TenantForeignKey(Contact, null=True, db_index=False)
    lane = TenantForeignKey(Lane, db_index=False)
    template = TenantForeignKey(Template, null=True, db_index=False)
    resend = TenantForeignKey(Resend, null=True, db_index=False)  # the decision by which it may be sent a second time
    country = models.CharField(max_length=2, blank=True, default="")  # of the number: whose hours hold
    text_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    epoch = models.BigIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    wamid_index = models.BinaryField(null=True)
    wamid_sealed = models.BinaryField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failed_code = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "contact", "campaign"], name="message_once_per_person")
        ]
        indexes = [
            models.Index(
                fields=["lane", "campaign", "country", "id"],
                condition=models.Q(state="queued"),
                name="message_queue",
            ),
            models.Index(fields=["lane", "epoch"], condition=models.Q(state="sending"), name="message_in_flight"),
            models.Index(
                fields=["organisation", "settled_at"], condition=models.Q(state="uncertain"), name="message_uncertain"
            ),
            models.Index(fields=["organisation", "campaign", "state"], name="message_campaign"),
            models.Index(
                fields=["organisation", "wamid_index"],
                condition=models.Q(wamid_index__isnull=False),
                name="message_wamid",
            ),
            models.Index(
                fields=["contact"],
                condition=models.Q(reason="ecosystem") | models.Q(failed_code=131049),
                name="message_held_back",
            ),
        ]


class Attempt(TenantModel):
    """The durable intent to send, committed before the first byte. ``token`` comes back in the status webhooks."""

    message = TenantForeignKey(Message, db_index=False)  # attempt_of_message has it
    token = models.BinaryField()
    epoch = models.BigIntegerField()
    armed_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    code = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "token"], name="attempt_token")]
        # Not by the organisation first: while the table is new, PostgreSQL would rather read all that the organisation
        # has than look up a batch of tokens, and keep to that plan until the first statistics, a minute later.
        indexes = [models.Index(fields=["message"], name="attempt_of_message")]


class Reached(TenantModel):
    """When a campaign's message to a person was last decided, while WhatsApp limits the people of moving 24 hours.

    Written in the transaction that decides, gone a day later; ``contact`` is empty once the person was erased, since
    WhatsApp goes on counting.
    """

    contact = TenantForeignKey(Contact, null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "contact"], name="reached_once")]
        indexes = [models.Index(fields=["organisation", "at"], name="reached_when")]
