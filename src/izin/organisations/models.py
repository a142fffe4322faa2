"""The controller and its people."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from izin.lib.ids import uuid7


class User(AbstractUser):
    """A member of staff; the user name is the work e-mail address. Belongs to organisations by Membership."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)


class Organisation(models.Model):
    """The controller (GDPR Art. 4(7); PDPA s.4): the business whose campaigns these are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40)
    country = models.CharField(max_length=2, default="MY")
    registration_number = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    secret_sealed = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    ADMIN = "admin", _("Administrator")
    MARKETER = "marketer", _("Marketing")
    REVIEWER = "reviewer", _("Reviewer")
    OFFICER = "officer", _("Data protection officer")


class Membership(models.Model):
    """What a member of staff may do in one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="membership_once")]


class Route(models.Model):
    """From a public address (a page's slug, a webhook's key) to the organisation that it belongs to.

    The one look-up that happens before a scope can be opened, so every role may read it; it says nothing but which
    random organisation id stands behind a public address.
    """

    class Kind(models.TextChoices):
        PAGE = "page"
        WEBHOOK = "webhook"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="route_once")]
