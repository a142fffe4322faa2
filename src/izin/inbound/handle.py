"""What a webhook means for us: refusals at once, in the door's transaction; everything else when it is drained."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from izin.consent import chatting, identities, joining, preferences, receipts, records
from izin.consent.models import Evidence, Purpose, Standing
from izin.contacts import book
from izin.contacts.book import Known
from izin.contacts.models import Contact
from izin.dispatch import outbox, statuses
from izin.inbound import account_events, replies
from izin.inbound.answers import asked_text, joined_text, stopped_text
from izin.inbound.hooks import ON_INTENT
from izin.inbound.models import Delivery, Heard
from izin.inbound.understanding import WORDLESS, Meaning, understand
from izin.inbound.watch import CANARY_NUMBER, OF_CANARY
from izin.lib.clock import now
from izin.lib.keyring import blind_index
from izin.lib.phone import PhoneError, PhoneNumber
from izin.notices import chat
from izin.organisations.keys import keys
from izin.organisations.models import Organisation
from izin.organisations.scope import current
from izin.whatsapp import news
from izin.whatsapp.models import SenderNumber
from izin.whatsapp.wire import InboundMessage, Preference, Status, Webhook

log = logging.getLogger(__name__)

USER_STOPPED = 131050
REFUSING = frozenset({"stop_all", "stop_purpose", "hold"})
EVERYTHING = re.compile(r"\b(all|everything|any|anything|semua|segala|apa-apa)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, by the surest identity that the webhook carries."""

    kind: str
    value: str


def refusals_in(webhook: Webhook) -> list[InboundMessage | Preference]:
    """Everything in it that refuses, each to be put into force with ``refuse``."""
    preferences = [preference for preference in webhook.preferences if preference.value == "stop"]
    return [*preferences, *(message for message in webhook.messages if meaning_of(message).intent in REFUSING)]


def refuse(delivery: Delivery, refusal: InboundMessage | Preference) -> None:
    """Put one refusal into force, once. Committed before the door says 200."""
    if isinstance(refusal, Preference):
        _refuse_by_setting(delivery, refusal)
        return
    if refusal.from_number == CANARY_NUMBER:
        Delivery.objects.filter(id=delivery.id).update(reason=OF_CANARY)
    meaning, purpose = _meaning_here(refusal)
    if _hear(delivery, refusal, meaning):
        _refuse(delivery, refusal, meaning, purpose)


def everything_else(deliveries: Sequence[tuple[Delivery, Webhook]]) -> None:
    """Statuses, joins, and what we learn of people's identities, of a whole batch. Safe to repeat."""
    statuses.apply([status for _, webhook in deliveries for status in webhook.statuses])
    messages = [
        (delivery, message, _meaning_here(message))
        for delivery, webhook in deliveries
        for message in webhook.messages
        if message.from_number != CANARY_NUMBER
    ]
    # All are heard before one is acted on, as the door does it: whoever holds the ledger waits for nobody's hearing.
    heard = [_hear(delivery, message, meaning) for delivery, message, (meaning, _) in messages]
    for delivery, webhook in deliveries:
        stopped = [status for status in webhook.statuses if USER_STOPPED in status.codes]
        if stopped:
            _refuse_by_error(delivery, stopped)
        news.take_over(delivery.account_id, webhook.others, delivery.received_at)
        account_events.act_on(delivery, webhook.others)
    for (delivery, message, (meaning, purpose)), is_new in zip(messages, heard, strict=True):
        _hear_out(delivery, message, meaning, purpose, is_new=is_new)
    # Last: it holds the ledger, and whoever says stop at this moment waits for it.
    _learn_from_statuses([status for _, webhook in deliveries for status in webhook.statuses])


