"""The join form's other half: what was ticked on the page becomes consent when the person's own message says so.

A web form proves only that somebody ticked boxes; the inbound WhatsApp message proves whose number it is (law: rule 4).
So the page asks for no number at all, and nothing is ever sent to an unverified one.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from izin.consent.decision import Act
from izin.consent.models import Evidence, JoinCode, Purpose
from izin.consent.purposes import current_wording
from izin.consent.records import NewFact, give, granted_to
from izin.contacts import book
from izin.contacts.book import Known, Newcomer
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.keyring import blind_index
from izin.lib.phone import PhoneNumber
from izin.notices.models import NoticeVersion
from izin.organisations.keys import keys

LIFETIME = timedelta(hours=24)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without the look-alikes 0 O 1 I
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined, and for what."""

    person: Known
    purposes: tuple[Purpose, ...]


def issue_code(
    choices: Sequence[tuple[Purpose, NoticeVersion]], *, language: str, shown_at: datetime, page: str = ""
) -> str:
    """A single-use code that stands for these choices for 24 hours. Only its keyed hash is kept.

    ``page`` is the digest of the page as it was served (``consent.served``).
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    JoinCode.objects.create(
        index=_index(code),
        purposes=[{"purpose": str(purpose.id), "notice": str(version.id)} for purpose, version in choices],
        language=language,
        shown_at=shown_at,
        expires_at=now() + LIFETIME,
        page_digest=page,
    )
    said = {"notices": [version.digest for _, version in choices], "purposes": [purpose.key for purpose, _ in choices]}
    log.append("consent.shown", said | ({"page": page} if page else {}))
    return code


def redeem(
    code: str,
    number: PhoneNumber | None,
    *,
    at: datetime,
    message_id: str,
    text: str,
    name: str = "",
    user_id: str | None = None,
) -> Joined | None:
    """Record the consent of whoever sent this code. None for a code that is unknown, used or expired.

    Somebody who shows no number is known by the business-scoped user id. Raises ValueError without either.
    Also None when the person refused again before this message was read: a later no is not answered with a welcome.
    """
    log.hold()
    row = JoinCode.objects.select_for_update().filter(index=_index(code.upper()), used_at=None).first()
    if row is None or row.expires_at <= now():
        return None
    person = joining(number, user_id, name, row.language)
    purposes = Purpose.objects.in_bulk([choice["purpose"] for choice in row.purposes])
    versions = NoticeVersion.objects.select_related("notice").in_bulk([choice["notice"] for choice in row.purposes])
    by_text = {str(key): value for key, value in (purposes | versions).items()}
    facts = [
        NewFact(
            person,
            Act.GIVEN,
            Evidence.Method.WEB_FORM,
            at,
            by_text[choice["purpose"]],
            by_text[choice["notice"]],
            row.language,
            {
                "shown": by_text[choice["notice"]].texts[row.language],
                "shown_at": log.timestamp(row.shown_at),
                "words": text,
                "message_id": message_id,
                **({"page": row.page_digest} if row.page_digest else {}),
            },
        )
        for choice in row.purposes
    ]
    give(facts)
    JoinCode.objects.filter(id=row.id).update(used_at=now())
    granted = granted_to(person)
    joined = tuple(fact.purpose for fact in facts if fact.purpose and fact.purpose.id in granted)
    return Joined(person, joined) if joined else None


def joining(number: PhoneNumber | None, user_id: str | None, name: str, language: str) -> Known:
    """Who joins. A person who was known by the user id alone and shows a number now stays one person."""
    known = book.find("bsuid", user_id) if user_id else None
    if number is None:
        if not user_id:
            raise ValueError("Nobody joins without a number and without a user id.")
        return known or book.find_or_add_user(user_id, name, language)
    if known is not None and book.find("phone", number.e164) is None:
        book.learn(known, "phone", number.e164)
        return known
    return book.find_or_add(Newcomer(number, name, language))


def wordings(purposes: Sequence[Purpose]) -> list[tuple[Purpose, NoticeVersion]]:
    """The purposes that can be asked for today, each with the wording to show."""
    return [(purpose, version) for purpose in purposes if (version := current_wording(purpose))]


def _index(code: str) -> bytes:
    return blind_index(keys().codes, "join", code)
