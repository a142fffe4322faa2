"""The link to a person's own preference page: no login, valid for good, and it says nothing about who it belongs to."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from izin.contacts import book
from izin.contacts.book import Known
from izin.organisations.keys import keys
from izin.organisations.scope import current

MAC_BYTES = 16


def token_of(contact_id: UUID) -> str:
    """The person's token: a random id with 128 bits of proof that this organisation gave it out."""
    return urlsafe_b64encode(contact_id.bytes + _proof(contact_id)).rstrip(b"=").decode()


def person_of(token: str) -> Known | None:
    """Whose token it is, inside the organisation's scope. None for anything else, without saying why."""
    try:
        plain = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(plain) != 16 + MAC_BYTES:
        return None
    contact_id = UUID(bytes=plain[:16])
    if not hmac.compare_digest(plain[16:], _proof(contact_id)):
        return None
    return next(iter(book.open_many([contact_id])), None)


def _proof(contact_id: UUID) -> bytes:
    return hmac.digest(keys().codes, b"preferences\0" + current().bytes + contact_id.bytes, "sha256")[:MAC_BYTES]
