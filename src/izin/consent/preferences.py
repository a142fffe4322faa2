"""A person's own page: the secret link to it, what it shows, and what can be done there without signing in.

The link works for good and says nothing about who it belongs to. Whoever holds it can refuse and pause; nothing there
gives a consent.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from izin.consent import records
from izin.consent.addresses import PREFERENCES
from izin.consent.models import Evidence, Purpose, Standing
from izin.contacts import book
from izin.contacts.book import Known
from izin.lib.clock import now
from izin.lib.keyring import OrganisationKeys
from izin.organisations.keys import keys

MAC_BYTES = 16
PAUSE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one purpose stands for a person: a state of ``state_of``, and until when it is so (None: no end)."""

    purpose: Purpose
    state: str
    until: datetime | None = None


def token_of(contact_id: UUID, organisation_keys: OrganisationKeys | None = None) -> str:
    """The person's token: a random id with 128 bits of proof that this organisation gave it out."""
    proof = _proof(contact_id, organisation_keys or keys())
    return urlsafe_b64encode(contact_id.bytes + proof).rstrip(b"=").decode()


def person_of(token: str) -> Known | None:
    """Whose token it is, inside the organisation's scope. None for anything else, without saying why."""
    try:
        plain = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(plain) != 16 + MAC_BYTES:
        return None
    contact_id = UUID(bytes=plain[:16])
    if not hmac.compare_digest(plain[16:], _proof(contact_id, keys())):
        return None
    return next(iter(book.open_many([contact_id])), None)


def link(slug: str, contact_id: UUID, language: str, organisation_keys: OrganisationKeys | None = None) -> str:
    """The address of the person's page, in Malay or English; outside a scope with the organisation's keys given."""
    path = PREFERENCES["en" if language.startswith("en") else "ms"]
    return f"{settings.PUBLIC_URL}/{slug}/{path}/{token_of(contact_id, organisation_keys)}"


def choices_of(person: Known) -> list[Choice]:
    """Every purpose of the organisation as it stands for this person now."""
    rows = {row.purpose_id: row for row in Standing.objects.filter(contact_id=person.id)}
    return [_choice(purpose, rows.get(purpose.id)) for purpose in Purpose.objects.all()]


def state_of(row: Standing | None, at: datetime) -> str:
    """granted, paused (granted, but not yet again), expired, refused, held, pending or unknown, at this moment."""
    if row is None:
        return "unknown"
    if row.standing != Standing.State.GRANTED:
        return str(row.standing)
    if row.valid_until is not None and row.valid_until <= at:
        return "expired"
    return "paused" if row.not_before is not None and row.not_before > at else "granted"


def stop(person: Known, purpose: Purpose | None, *, language: str) -> None:
    """Refuse one purpose, or with None everything, from this page (GDPR Art. 7(3), 21(3); PDPA s.38, s.43)."""
    payload = {"page": "preferences", "language": language}
    records.withdraw_known(person, method=Evidence.Method.PREFERENCES, at=now(), purpose=purpose, payload=payload)


def pause(person: Known, *, language: str) -> datetime:
    """Silence for thirty days; until when. The consents go on standing."""
    until = now() + PAUSE
    payload = {"page": "preferences", "language": language}
    records.pause(person, until, method=Evidence.Method.PREFERENCES, payload=payload)
    return until


def _choice(purpose: Purpose, row: Standing | None) -> Choice:
    state = state_of(row, now())
    if row is None or state not in ("granted", "paused"):
        return Choice(purpose, state)
    return Choice(purpose, state, row.not_before if state == "paused" else row.valid_until)


def _proof(contact_id: UUID, organisation_keys: OrganisationKeys) -> bytes:
    said = b"preferences\0" + organisation_keys.organisation_id.bytes + contact_id.bytes
    return hmac.digest(organisation_keys.codes, said, "sha256")[:MAC_BYTES]