def _hear_out(
    delivery: Delivery, message: InboundMessage, meaning: Meaning, purpose: Purpose | None, *, is_new: bool
) -> None:
    """Act on a message, once, and keep it for staff. A wordless answer to a campaign is known as a hold only here."""
    if is_new:
        if meaning.intent in REFUSING:
            _refuse(delivery, message, meaning, purpose)
        elif meaning.intent == "join":
            _join(message, meaning, delivery)
        elif meaning.intent == "confirm":
            _confirm(message)
        elif act := ON_INTENT.get(meaning.intent):
            act(delivery, message, meaning)
        if meaning.intent in ("confirm", "other") and _choose(message, delivery):
            meaning = replace(meaning, intent="join", because="code")
        if message.kind == "system":
            _moved(message, delivery)
        else:
            _learn({(message.from_number, message.from_user_id)})
    if meaning.intent == "stop_all":  # the door may have heard it, and has no business with what staff reads
        _close_unclear(message)
    replies.keep(delivery, message, meaning)


def _close_unclear(message: InboundMessage) -> None:
    for person in known_among(message):
        replies.close_unclear(person, "stop_all")


def _confirm(message: InboundMessage) -> None:
    """A yes gives nothing by itself; as the answer to our question after an unclear wish it lifts the hold."""
    for person in known_among(message):
        if records.is_held(person):
            payload = {"words": message.text or message.payload or "", "message_id": message.id}
            records.release(person, method=Evidence.Method.WA_KEYWORD, payload=payload)
            replies.close_unclear(person, "confirm")


def meaning_of(message: InboundMessage) -> Meaning:
    """What the person wants, in their own words or by a button."""
    return understand(message.text, payload=message.payload, kind=message.kind)


def _meaning_here(message: InboundMessage) -> tuple[Meaning, Purpose | None]:
    """The same with what the organisation knows: its purposes by name, and whether a campaign is being answered.

    Only the purpose's own key or name narrows a stop ("BERHENTI PROMOSI"); everything else stops everything.
    """
    phrase, purpose = _purpose_said(message.text or "")
    is_wordless = message.kind in WORDLESS and not message.text
    meaning = understand(
        message.text,
        payload=message.payload,
        kind=message.kind,
        answers_campaign=is_wordless and replies.campaign_answered(message) is not None,
        purposes=[phrase] if purpose else [],
    )
    return meaning, purpose if meaning.intent == "stop_purpose" else None


def _purpose_said(text: str) -> tuple[str, Purpose | None]:
    """The only one of several purposes whose key or name stands in the text, and the words by which it does."""
    if not text or EVERYTHING.search(text):
        return "", None
    purposes = list(Purpose.objects.all())
    named = {
        purpose.id: (phrase, purpose)
        for purpose in purposes
        for phrase in (purpose.key, purpose.name_ms, purpose.name_en)
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)
    }
    return next(iter(named.values())) if len(purposes) > 1 and len(named) == 1 else ("", None)


def _hear(delivery: Delivery, message: InboundMessage, meaning: Meaning) -> bool:
    """Whether this message is new to us: Meta delivers at least once, we act once."""
    index = blind_index(keys().message_index, "inbound", message.id)
    return _is_first(
        Heard(wamid_index=index, meaning=meaning.intent, received_at=delivery.received_at, delivery=delivery)
    )


def _is_first(heard: Heard) -> bool:
    """Store it, unless another process has done or is just doing so: that one is waited for."""
    Heard.objects.bulk_create([heard], ignore_conflicts=True)
    return Heard.objects.filter(id=heard.id).exists()


def _refuse(delivery: Delivery, message: InboundMessage, meaning: Meaning, purpose: Purpose | None) -> None:
    """A stop withdraws; an unclear wish holds everything, asks once, and waits for a person to decide."""
    named = _senders(message.from_number, message.from_user_id)
    if not named:
        log.warning("a message that says stop names nobody: it is kept for a person to look at")
        Delivery.objects.filter(id=delivery.id).update(reason="stop_without_sender")
        return
    known = {sender: found for sender in named if (found := book.find(sender.kind, sender.value)) is not None}
    sender = next(iter(known), named[0])
    person = known.get(sender)
    is_unclear = meaning.intent == "hold"
    also = [(other.kind, other.value) for other in named if other != sender]
    # Somebody who was asked what they meant, and now says stop, is told that it is done.
    told = _stands(person, Standing.State.GRANTED, *([] if is_unclear else [Standing.State.HELD]))
    write = records.hold if is_unclear else partial(records.withdraw, purpose=purpose, also=also)
    write(
        sender.kind,
        sender.value,
        method=Evidence.Method.WA_BUTTON if message.payload else Evidence.Method.WA_KEYWORD,
        at=_time_of(message, delivery),
        payload={"words": message.text or message.payload or "", "message_id": message.id, "because": meaning.because},
        received_at=delivery.received_at,
    )
    if person is not None and told:
        answer(person, message.phone_number_id, asked_text if is_unclear else partial(_stopped, purpose))


