"""What people wrote, kept for staff: to read, to answer, to decide where a wish is unclear. Nothing waits unseen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from izin.consent import records
from izin.consent.decision import Act
from izin.consent.models import Evidence, Purpose
from izin.contacts import book
from izin.contacts.book import Known
from izin.dispatch import outbox
from izin.dispatch.letters import wamid_index as message_index
from izin.dispatch.models import Message
from izin.inbound.models import Delivery, Reply
from izin.inbound.tasks import show_read
from izin.inbound.understanding import WORDLESS, Meaning
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.keyring import associated, blind_index, seal, unseal
from izin.organisations.keys import keys
from izin.organisations.scope import current
from izin.whatsapp.models import SenderNumber
from izin.whatsapp.wire import InboundMessage

WORKING_DAY = timedelta(days=1)
SILENCE = timedelta(days=7)
WINDOW = timedelta(hours=24)  # WhatsApp takes free text for so long after the person's own message (131047)
STOPS = frozenset({"stop_all", "stop_purpose"})
ANSWERED_WITHIN = timedelta(days=3)  # a reply that quotes nothing is taken to answer a campaign of these days
NO_TALK = frozenset({"reaction", "system"})  # a thumb, or WhatsApp's own note: nobody waits for an answer
KINDS = WORDLESS | NO_TALK | {"text", "button", "interactive", "order", "location", "contacts", "request_welcome"}
NEVER_LEFT = (Message.State.SUPPRESSED, Message.State.CANCELLED, Message.State.EXPIRED)
CONFIDENCE = {"certain": 1.0, "likely": 0.7, "unsure": 0.4}


class TooLate(IzinError):
    """The 24 hours in which WhatsApp takes a free answer are over."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation in clear, for the page that shows it."""

    at: datetime
    from_us: bool
    text: str = field(repr=False)
    reply: Reply | None = None
    state: str = ""
    is_campaign: bool = False  # ``text`` is then the campaign's name


def keep(delivery: Delivery, message: InboundMessage, meaning: Meaning) -> Reply | None:
    """Store one inbound message for staff, once. None when it was stored before."""
    index = blind_index(keys().message_index, "inbound", message.id)
    if Reply.objects.filter(wamid_index=index).exists():
        return None
    kind, value = identity_of(message)
    person = book.find(kind, value) if value else None
    reply = Reply(
        contact_id=person.id if person else None,
        sender=SenderNumber.objects.filter(phone_number_id=message.phone_number_id).first(),
        campaign_id=campaign_answered(message),
        delivery=delivery,
        wamid_index=index,
        identity_kind=kind,
        kind=message.kind if message.kind in KINDS else "unknown",  # a made-up kind may say anything, of anybody
        intent=meaning.intent,
        confidence=CONFIDENCE[meaning.confidence],
        because=meaning.because[:80],
        received_at=delivery.received_at,
        queue=_queue_for(message.kind, meaning.intent, known=person is not None),
    )
    reply.due_at = None if reply.queue == Reply.Queue.DONE else delivery.received_at + WORKING_DAY
    key = person.key if person else keys().inbox
    reply.identity_sealed = seal(key, value, _place(reply.id, "identity_sealed")) if value else None
    words = message.text or message.payload
    reply.text_sealed = seal(key, words, _place(reply.id, "text_sealed")) if words else None
    Reply.objects.bulk_create([reply], ignore_conflicts=True)  # another process may be storing the same
    return reply


def waiting(queue: str | None = None) -> QuerySet[Reply]:
    """The replies that wait for a person, the oldest first; of one queue, or of all."""
    rows = Reply.objects.exclude(queue=Reply.Queue.DONE) if queue is None else Reply.objects.filter(queue=queue)
    return rows.select_related("contact", "campaign", "sender").order_by("due_at", "received_at")


def texts(replies: Sequence[Reply]) -> dict[UUID, str]:
    """The replies' words in clear, by id; empty for a picture or a voice note."""
    people = book.open_many({reply.contact_id for reply in replies if reply.contact_id})
    key_of = {person.id: person.key for person in people}
    found = {}
    for reply in replies:
        key = key_of.get(reply.contact_id) if reply.contact_id else keys().inbox
        if key and reply.text_sealed is not None:
            found[reply.id] = unseal(key, bytes(reply.text_sealed), _place(reply.id, "text_sealed")).decode()
        else:
            found[reply.id] = ""
    return found


