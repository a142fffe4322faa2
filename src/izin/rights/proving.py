"""Prove a number without an account: a page shows a code, and the person sends it from the own WhatsApp (H-03; TM9).

Nobody can guess a way in: a code proves nothing until it arrives from the number itself, once, within minutes. Nothing
is ever sent to a number that somebody typed, and no page says whether a number is known before it is proven. Who sends
wrong codes is not heard for an hour, also with a right one; the limits are those of TM9.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import connection

from izin.consent.joining import ALPHABET, CODE_LENGTH
from izin.contacts import book
from izin.contacts.book import Known
from izin.inbound import replies
from izin.inbound.models import Reply
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.keyring import blind_index
from izin.organisations.keys import keys
from izin.organisations.scope import current
from izin.rights.models import ProofCode
from izin.whatsapp.wire import InboundMessage

WORDS = {"ms": "DATA SAYA", "en": "MY DATA"}
LIFETIME = timedelta(minutes=10)
OPEN_FOR = timedelta(hours=1)
SALT = "izin.rights.proven"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHOWN_A_MINUTE = 60
TRIES_AN_HOUR, PROOFS_AN_HOUR, PROOFS_A_DAY = 5, 3, 10


class TooManyCodes(IzinError):
    """The page has shown so many codes in this minute that no more are made."""

    def __init__(self) -> None:
        super().__init__("Too many codes were asked for in this minute. Try again in a minute.")


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose number it is: the person in the book, or None; ``reply`` is the message that proved it."""

    person: Known | None
    reply: UUID


def issue() -> str:
    """A code for one page, valid for ten minutes and once. Only its keyed hash is kept. Raises TooManyCodes."""
    at = now()
    if ProofCode.objects.filter(shown_at__range=(at - timedelta(minutes=1), at)).count() >= SHOWN_A_MINUTE:
        raise TooManyCodes
    ProofCode.objects.filter(heard_at__lt=at - DAY, sender_index__isnull=False).update(sender_index=None)
    code = _code()
    ProofCode.objects.create(index=_index(code), shown_at=at, expires_at=at + LIFETIME)
    return code


def hear(code: str, message: InboundMessage, at: datetime) -> bool:
    """Take a code that arrived at this time as the proof of the number it came from; whether it is one.

    False for a code that is unknown, used or expired, and for every code of somebody who is over the limit.
    """
    kind, value = replies.identity_of(message)
    if not value:
        return False
    sender = _sender(kind, value)
    with connection.cursor() as cursor:
        # One message of a sender after the other, so that each try is counted.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(sender[:8], "big", signed=True)])
    if _is_over_limit(sender, at):
        return False
    found = ProofCode.objects.select_for_update().filter(index=_index(code), heard_at=None, expires_at__gt=at).first()
    if found is None:
        tried = {"index": os.urandom(32), "shown_at": at, "expires_at": at}
        ProofCode.objects.create(**tried, heard_at=at, sender_index=sender, used_at=at)
        return False
    proof = blind_index(keys().message_index, "inbound", message.id)
    ProofCode.objects.filter(id=found.id).update(heard_at=at, sender_index=sender, message_index=proof)
    return True


def prove(code: str) -> Proven | None:
    """Who has sent this code; None while nobody has, and for a code that is unknown, used or expired."""
    lately = ProofCode.objects.select_for_update().filter(used_at=None, heard_at__gt=now() - LIFETIME)
    row = lately.filter(index=_index(code), message_index__isnull=False).first()
    reply = Reply.objects.filter(wamid_index=row.message_index).first() if row else None
    if row is None or reply is None:
        return None
    ProofCode.objects.filter(id=row.id).update(used_at=now())
    replies.settle(reply)
    people = book.open_many([reply.contact_id]) if reply.contact_id else []
    return Proven(people[0] if people else None, reply.id)


def forget(identities: Iterable[tuple[str, str]]) -> int:
    """No longer count the codes of an erased person; how many."""
    theirs = ProofCode.objects.filter(sender_index__in=[_sender(kind, value) for kind, value in identities])
    return theirs.update(sender_index=None, message_index=None)


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


def _is_over_limit(sender: bytes, at: datetime) -> bool:
    theirs = ProofCode.objects.filter(sender_index=sender, heard_at__gt=at - DAY)
    lately = theirs.filter(heard_at__gt=at - HOUR)
    return (
        lately.filter(message_index=None).count() >= TRIES_AN_HOUR
        or lately.filter(message_index__isnull=False).count() >= PROOFS_AN_HOUR
        or theirs.filter(message_index__isnull=False).count() >= PROOFS_A_DAY
    )


def _code() -> str:
    """Random, and with a figure in it, so that no word that people write is taken for a code."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if any(letter.isdigit() for letter in code):
            return code


def _index(code: str) -> bytes:
    return blind_index(keys().codes, "proof", code)


def _sender(kind: str, value: str) -> bytes:
    return blind_index(keys().codes, "proof sender", f"{kind}|{value}")
