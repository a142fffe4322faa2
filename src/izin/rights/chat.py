"""What “DATA SAYA” in a chat does: with a page's code it proves the number, without one it is told the way there."""

from datetime import timedelta

from django.conf import settings

from izin.consent.addresses import DATA
from izin.contacts import book
from izin.inbound import handle
from izin.inbound.answers import data_text
from izin.inbound.models import Delivery, Reply
from izin.inbound.understanding import Meaning
from izin.organisations.models import Organisation
from izin.organisations.scope import current
from izin.rights import proving
from izin.whatsapp.wire import InboundMessage

ANSWERS_AN_HOUR = 3


def asked_for_data(delivery: Delivery, message: InboundMessage, meaning: Meaning) -> None:
    """Hear the code, or else say where to begin: to people in the book, and no more often than they could need.

    What somebody who is not in the book asks waits for staff, like all that strangers write; and so does what comes
    from a known number under another user id, since the number may have been given to somebody else.
    """
    if _may_be_somebody_else(message):
        return
    if meaning.code and proving.hear(meaning.code, message, delivery.received_at):
        return
    for person in handle.known_among(message)[:1]:
        lately = Reply.objects.filter(contact_id=person.id, intent="my_data")
        if lately.filter(received_at__gt=delivery.received_at - timedelta(hours=1)).count() < ANSWERS_AN_HOUR:
            handle.answer(person, message.phone_number_id, _where)


def _may_be_somebody_else(message: InboundMessage) -> bool:
    """Whether WhatsApp gives this number another user id than the person had: what is held is then nobody's to open."""
    person = book.find("phone", message.from_number) if message.from_number and message.from_user_id else None
    known = {value for kind, value in book.identities_of(person) if kind == "bsuid"} if person else set()
    return bool(known - {message.from_user_id})


def _where(organisation: str, language: str, _preferences: str) -> str:
    slug = Organisation.objects.values_list("slug", flat=True).get(id=current())
    page = DATA["en" if language.startswith("en") else "ms"]
    return data_text(organisation, language, f"{settings.PUBLIC_URL}/{slug}/{page}")