def conversation(person: Known) -> list[Line]:
    """Everything said between us and a person, in order: their replies, our answers, and which campaigns came."""
    heard = list(Reply.objects.filter(contact_id=person.id).order_by("received_at"))
    words = texts(heard)
    lines = [Line(reply.received_at, False, words[reply.id], reply) for reply in heard]
    left = ~Q(state__in=NEVER_LEFT) & (Q(campaign=None) | ~Q(state=Message.State.QUEUED))
    for message in Message.objects.filter(left, contact_id=person.id).select_related("campaign"):
        at = message.sent_at or message.settled_at or _made_at(message)
        is_campaign = message.text_sealed is None
        lines.append(Line(at, True, _said(message, person), state=message.state, is_campaign=is_campaign))
    return sorted(lines, key=lambda line: line.at)


def decide(reply: Reply, intent: str, *, by: UUID, purpose: Purpose | None = None) -> bool:
    """What a person says this reply means; whether it was still undecided.

    A stop withdraws (``purpose``: only that one), anything else lifts the hold; a correction is logged. What the
    machine took as a stop stays one whatever staff say: only the person's own new yes lifts a refusal.
    """
    undecided = Reply.objects.filter(id=reply.id, decided_at=None)
    decided = {"decided_as": intent, "decided_by": by, "decided_at": now()}
    if not undecided.update(queue=Reply.Queue.DONE, due_at=None, **decided):
        return False
    if intent in STOPS:
        _withdraw(reply, by, purpose)
    if intent not in STOPS or purpose is not None:
        _release(reply, by)
    elif reply.contact_id is not None:
        _close(reply.contact_id, "stop_all")
    if intent != reply.intent:
        log.append("reply.corrected", {"from": reply.intent, "to": intent, "because": reply.because, "by": str(by)})
    return True


def answer_until(reply: Reply) -> datetime | None:
    """Until when WhatsApp takes a free answer: a day after the last thing that this person wrote to this number.

    None when there is nobody to send it to: somebody who is not in the book, or a number that is not ours any more.
    """
    if reply.contact_id is None or reply.sender_id is None:
        return None
    said = Reply.objects.filter(contact_id=reply.contact_id, sender_id=reply.sender_id)
    last: datetime | None = said.aggregate(last=Max("received_at"))["last"]
    return (last or reply.received_at) + WINDOW


def answer(reply: Reply, text: str, *, by: UUID, seen: datetime | None = None) -> None:
    """A free answer by staff, which goes out by the lane like every message. Raises TooLate after the window.

    It answers everything that this person had written until ``seen`` (None: until this reply), and marks the reply as
    read at WhatsApp. What is unclear waits for its decision all the same.
    """
    people = book.open_many([reply.contact_id]) if reply.contact_id else []
    until = answer_until(reply)
    if not people or reply.sender is None or until is None or until <= now():
        raise TooLate("WhatsApp takes a free answer only within 24 hours of the person's message.")
    outbox.answer(people[0], reply.sender, text)
    show_read.defer(organisation_id=str(current()), reply_id=str(reply.id))
    log.append("reply.answered", {"by": str(by)})
    answered = Reply.objects.filter(contact_id=reply.contact_id, queue=Reply.Queue.TALK)
    answered.filter(received_at__lte=max(reply.received_at, seen or reply.received_at)).update(
        queue=Reply.Queue.DONE, decided_by=by, decided_at=now(), due_at=None
    )


def object_to(number: str, *, method: str, by: UUID, note: str = "") -> None:
    """An objection that came by telephone, letter or at the counter (Art. 21(2); PDPA s.43): any role may record it."""
    withdrawn = records.withdraw(
        "phone", number, method=method, at=now(), act=Act.OBJECTED, payload={"note": note, "recorded_by": str(by)}
    )
    if withdrawn.contact_id is not None:
        _close(withdrawn.contact_id, "stop_all")


def settle(reply: Reply) -> None:
    """The machine has dealt with what this reply asks for: nobody need answer it."""
    Reply.objects.filter(id=reply.id).update(queue=Reply.Queue.DONE, due_at=None, intent="my_data", decided_at=now())


def close_unclear(person: Known, decided_as: str) -> None:
    """The person has said more clearly what they wish: no decision of staff is needed any more."""
    _close(person.id, decided_as)


