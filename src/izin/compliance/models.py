"""What the officer must be able to show: breaches, documents in versions, what was deleted, and who was instructed.

Nothing here is erased with a person: free texts are sealed, and staff are told to name nobody in them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.organisations.tenancy import TenantForeignKey, TenantModel


class Breach(TenantModel):
    """A personal data breach (GDPR Art. 4(12), 33(5); PDPA s.12B), also one that nobody need be told about.

    ``happened_at`` may be unknown. ``detected_at`` is when we could have known, ``aware_at`` when we were reasonably
    sure. ``scope`` says by which question the people affected are found; ``people`` and ``countries`` are what it last
    counted. Texts are sealed under the inbox key.
    """

    number = models.PositiveIntegerField()
    happened_at = models.DateTimeField(null=True)
    detected_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    kinds = models.JSONField()
    facts = models.JSONField()
    scope = models.JSONField()
    people = models.PositiveIntegerField(default=0)
    countries = models.JSONField(default=dict)
    texts_sealed = models.BinaryField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="breach_number")]
        ordering = ["-number"]


class BreachStep(TenantModel):
    """Something that was done about a breach, or decided not to be done, with its ground. Never edited."""

    class Kind(models.TextChoices):
        CONTAINED = "contained", _("contained")
        AUTHORITY_TOLD = "authority_told", _("authority notified")
        AUTHORITY_NOT = "authority_not", _("authority not notified")
        MORE_TOLD = "more_told", _("further information given to the authority")
        PEOPLE_TOLD = "people_told", _("people told")
        PEOPLE_NOT = "people_not", _("people not told")
        CONTROLLER_TOLD = "controller_told", _("client told")
        CLOSED = "closed", _("closed")

    breach = TenantForeignKey(Breach)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    whom = models.CharField(max_length=2, blank=True)  # the authority's country
    at = models.DateTimeField()
    by = models.UUIDField()
    ground_sealed = models.BinaryField(null=True)
    entry_seq = models.BigIntegerField()

    class Meta:
        ordering = ["at", "entry_seq"]


class BreachTask(TenantModel):
    """Something that somebody has to do about a breach."""

    breach = TenantForeignKey(Breach)
    text_sealed = models.BinaryField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["due_at"]


class PaperKind(models.TextChoices):
    """The documents that are kept in versions."""

    PROCESSING = "processing", _("Record of processing")
    ASSESSMENT = "assessment", _("Impact assessment")
    AGREEMENT = "agreement", _("Processor agreement")
    REPORT = "report", _("Compliance report")


class PaperDraft(TenantModel):
    """What staff wrote or chose for a document; everything else in it comes from what the installation does."""

    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    answers = models.JSONField()
    edited_by = models.UUIDField()
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="paper_draft_once")]


class PaperVersion(TenantModel):
    """A document as it stood on its day, whole; its digest is in the ledger. Never edited."""

    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)  # empty: from the terminal
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "number"], name="paper_version_number")]
        ordering = ["-made_at"]


class RetentionSpan(TenantModel):
    """How many days the organisation keeps what a rule is about, in place of the rule's own number."""

    rule = models.CharField(max_length=20)
    days = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "rule"], name="retention_span_once")]


class RetentionRun(TenantModel):
    """One day's deletions, by rule: the disposal record (PDP Standard 2015). Never edited."""

    day = models.DateField()
    at = models.DateTimeField()
    counts = models.JSONField()
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="retention_run_daily")]
        ordering = ["-day"]


class Instruction(TenantModel):
    """That a member of staff promised confidentiality, or was trained (GDPR Art. 29, 32(4), 39(1)(b)). Never edited.

    ``digest`` is that of the words that were confirmed, empty for a training.
    """

    class Kind(models.TextChoices):
        CONFIDENTIALITY = "confidential", _("confidentiality confirmed")
        TRAINING = "training", _("training")

    user_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    about = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    entry_seq = models.BigIntegerField()

    class Meta:
        ordering = ["-on", "-recorded_at"]
