"""Prove a number without an account: a page shows a code, and the person sends it from the own WhatsApp (H-03; TM9).

Nobody can guess a way in: a code proves nothing until it arrives from the number itself, once, within minutes. Nothing
is ever sent to a number that somebody typed, and no page says whether a number is known before it is proven.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from izin.consent.joining import ALPHABET, CODE_LENGTH
from izin.contacts import book
from izin.contacts.book import Known
from izin.inbound import replies
from izin.inbound.models import Reply
from izin.lib.clock import now
from izin.lib.keyring import blind_index
from izin.organisations.keys import keys
from izin.organisations.scope import current
from izin.rights.models import ProofCode

WORDS = {"ms": "DATA SAYA", "en": "MY DATA"}
LIFETIME = timedelta(minutes=15)
OPEN_FOR = timedelta(hours=1)
SALT = "izin.rights.proven"
MOST_REPLIES = 2_000
_SAID = re.compile(rf"(?:{'|'.join(WORDS.values())})\W+([{ALPHABET}]{{{CODE_LENGTH}}})")


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose number it is: the person in the book, or None; ``reply`` is the message that proved it."""

    person: Known | None
    reply: UUID


def issue() -> str:
    """A code for one page, valid for fifteen minutes and once. Only its keyed hash is kept."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    at = now()
    ProofCode.objects.create(index=_index(code), shown_at=at, expires_at=at + LIFETIME)
    return code


def prove(code: str) -> Proven | None:
    """Who has sent this code; None while nobody has, and for a code that is unknown, used or expired."""
    row = ProofCode.objects.select_for_update().filter(index=_index(code), used_at=None, expires_at__gt=now()).first()
    if row is None:
        return None
    heard = Reply.objects.filter(received_at__gte=row.shown_at, kind="text").order_by("-received_at")[:MOST_REPLIES]
    words = replies.texts(list(heard))
    for reply in heard:
        said = _SAID.search(words[reply.id].upper())
        if said and said[1] == code:
            ProofCode.objects.filter(id=row.id).update(used_at=now())
            replies.settle(reply)
            people = book.open_many([reply.contact_id]) if reply.contact_id else []
            return Proven(people[0] if people else None, reply.id)
    return None


def token_of(proven: Proven) -> str:
    """The secret part of the person's page, for an hour. It names nobody."""
    said = {"o": str(current()), "r": str(proven.reply)}
    return signing.dumps(said | ({"c": str(proven.person.id)} if proven.person else {}), salt=SALT)


def proven_by(token: str) -> Proven | None:
    """Who proved it, while the hour lasts; None for anything else and for somebody who was erased."""
    try:
        said = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    if said["o"] != str(current()):
        return None
    if "c" not in said:
        return Proven(None, UUID(said["r"]))
    people = book.open_many([UUID(said["c"])])
    return Proven(people[0], UUID(said["r"])) if people else None


def number_of(proven: Proven) -> str:
    """The number that proved itself; empty once what it wrote was erased."""
    reply = Reply.objects.filter(id=proven.reply, identity_kind="phone").first()
    return replies.identity_in_clear(reply) if reply else ""


def _index(code: str) -> bytes:
    return blind_index(keys().codes, "proof", code)