def _stopped(purpose: Purpose | None, organisation: str, language: str, link: str) -> str:
    return stopped_text(organisation, language, link, purpose.name_in(language) if purpose else "")


def _refuse_by_setting(delivery: Delivery, preference: Preference) -> None:
    """WhatsApp's own switch (``user_preferences`` stop): a withdrawal for all numbers of this organisation."""
    index = blind_index(keys().message_index, "preference", f"{preference.number}|{preference.user_id}|{preference.at}")
    heard = Heard(wamid_index=index, meaning="stop_all", received_at=delivery.received_at, delivery=delivery)
    senders = _senders(preference.number, preference.user_id)
    if _is_first(heard) and senders:
        records.withdraw(
            senders[0].kind,
            senders[0].value,
            also=[(one.kind, one.value) for one in senders[1:]],
            method=Evidence.Method.WA_SETTING,
            at=_time_of(preference, delivery),
            payload={"setting": "user_preferences stop"},
            received_at=delivery.received_at,
        )


def _refuse_by_error(delivery: Delivery, failed: Sequence[Status]) -> None:
    """Error 131050 in a failed status: the person stopped marketing in WhatsApp."""
    for person in book.open_many(set(statuses.apply_and_name(failed).values())):
        if _stands(person, Standing.State.GRANTED, Standing.State.HELD):
            records.withdraw_known(
                person,
                method=Evidence.Method.WA_SETTING,
                at=now(),
                payload={"code": USER_STOPPED},
                received_at=delivery.received_at,
            )


def _join(message: InboundMessage, meaning: Meaning, delivery: Delivery) -> None:
    """The person's own message with the code of the form: this is the consent (law: A-10).

    The public code of a form is no consent: it is answered with the form (law: C-15).
    """
    if not meaning.code or not (message.from_number or message.from_user_id):
        return
    try:
        number = PhoneNumber(message.from_number) if message.from_number else None
    except PhoneError:
        return
    joined = joining.redeem(
        meaning.code,
        number,
        at=_time_of(message, delivery),
        message_id=message.id,
        text=message.text or "",
        name=message.profile_name or "",
        user_id=message.from_user_id,
    )
    if joined is not None:
        _welcome(joined.person, message)
    elif version := chatting.form_with(meaning.code):
        asked = chatting.ask(version, number, message.from_user_id, _heard(message, delivery))
        for page in chat.pages_of(asked.text):
            answer(asked.person, message.phone_number_id, partial(_plainly, page))


def _choose(message: InboundMessage, delivery: Delivery) -> bool:
    """The answer to a form that was shown in the chat: what it chooses is the consent. Whether it was one."""
    choice = chat.read(message.text or "")
    for person in known_among(message) if choice else []:
        if choice and (asked := chatting.pending(person)):
            if numbers := chat.chosen(choice, len(asked)):
                if chatting.agree(person, asked, numbers, _heard(message, delivery)):
                    _welcome(person, message)
            else:
                again = chat.again(len(asked), asked[0].language)
                answer(person, message.phone_number_id, partial(_plainly, again))
            return True
    return False


def _heard(message: InboundMessage, delivery: Delivery) -> chatting.Heard:
    return chatting.Heard(_time_of(message, delivery), message.id, message.text or "")


