"""May we speak to them? Facts, the standing decided from them, and the refusals that outlive a contact."""

from datetime import datetime

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from izin.consent.grades import Grade
from izin.contacts.models import Contact
from izin.notices.models import Notice, NoticeVersion
from izin.organisations.tenancy import TenantForeignKey, TenantModel


class Purpose(TenantModel):
    """What messages are for, specific enough to agree to (GDPR Art. 6(1)(a); PDPA s.6)."""

    class Category(models.TextChoices):
        MARKETING = "MARKETING", _("Marketing")
        UTILITY = "UTILITY", _("Service")

    key = models.SlugField(max_length=40)
    name_ms = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    description_ms = models.CharField(max_length=300)
    description_en = models.CharField(max_length=300)
    category = models.CharField(max_length=10, choices=Category.choices, default=Category.MARKETING)
    lawful_basis = models.CharField(max_length=24, default="eu-gdpr:A6-1-a", editable=False)
    lifetime_days = models.PositiveIntegerField(default=730)
    least_grade = models.PositiveSmallIntegerField(default=int(Grade.STATED))
    notice = TenantForeignKey(Notice)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="purpose_key")]
        ordering = ["created_at"]

    @property
    def name(self) -> str:
        return self.name_in(get_language())

    @property
    def description(self) -> str:
        return self.description_en if get_language() == "en" else self.description_ms

    def name_in(self, language: str | None) -> str:
        return self.name_en if language == "en" else self.name_ms


class Evidence(TenantModel):
    """One act of, or about, a person: the fact, and what proves it. Appended, never edited; an erasure empties it.

    ``payload_sealed`` holds what was shown and how it was said, under the person's key; ``commitment`` ties it to the
    ledger without revealing it. Several rows of one import share a ledger entry, each at its ``position``.
    """

    class Act(models.TextChoices):
        REQUESTED = "requested", _("asked")
        GIVEN = "given", _("given by the person")
        ATTESTED = "attested", _("recorded with evidence")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OBJECTED = "objected", _("objected")
        HELD = "held", _("unclear wish, on hold")
        RELEASED = "released", _("decided: no refusal")
        PAUSED = "paused", _("paused by the person")

    class Method(models.TextChoices):
        WEB_FORM = "web_form", _("web form")
        WA_KEYWORD = "wa_keyword", _("WhatsApp message")
        WA_BUTTON = "wa_button", _("WhatsApp button")
        WA_SETTING = "wa_setting", _("WhatsApp setting")
        PAPER = "paper", _("paper form")
        COUNTER = "counter", _("at the counter")
        CALL = "call", _("phone call")
        QR = "qr", _("QR code")
        STAFF = "staff", _("recorded by staff")
        LETTER = "letter", _("letter or e-mail")
        PREFERENCES = "preferences", _("preference page")
        SILENCE = "silence", _("no answer to our question")
        NEW_NUMBER = "new_number", _("new number")

    contact = TenantForeignKey(Contact, null=True)
    subject_ref = models.UUIDField()
    purpose = TenantForeignKey(Purpose, null=True, db_index=False)
    act = models.CharField(max_length=12, choices=Act.choices)
    method = models.CharField(max_length=12, choices=Method.choices)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    notice_version = TenantForeignKey(NoticeVersion, null=True, db_index=False)
    language = models.CharField(max_length=8, blank=True)
    grade = models.PositiveSmallIntegerField(null=True)
    entry_seq = models.BigIntegerField()
    position = models.PositiveIntegerField(default=0)
    commitment = models.CharField(max_length=64)
    payload_sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "subject_ref", "entry_seq"], name="evidence_subject")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_seq", "position"], name="evidence_position")
        ]


class SignedForm(TenantModel):
    """The photo or scan of a form that a person signed, under the person's key. Its digest stands in the sealed
    evidence of the acts that it shows, so the ledger covers its bytes; an erasure deletes it.
    """

    contact = TenantForeignKey(Contact)
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes in clear
    media_type = models.CharField(max_length=20)
    body_sealed = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "contact", "digest"], name="signed_form_once")]


