"""Founding an organisation, its members, and finding it by a public address."""

from uuid import UUID

from django.utils.text import slugify

from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.ids import uuid7
from izin.lib.keyring import new_key
from izin.organisations.keys import wrap_secret
from izin.organisations.models import Membership, Organisation, Role, Route, User
from izin.organisations.scope import current, scope, seen_as

RESERVED = frozenset({"staff", "static", "health", "api", "admin", "i18n", "webhooks"})


def found(name: str, *, slug: str = "", country: str = "MY", **particulars: str) -> Organisation:
    """A new organisation with keys of its own, and its page address. Raises IzinError when the address is taken."""
    slug = slugify(slug or name)[:40]
    if not slug or slug in RESERVED:
        raise IzinError(f"The address “{slug}” is reserved or empty: choose another one.")
    if Route.objects.filter(kind=Route.Kind.PAGE, key=slug).exists():
        raise IzinError(f"The address “{slug}” is taken: choose another one.")
    organisation_id = uuid7()
    with scope(organisation_id):
        organisation = Organisation.objects.create(
            id=organisation_id,
            name=name,
            slug=slug,
            country=country,
            secret_sealed=wrap_secret(organisation_id, new_key()),
            created_at=now(),
            **particulars,
        )
        Route.objects.create(kind=Route.Kind.PAGE, key=slug, organisation=organisation)
    return organisation


def add_member(user: User, role: Role) -> Membership:
    """Let a user work in the organisation whose scope is open."""
    membership, _ = Membership.objects.update_or_create(organisation_id=current(), user=user, defaults={"role": role})
    return membership


def add_user(email: str, password: str, *, full_name: str = "") -> User:
    """A member of staff who signs in with this e-mail address; found again when it exists."""
    user = User.objects.filter(username=email.lower()).first()
    return user or User.objects.create_user(
        username=email.lower(), email=email.lower(), password=password, first_name=full_name
    )


def memberships_of(user: User) -> list[Membership]:
    """The user's memberships with their organisations, by name."""
    with seen_as(user.id):
        return list(Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name"))


def organisation_at(slug: str) -> UUID | None:
    """The organisation whose public pages live at this slug."""
    return _route(Route.Kind.PAGE, slug)


def organisation_of_webhook(key: str) -> UUID | None:
    """The organisation whose business account posts to this webhook key."""
    return _route(Route.Kind.WEBHOOK, key)


def organisation_ids() -> list[UUID]:
    """Every organisation of this installation, for the loops that visit each one."""
    return list(Route.objects.filter(kind=Route.Kind.PAGE).order_by("id").values_list("organisation_id", flat=True))


def add_webhook(key: str) -> None:
    """Let webhooks under this key reach the organisation whose scope is open."""
    Route.objects.get_or_create(kind=Route.Kind.WEBHOOK, key=key, defaults={"organisation_id": current()})


def _route(kind: Route.Kind, key: str) -> UUID | None:
    return Route.objects.filter(kind=kind, key=key).values_list("organisation_id", flat=True).first()