def _plainly(text: str, _organisation: str, _language: str, _link: str) -> str:
    return text


def _welcome(person: Known, message: InboundMessage) -> None:
    replies.close_unclear(person, "join")
    answer(person, message.phone_number_id, partial(_joined, person))


def _joined(person: Known, organisation: str, language: str, link: str) -> str:
    slug = Organisation.objects.values_list("slug", flat=True).get(id=current())
    receipt = receipts.link(slug, receipts.consents_of(person)[0], language)
    return joined_text(organisation, language, link, receipt)


def answer(person: Known, phone_number_id: str, text_for: Callable[[str, str, str], str]) -> None:
    """Put one text in line that answers the person's own message, from the number to which they wrote.

    ``text_for`` gets the organisation's name, the person's language and the link to their preference page.
    """
    sender = SenderNumber.objects.filter(phone_number_id=phone_number_id).first()
    contact = Contact.objects.select_related("organisation").filter(id=person.id).first()
    if sender is not None and contact is not None:
        organisation, language = contact.organisation, contact.language
        link = preferences.link(organisation.slug, person.id, language)
        outbox.answer(person, sender, text_for(organisation.name, language, link))


def _learn_from_statuses(heard: Sequence[Status]) -> None:
    """A status of a message to a number names the user id too. A failed one may be about another time's number."""
    _learn({(one.recipient_id, one.recipient_user_id) for one in heard if one.status != "failed"})


def _learn(pairs: set[tuple[str | None, str | None]]) -> None:
    """Tie numbers and business-scoped user ids together, so that a stop under either one is understood.

    A number is tied only to somebody who has none: another number would take the old one's consent along.
    """
    number_of = {user_id: number for number, user_id in pairs if number and user_id}
    fresh = book.unknown_among("bsuid", number_of) if number_of else set()
    people = book.find_many("phone", [number_of[user_id] for user_id in fresh]) if fresh else {}
    named = [(people[number_of[one]], "bsuid", one) for one in sorted(fresh) if number_of[one] in people]
    strange = book.unknown_among("phone", number_of.values()) if len(fresh) < len(number_of) else set()
    for user_id in sorted(number_of.keys() - fresh):
        person = book.find("bsuid", user_id) if number_of[user_id] in strange else None
        if person is not None and not book.has_number(person):
            named.append((person, "phone", number_of[user_id]))
    identities.recognise(named)


def _moved(message: InboundMessage, delivery: Delivery) -> None:
    """WhatsApp's note that a person has a new number, or, where the number is hidden, a new user id (law: C-18).

    A new user id beside a number that stays is one more name of the same person.
    """
    old = _names(message.from_number, message.previous_user_id or message.from_user_id)
    new = _names(message.new_number, message.new_user_id)
    if not old or not new or old == new:
        return
    if message.from_number and message.new_number in (None, message.from_number):
        _learn({(message.from_number, message.new_user_id)})
    else:
        identities.move(old, new, at=_time_of(message, delivery), received_at=delivery.received_at)


def known_among(message: InboundMessage) -> list[Known]:
    """Who in the book wrote this; two, while number and user id are not known to be one person's."""
    return records.people_behind(_names(message.from_number, message.from_user_id))


def _names(number: str | None, user_id: str | None) -> list[tuple[str, str]]:
    return [(sender.kind, sender.value) for sender in _senders(number, user_id)]


def _senders(number: str | None, user_id: str | None) -> list[Sender]:
    """Every name that WhatsApp gives the person here, the surest first."""
    named = (("phone", number), ("bsuid", user_id))
    return [Sender(kind, value) for kind, value in named if value]


def _time_of(act: InboundMessage | Preference, delivery: Delivery) -> datetime:
    """When the person acted, by Meta's clock where that is sound; never in the future."""
    return min(act.at, now()) if act.at_is_sound else delivery.received_at


def _stands(person: Known | None, *states: str) -> bool:
    """Whether some purpose of this person stands in one of these states."""
    return person is not None and Standing.objects.filter(contact_id=person.id, standing__in=states).exists()