class Standing(TenantModel):
    """The decided state per person and purpose. A missing row means no."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not asked")
        PENDING = "pending", _("waiting for the person")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        HELD = "held", _("on hold")

    contact = TenantForeignKey(Contact, db_index=False)  # standing_once begins with it
    purpose = TenantForeignKey(Purpose, db_index=False)  # and standing_audience with this
    standing = models.CharField(max_length=8, choices=State.choices)
    valid_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    because = TenantForeignKey(Evidence)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "contact", "purpose"], name="standing_once")]
        indexes = [models.Index(fields=["organisation", "purpose", "standing"], name="standing_audience")]

    @classmethod
    def in_force(cls, at: datetime) -> models.Q:
        """The rows that let us write at this moment: granted, begun, not over."""
        begun = models.Q(not_before=None) | models.Q(not_before__lte=at)
        return (
            models.Q(standing=cls.State.GRANTED) & begun & (models.Q(valid_until=None) | models.Q(valid_until__gt=at))
        )


class Suppression(TenantModel):
    """A refusal by keyed hash that outlives erasure and beats every later import (Art. 17(3)(b), 21(3)).

    ``until_decided``: the unclear wish of somebody who is not in the book, until a person has looked at it.
    """

    kind = models.CharField(max_length=8)
    index = models.BinaryField()
    purpose = TenantForeignKey(Purpose, null=True)
    since = models.DateTimeField()
    until_decided = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "index", "purpose"], nulls_distinct=False, name="suppression_once"
            )
        ]


class JoinCode(TenantModel):
    """What a visitor of the join form ticked, waiting for the message that makes it a consent. Nothing personal."""

    index = models.BinaryField()
    purposes = models.JSONField()
    language = models.CharField(max_length=8)
    shown_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    page_digest = models.CharField(max_length=64, blank=True)  # of the served page; empty: no page was served

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "index"], name="join_code_once")]


class ConsentForm(TenantModel):
    """A form by which people are asked: its address, its draft, and which sites may frame it."""

    key = models.SlugField(max_length=40)
    draft = models.JSONField()  # notices.asking.Draft
    drafted_at = models.DateTimeField()
    frame_origins = models.JSONField(default=list)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="consent_form_key")]
        ordering = ["created_at"]


class FormVersion(TenantModel):
    """A published form: the draft as it was, and which notice version each purpose is asked with. Never edited."""

    form = TenantForeignKey(ConsentForm)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "form", "number"], name="form_version_number")]
        ordering = ["-number"]

    @property
    def name(self) -> str:
        return f"{self.form.key}@{self.number}"


class ServedPage(TenantModel):
    """The bytes of a page that asks for consent, as visitors got it, kept and logged before the first one did.

    ``body`` is the page with its signed note left empty: the note is the one thing that differs between two visitors.
    """

    digest = models.CharField(max_length=64)  # SHA-256 of ``body``
    body = models.BinaryField()
    language = models.CharField(max_length=8)
    form_version = TenantForeignKey(FormVersion, null=True)
    first_at = models.DateTimeField()
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="served_page_once")]


class Coverage(TenantModel):
    """From this notice version on, something that was agreed to is different: earlier consents do not cover it."""

    purpose = TenantForeignKey(Purpose)
    notice_version = TenantForeignKey(NoticeVersion)
    parts = models.JSONField()  # the slots that differ
    at = models.DateTimeField()
    entry_seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "purpose", "notice_version"], name="coverage_once")
        ]


class ContactFiles(models.Manager["ContactFile"]):
    """The rows without what was uploaded, which may be fifty megabytes; ``files`` fetches that when it is wanted."""

    def get_queryset(self) -> models.QuerySet["ContactFile"]:
        return super().get_queryset().defer("body_sealed", "lines")


class ContactFile(TenantModel):
    """An uploaded list of contacts with evidence, its progress and what became of its rows. Sealed.

    Uploaded (somebody confirms the columns), waiting (to be read; refusals in it count at once), review (nothing in it
    counts until somebody else has looked at a sample of its proofs), running (the consents are recorded), done.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        WAITING = "waiting", _("waiting")
        REVIEW = "review", _("waiting for review")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    purpose = TenantForeignKey(Purpose)
    digest = models.BinaryField()
    name_sealed = models.BinaryField()
    body_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    refusal = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, default="MY")
    uses = models.JSONField(default=dict)
    evidenced = models.PositiveIntegerField(default=0)
    grades = models.JSONField(default=dict)
    sample_sealed = models.BinaryField(null=True)
    lines = models.BinaryField(null=True)  # on which the rows with evidence begin, once it was read
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    uploaded_by = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    granted = models.PositiveIntegerField(default=0)
    kept_refused = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    rejections = models.JSONField(default=list)

    objects = ContactFiles()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest", "purpose"], name="contact_file_once")]
        ordering = ["-uploaded_at"]
