"""The register of requests: take one in, prove who asks, extend, answer or refuse; each step in the ledger.

Every verb runs inside an organisation's scope. A request that the machine can answer is answered when it comes.
"""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from izin.contacts import book
from izin.contacts.book import Known
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.keyring import associated, seal, unseal
from izin.organisations.keys import keys
from izin.organisations.scope import current
from izin.rights import clocks, telling
from izin.rights.models import SubjectRequest

State = SubjectRequest.State
NEEDS_PROOF = frozenset({"access", "correct", "erase", "portability"})


class NotOpen(IzinError):
    """Somebody has answered this request already."""

    def __init__(self) -> None:
        super().__init__("This request has been answered already.")


class Unproven(IzinError):
    """Nobody has made sure yet that the person asks for the own data."""

    def __init__(self) -> None:
        super().__init__("First make sure who asks, and say so here. Then answer.")


class TooLateToExtend(IzinError):
    """The notice of an extension must reach the person before the first period is over."""

    def __init__(self) -> None:
        super().__init__("It is too late to extend: the notice must be given within the first period.")


def take_in(
    kind: str,
    *,
    channel: str,
    person: Known | None,
    identity: str = SubjectRequest.Identity.UNPROVEN,
    asked: str = "",
    received_at: datetime | None = None,
) -> SubjectRequest:
    """Open a request. ``asked`` is what was written, sealed; ``person`` is None for somebody not in the book."""
    received = received_at or now()
    request = SubjectRequest(
        kind=kind,
        channel=channel,
        contact_id=person.id if person else None,
        subject_ref=person.subject_ref if person else None,
        identity=identity,
        received_at=received,
        due_on=clocks.due(kind, day_of(received)),
    )
    request.asked_sealed = _seal(request, person, "asked_sealed", asked)
    request.save(force_insert=True)
    _log("request.received", request, {"channel": channel, "identity": str(identity)})
    return request


def extend(request: SubjectRequest, *, by: UUID) -> None:
    """More time, once, with a notice to the person inside the first period (Art. 12(3); PDPA s.31(2), s.35(2)).

    Raises NotOpen and TooLateToExtend.
    """
    held = _held(request)
    received = day_of(held.received_at)
    if held.extended_at is not None or not clocks.may_extend(held.kind, received, day_of(now())):
        raise TooLateToExtend
    longest = clocks.due(held.kind, received, extended=True)
    SubjectRequest.objects.filter(id=held.id).update(extended_at=now(), due_on=longest)
    _log("request.extended", held, {"due": longest.isoformat(), "by": str(by)})


def identify(request: SubjectRequest, *, by: UUID) -> None:
    """Staff have made sure who asks (Art. 12(6); PDPA s.32(1)(a)). Raises NotOpen."""
    held = _held(request)
    SubjectRequest.objects.filter(id=held.id).update(identity=SubjectRequest.Identity.STAFF)
    _log("request.identified", held, {"by": str(by)})


def note_correction(request: SubjectRequest, *, by: UUID) -> None:
    """The name in the book was put right for this request: in the ledger, without it. Raises NotOpen."""
    _log("request.corrected", _held(request), {"by": str(by)})


def answer(request: SubjectRequest, text: str, *, by: UUID | None = None, ground: str = "") -> None:
    """Close it with the answer that the person got, sealed; with a ground it is refused (Art. 12(4); PDPA s.33, s.37).

    ``by`` is empty where the machine answered. Raises NotOpen, and Unproven where a stranger could get at the data.
    """
    held = _held(request)
    if not ground and held.kind in NEEDS_PROOF and held.identity == SubjectRequest.Identity.UNPROVEN:
        raise Unproven
    state = State.REFUSED if ground else State.ANSWERED
    person = next(iter(book.open_many([held.contact_id])), None) if held.contact_id else None
    body = {"by": str(by) if by else None, "ground": ground, "in_time": day_of(now()) <= held.due_on}
    entry_seq = _log(f"request.{state}", held, body)
    SubjectRequest.objects.filter(id=held.id).update(
        state=state,
        ground=ground,
        answered_at=now(),
        answered_by=by,
        answer_sealed=_seal(held, person, "answer_sealed", text),
        entry_seq=entry_seq,
    )
    if not ground and held.kind != SubjectRequest.Kind.RESTRICT:  # whoever restricts is told of when it takes effect
        telling.open_for(held)


def waiting() -> QuerySet[SubjectRequest]:
    """The open requests, the most urgent first."""
    return SubjectRequest.objects.filter(state=State.OPEN).order_by("due_on", "received_at")


def overdue() -> QuerySet[SubjectRequest]:
    """The open requests whose last day is over."""
    return waiting().filter(due_on__lt=day_of(now()))


def texts(request: SubjectRequest) -> tuple[str, str]:
    """What was asked and what was answered, in clear; empty after an erasure."""
    people = book.open_many([request.contact_id]) if request.contact_id else []
    key = people[0].key if people else keys().inbox
    return _open(request, key, "asked_sealed"), _open(request, key, "answer_sealed")


def forget(person: Known) -> int:
    """Empty an erased person's requests: that one was made and answered, and when, stays; how many."""
    return SubjectRequest.objects.filter(contact_id=person.id).update(
        contact=None, asked_sealed=None, answer_sealed=None
    )


def day_of(at: datetime) -> date:
    """The day in the calendar of the installation, in which the clocks run."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _held(request: SubjectRequest) -> SubjectRequest:
    """The request as it is now, locked. Raises NotOpen."""
    held = SubjectRequest.objects.select_for_update().get(id=request.id)
    if held.state != State.OPEN:
        raise NotOpen
    return held


def _log(kind: str, request: SubjectRequest, body: dict[str, object]) -> int:
    said = {"request": str(request.id), "right": request.kind, **body}
    return log.append(kind, said, subject_ref=request.subject_ref).seq


def _seal(request: SubjectRequest, person: Known | None, column: str, text: str) -> bytes | None:
    return seal(person.key if person else keys().inbox, text, _place(request, column)) if text else None


def _open(request: SubjectRequest, key: bytes, column: str) -> str:
    sealed = getattr(request, column)
    return unseal(key, bytes(sealed), _place(request, column)).decode() if sealed is not None else ""


def _place(request: SubjectRequest, column: str) -> bytes:
    return associated(current(), "rights_subjectrequest", column, request.id)