def close_silent() -> int:
    """Who was asked whether to stop and said nothing for seven days is taken to have said stop (law.md 7.3)."""
    people = book.open_many(records.held_since(now() - SILENCE))
    for person in people:
        records.withdraw_known(person, method=Evidence.Method.SILENCE, at=now(), payload={"days": SILENCE.days})
        _close(person.id, "stop_all")
    return len(people)


def identity_of(message: InboundMessage) -> tuple[str, str]:
    """The surest name of whoever wrote: (kind, value); both empty when the webhook names nobody."""
    if message.from_number:
        return "phone", message.from_number
    return ("bsuid", message.from_user_id) if message.from_user_id else ("", "")


def identity_in_clear(reply: Reply) -> str:
    """The sender's number or user id, for recording what they want."""
    key: bytes | None = keys().inbox
    if reply.contact_id:
        key = next((person.key for person in book.open_many([reply.contact_id])), None)
    if key is None or reply.identity_sealed is None:
        return ""
    return unseal(key, bytes(reply.identity_sealed), _place(reply.id, "identity_sealed")).decode()


def campaign_answered(message: InboundMessage) -> UUID | None:
    """The campaign of the message that was quoted, else of the last one that the person got in these days."""
    if message.context_id:
        quoted = Message.objects.filter(wamid_index=message_index(keys(), message.context_id)).first()
        if quoted is not None:
            return quoted.campaign_id
    kind, value = identity_of(message)
    person = book.find(kind, value) if value else None
    if person is None:
        return None
    got = Message.objects.filter(contact_id=person.id, campaign__isnull=False, state=Message.State.ACCEPTED)
    lately = got.filter(settled_at__gte=now() - ANSWERED_WITHIN).order_by("-settled_at")
    return lately.values_list("campaign_id", flat=True).first()


def _withdraw(reply: Reply, by: UUID, purpose: Purpose | None) -> None:
    value = identity_in_clear(reply)
    if value:
        records.withdraw(
            reply.identity_kind,
            value,
            method=Evidence.Method.STAFF,
            at=reply.received_at,
            purpose=purpose,
            payload={"reply": str(reply.id), "decided_by": str(by)},
        )


def _release(reply: Reply, by: UUID) -> None:
    """Lift the hold, unless another unclear reply of the same person still waits."""
    if reply.intent != "hold" or _another_waits(reply):
        return
    people = book.open_many([reply.contact_id]) if reply.contact_id else []
    for person in people:
        if records.is_held(person):
            payload = {"reply": str(reply.id), "decided_by": str(by)}
            records.release(person, method=Evidence.Method.STAFF, payload=payload)
    value = "" if people else identity_in_clear(reply)
    if value:
        records.release_stranger(reply.identity_kind, value)


def _another_waits(reply: Reply) -> bool:
    others = Reply.objects.filter(queue=Reply.Queue.UNCLEAR, contact_id=reply.contact_id).exclude(id=reply.id)
    if reply.contact_id is not None:
        return others.exists()
    who = identity_in_clear(reply)
    return any(identity_in_clear(other) == who for other in others)


def _close(contact_id: UUID, decided_as: str) -> None:
    Reply.objects.filter(contact_id=contact_id, queue=Reply.Queue.UNCLEAR).update(
        queue=Reply.Queue.DONE, decided_as=decided_as, decided_at=now(), due_at=None
    )


def _queue_for(kind: str, intent: str, *, known: bool) -> str:
    if intent in STOPS or intent in ("join", "confirm"):
        return Reply.Queue.DONE  # dealt with already
    if intent == "hold":
        return Reply.Queue.UNCLEAR
    if kind in NO_TALK:
        return Reply.Queue.DONE
    return Reply.Queue.TALK if known else Reply.Queue.STRANGER


def _made_at(message: Message) -> datetime:
    """When the row was made: its id is ordered by time (RFC 9562)."""
    return datetime.fromtimestamp((message.id.int >> 80) / 1000, UTC)


def _said(message: Message, person: Known) -> str:
    if message.text_sealed is not None:
        place = associated(current(), "dispatch_message", "text_sealed", message.id)
        return unseal(person.key, bytes(message.text_sealed), place).decode()
    return message.campaign.name if message.campaign else ""


def _place(reply_id: UUID, column: str) -> bytes:
    return associated(current(), "inbound_reply", column, reply_id)
