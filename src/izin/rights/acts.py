"""What a person asks for and the machine can do at once: each is a request in the register, answered as it comes.

Every verb runs inside an organisation's scope, for somebody whose number is proven.
"""

from datetime import datetime
from uuid import UUID

from izin.consent import records
from izin.consent.decision import Act
from izin.consent.models import Evidence
from izin.contacts import book
from izin.contacts.book import Known
from izin.inbound import replies
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.rights import clocks, erasure, register, telling
from izin.rights.erasure import Certificate
from izin.rights.models import SubjectRequest

NAME_LENGTH = 120


class NameMissing(IzinError):
    """A correction to no name at all."""

    def __init__(self) -> None:
        super().__init__("Write the name as it should be; nothing was changed.")


def erase(person: Known, *, channel: str, identity: str, asked: str = "") -> Certificate:
    """Erase the person (Art. 17); the certificate. Raises outbox.StillSending: then nothing was changed."""
    request = register.take_in("erase", channel=channel, person=person, identity=identity, asked=asked)
    made = erasure.carry_out(person, method=_method(channel))
    register.answer(request, str(made.reference))
    return erasure.certificate(made.reference)


def record(kind: str, number: str, *, channel: str, asked: str, received_at: datetime, by: UUID) -> SubjectRequest:
    """A request that staff received for an E.164 number, whoever holds it. What stops, stops before anything else.

    Nobody need prove anything to be left alone: an objection and a withdrawal are carried out and answered, and a
    restriction holds every message, as an unclear wish does; the other rights wait for a proof.
    """
    method, at = _method(channel), now()
    payload = {"recorded_by": str(by), "right": kind}
    if kind in clocks.AT_ONCE:
        act = Act.OBJECTED if kind == "object" else Act.WITHDRAWN
        records.withdraw("phone", number, method=method, at=at, act=act, payload=payload)
    elif kind == "restrict":
        records.hold("phone", number, method=method, at=at, payload=payload)
    person = book.find("phone", number)
    request = register.take_in(kind, channel=channel, person=person, asked=asked, received_at=received_at)
    if kind == "restrict":
        telling.open_for(request)
    if kind in clocks.AT_ONCE:
        if person is not None:
            replies.close_unclear(person, "stop_all")
        register.answer(request, "", by=by)
    return request


def erase_as_asked(request: SubjectRequest, *, by: UUID) -> Certificate:
    """Carry out a request for erasure that staff received, once it is clear who asks.

    Raises register.Unproven and NotOpen, and outbox.StillSending: then nothing was changed.
    """
    people = book.open_many([request.contact_id]) if request.contact_id else []
    if request.identity == SubjectRequest.Identity.UNPROVEN:
        raise register.Unproven
    if not people or request.state != SubjectRequest.State.OPEN:
        raise register.NotOpen
    made = erasure.carry_out(people[0], method=_method(request.channel))
    register.answer(request, str(made.reference), by=by)
    return erasure.certificate(made.reference)


def correct_name(person: Known, name: str, *, channel: str, identity: str) -> SubjectRequest:
    """Put the name right (Art. 16; PDPA s.34). Raises NameMissing for one without a letter."""
    right = _right_name(name)
    request = register.take_in("correct", channel=channel, person=person, identity=identity)
    book.rename(person, right)
    register.answer(request, right)
    return request


def correct_as_asked(request: SubjectRequest, name: str, *, by: UUID) -> None:
    """Put the name right that a request which staff received is about; staff then answer it.

    Raises NameMissing, and register.Unproven and NotOpen.
    """
    right = _right_name(name)
    if request.identity == SubjectRequest.Identity.UNPROVEN:
        raise register.Unproven
    people = book.open_many([request.contact_id]) if request.contact_id else []
    if not people or request.state != SubjectRequest.State.OPEN:
        raise register.NotOpen
    book.rename(people[0], right)
    register.note_correction(request, by=by)


def restrict(person: Known, *, channel: str, identity: str) -> SubjectRequest:
    """Nothing is sent from now on (Art. 18); the request stays open until staff have looked at it. Twice is as once."""
    held = SubjectRequest.objects.filter(contact_id=person.id, kind="restrict", state=SubjectRequest.State.OPEN).first()
    if held is not None:
        return held
    request = register.take_in("restrict", channel=channel, person=person, identity=identity)
    kind, value = book.identities_of(person)[0]
    records.hold(kind, value, method=_method(channel), at=now(), payload={"request": str(request.id)})
    telling.open_for(request)
    return request


def object_to_marketing(person: Known, *, channel: str, identity: str) -> SubjectRequest:
    """Never again, whatever comes (Art. 21(2), (3); PDPA s.43)."""
    return _refuse(person, "object", Act.OBJECTED, channel, identity)


def withdraw_all(person: Known, *, channel: str, identity: str) -> SubjectRequest:
    """Every consent is taken back (Art. 7(3); PDPA s.38)."""
    return _refuse(person, "withdraw", Act.WITHDRAWN, channel, identity)


def hand_over(person: Known, kind: str, *, channel: str, identity: str) -> SubjectRequest:
    """The person saw (access, Art. 15; PDPA s.30) or took along (portability, Art. 20) everything that is held."""
    request = register.take_in(kind, channel=channel, person=person, identity=identity)
    register.answer(request, "")
    return request


def _refuse(person: Known, kind: str, act: Act, channel: str, identity: str) -> SubjectRequest:
    request = register.take_in(kind, channel=channel, person=person, identity=identity)
    payload = {"request": str(request.id)}
    records.withdraw_known(person, method=_method(channel), at=now(), act=act, payload=payload)
    replies.close_unclear(person, "stop_all")
    register.answer(request, "")
    return request


def _right_name(name: str) -> str:
    right = "".join(letter for letter in name if letter.isprintable()).strip()[:NAME_LENGTH]
    if not any(letter.isalnum() for letter in right):
        raise NameMissing
    return right


def _method(channel: str) -> str:
    """How the act came, in the words of consent."""
    methods = {
        "page": Evidence.Method.PREFERENCES,
        "whatsapp": Evidence.Method.WA_KEYWORD,
        "letter": Evidence.Method.LETTER,
        "call": Evidence.Method.CALL,
        "counter": Evidence.Method.COUNTER,
    }
    return str(methods[channel].value)
