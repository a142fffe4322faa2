"""The secret link to a person's receipt for one act of consent, and whose act it is.

Whoever holds the link sees what was agreed to, and nothing else; the way out of it stands on the same page.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from izin.consent.addresses import RECEIPT
from izin.consent.decision import Act
from izin.consent.models import Evidence
from izin.contacts import book
from izin.contacts.book import Known
from izin.organisations.keys import keys

MAC_BYTES = 16
CONSENTS = (Act.GIVEN, Act.ATTESTED)


@dataclass(frozen=True, slots=True)
class Consent:
    """One act of consent: the person, and a row for each purpose that was agreed to in it."""

    person: Known
    rows: tuple[Evidence, ...]

    @property
    def entry_seq(self) -> int:
        return self.rows[0].entry_seq


def token_of(evidence_id: UUID) -> str:
    """The token of an act's receipt: its id with 128 bits of proof that this organisation gave it out."""
    return urlsafe_b64encode(evidence_id.bytes + _proof(evidence_id)).rstrip(b"=").decode()


def consent_of(token: str) -> Consent | None:
    """The act whose token it is. None for anything else, and for somebody who was erased, without saying why."""
    try:
        plain = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    evidence_id = UUID(bytes=plain[:16]) if len(plain) == 16 + MAC_BYTES else None
    if evidence_id is None or not hmac.compare_digest(plain[16:], _proof(evidence_id)):
        return None
    asked = Evidence.objects.filter(id=evidence_id, act__in=CONSENTS, contact_id__isnull=False).first()
    person = next(iter(book.open_many([asked.contact_id])), None) if asked and asked.contact_id else None
    if asked is None or person is None:
        return None
    same = Evidence.objects.filter(entry_seq=asked.entry_seq, contact_id=person.id)
    rows = same.select_related("purpose", "notice_version__notice").order_by("position")
    return Consent(person, tuple(rows))


def consents_of(person: Known) -> list[Consent]:
    """Every act of consent of this person, newest first."""
    rows = Evidence.objects.filter(contact_id=person.id, act__in=CONSENTS)
    by_entry: dict[int, list[Evidence]] = {}
    for row in rows.select_related("purpose", "notice_version__notice").order_by("-entry_seq", "position"):
        by_entry.setdefault(row.entry_seq, []).append(row)
    return [Consent(person, tuple(some)) for some in by_entry.values()]


def link(slug: str, consent: Consent, language: str) -> str:
    """The address of the receipt's page, in Malay or English."""
    path = RECEIPT["en" if language.startswith("en") else "ms"]
    return f"{settings.PUBLIC_URL}/{slug}/{path}/{token_of(consent.rows[0].id)}"


def _proof(evidence_id: UUID) -> bytes:
    said = b"receipt\0" + keys().organisation_id.bytes + evidence_id.bytes
    return hmac.digest(keys().codes, said, "sha256")[:MAC_BYTES]
