"""What people asked for by their rights, who else must hear of it, and the codes that prove a number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.accountability.models import Recipient
from izin.contacts.models import Contact
from izin.organisations.tenancy import TenantForeignKey, TenantModel


class SubjectRequest(TenantModel):
    """One request (GDPR Art. 15-21; PDPA s.30, s.34, s.38, s.43), its identity check, its clocks and its answer.

    What was written is sealed under the person's own key, or the organisation's inbox key for somebody who is not in
    the book; an erasure empties it. The times are UTC; the clocks run in the organisation's calendar.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("see the data")
        CORRECT = "correct", _("correct the data")
        ERASE = "erase", _("erase the data")
        RESTRICT = "restrict", _("restrict the use")
        OBJECT = "object", _("object to marketing")
        WITHDRAW = "withdraw", _("withdraw consent")
        PORTABILITY = "portability", _("take the data along")

    class Channel(models.TextChoices):
        PAGE = "page", _("own page")
        WHATSAPP = "whatsapp", _("WhatsApp message")
        LETTER = "letter", _("letter or e-mail")
        CALL = "call", _("phone call")
        COUNTER = "counter", _("at the counter")

    class Identity(models.TextChoices):
        UNPROVEN = "unproven", _("not yet proven")
        NUMBER = "number", _("proven from the own number")
        STAFF = "staff", _("checked by staff")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("done")
        REFUSED = "refused", _("refused, with reasons")

    class Ground(models.TextChoices):
        UNPROVEN = "unproven", _("the identity could not be established (Art. 11(2), 12(6); PDPA s.32(1)(a))")
        ABUSE = "abuse", _("manifestly unfounded or excessive, which we can show (Art. 12(5))")
        OTHERS = "others", _("it would reveal data of others (Art. 15(4); PDPA s.32(1)(c))")
        DUTY = "duty", _("a law obliges us to keep the data (Art. 17(3)(b))")
        CLAIMS = "claims", _("needed for legal claims (Art. 17(3)(e))")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    contact = TenantForeignKey(Contact, null=True)
    subject_ref = models.UUIDField(null=True)
    identity = models.CharField(max_length=8, choices=Identity.choices, default=Identity.UNPROVEN)
    received_at = models.DateTimeField()
    asked_sealed = models.BinaryField(null=True)
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    ground = models.CharField(max_length=8, choices=Ground.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer_sealed = models.BinaryField(null=True)
    entry_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["organisation", "due_on"], condition=models.Q(state="open"), name="request_open"),
            models.Index(fields=["organisation", "contact"], name="request_contact"),
        ]


class RecipientNotice(TenantModel):
    """That a recipient must hear of a correction, a restriction or an erasure (Art. 19; PDPA s.35(1)(c)), and did.

    Its text is made when it is read, from the marks of the person's rows: nothing personal is kept here. ``request`` is
    empty for an erasure that was carried out again after an older backup had come back.
    """

    class Kind(models.TextChoices):
        CORRECT = "correct", _("corrected")
        RESTRICT = "restrict", _("restricted")
        ERASE = "erase", _("erased")

    class How(models.TextChoices):
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("letter")
        CALL = "call", _("phone call")
        PORTAL = "portal", _("the recipient's own system")

    request = TenantForeignKey(SubjectRequest, null=True)
    recipient = TenantForeignKey(Recipient)
    subject_ref = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    entry_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["due_on", "opened_at"]
        indexes = [
            models.Index(fields=["organisation", "subject_ref"], name="notice_subject"),
            models.Index(fields=["organisation", "due_on"], condition=models.Q(sent_at=None), name="notice_open"),
        ]


class ProofCode(TenantModel):
    """A code shown on a page, which the holder of a number sends by WhatsApp; or a code that somebody tried in vain.

    ``sender_index`` is the keyed hash of who sent it, for a day, so that tries can be counted; ``message_index`` leads
    to the reply that proved the number, and is empty for a try.
    """

    index = models.BinaryField()
    shown_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    sender_index = models.BinaryField(null=True)
    message_index = models.BinaryField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "index"], name="proof_code_once")]
        indexes = [
            models.Index(fields=["organisation", "shown_at"], name="proof_code_shown"),
            models.Index(fields=["organisation", "sender_index"], name="proof_code_sender"),
        ]
