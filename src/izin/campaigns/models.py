"""What we intend to say, to whom, and who agreed to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.campaigns.staging import NOBODY
from izin.consent.models import Purpose
from izin.contacts.models import Contact
from izin.organisations.tenancy import TenantForeignKey, TenantModel
from izin.whatsapp.models import SenderNumber


class SavedAudience(TenantModel):
    """Whom campaigns may be for, under a name; ``rules`` as ``campaigns.audience`` reads them."""

    name = models.CharField(max_length=80)
    rules = models.JSONField()
    edited_by = models.UUIDField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="saved_audience_name")]
        ordering = ["name"]


class Campaign(TenantModel):
    """An intention: one purpose, one template in its languages, one sender number, everybody who agreed.

    With an ``audience``, only those of them for whom its rules hold; ``audience_rules`` are these as of the start.

    ``parameters`` says what stands in each placeholder: ``{"nama": {"field": "name", "fallback": "tuan/puan"}}``,
    ``{"harga": {"text": "RM99"}}`` or ``{"pilihan": {"field": "preferences_link"}}``. It holds no recipient's data.
    With ``variant_name`` half of its first part gets this template, and the ``winner`` goes to the rest.
    """

    class Priority(models.IntegerChoices):
        URGENT = 0, _("urgent")
        NORMAL = 1, _("normal")
        LOW = 2, _("low")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        RUNNING = "running", _("sending")
        PAUSED = "paused", _("paused")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(max_length=120)
    purpose = TenantForeignKey(Purpose)
    sender = TenantForeignKey(SenderNumber)
    template_name = models.CharField(max_length=512)
    variant_name = models.CharField(max_length=512, blank=True, default="")
    winner = models.CharField(max_length=8, blank=True, default="")
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    author = models.UUIDField()
    not_after = models.DateTimeField()
    audience = TenantForeignKey(SavedAudience, null=True, db_index=False)
    audience_rules = models.JSONField(null=True)
    test_of = TenantForeignKey("campaigns.Campaign", null=True, db_index=False)  # sent to own people, to be looked at
    again_until = models.DateTimeField(null=True)  # after a decision to send again, in place of ``not_after``
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    report = models.JSONField(null=True)
    refresh_days = models.PositiveSmallIntegerField(null=True)  # asks for renewal: whose consent ends within these days

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["sender", "priority", "started_at"],
                condition=models.Q(state="running"),
                name="campaign_running",
            )
        ]


class Approval(TenantModel):
    """Somebody else than the author agreed to exactly this campaign.

    ``content`` is what was shown, as it is digested: Meta may hold another template under that name one day.
    """

    campaign = TenantForeignKey(Campaign)
    approver = models.UUIDField()
    digest = models.CharField(max_length=64)
    content = models.TextField(blank=True)
    at = models.DateTimeField()


class Pause(TenantModel):
    """A campaign stands still until this is lifted."""

    campaign = TenantForeignKey(Campaign)
    reason = models.CharField(max_length=40)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)


class Stage(TenantModel):
    """A part of a campaign that does not go to everybody at once (``campaigns/staging``).

    ``percent``, ``people`` and ``up_to`` (the last message that may leave) take in the stages before it. Its waiting
    time runs from ``through_at`` on.
    """

    campaign = TenantForeignKey(Campaign, db_index=False)
    place = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    wait_s = models.PositiveIntegerField()
    people = models.PositiveIntegerField(default=0)
    up_to = models.UUIDField(default=NOBODY)
    opened_at = models.DateTimeField(null=True)
    through_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "campaign", "place"], name="stage_once")]


class Rehearsal(TenantModel):
    """A campaign played through against the simulator. It holds sums only; no message, no act and no person's data.

    ``report`` is empty until it has ended; ``people`` were written to, out of ``audience``.
    """

    campaign = TenantForeignKey(Campaign)
    by = models.UUIDField()
    at = models.DateTimeField()
    audience = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True)
    replies = models.PositiveIntegerField(default=0)
    failed = models.BooleanField(default=False)


class SendingStop(TenantModel):
    """The organisation sends nothing until this is lifted. ``by`` is empty when it was done from the terminal."""

    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(lifted_at=None), name="sending_stop_in_force"
            )
        ]


class InstallationStop(models.Model):
    """Nobody in this installation sends anything until this is lifted; one at a time (the index of the migration)."""

    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)


class SendingHours(TenantModel):
    """When this organisation's campaigns may reach people, in each person's local time (``campaigns/hours``)."""

    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="sending_hours_once")]


class FrequencyCap(TenantModel):
    """At most so many messages of campaigns for one person in so many days; ``most`` is empty for no cap.

    ``stated`` is the smallest number a month that a notice made here has told people; it is the cap until staff choose.
    """

    most = models.PositiveSmallIntegerField(null=True)
    days = models.PositiveSmallIntegerField()
    stated = models.PositiveSmallIntegerField(null=True)
    is_chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="frequency_cap_once")]


class Tester(TenantModel):
    """A member of staff (``member``) who is a contact as well, and gets tests of drafts on the own number."""

    member = models.UUIDField()
    contact = TenantForeignKey(Contact)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member"], name="tester_member"),
            models.UniqueConstraint(fields=["organisation", "contact"], name="tester_contact"),
        ]


class Resend(TenantModel):
    """The decision of one person to send again to those of whom nobody can know whether they got it."""

    class Reason(models.TextChoices):  # chosen, not written: a sentence about people would lie in clear
        OUTAGE = "outage", _("a failure of ours or of WhatsApp cut off the answers")
        MUST_KNOW = "must_know", _("people must not miss this message")
        TOLD = "told", _("people told us that they did not get it")

    campaign = TenantForeignKey(Campaign)
    by = models.UUIDField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    people = models.PositiveIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()
