"""Tell recipients what became of a person whose data they were given (GDPR Art. 19; PDPA s.35(1)(c)).

Every verb runs inside an organisation's scope. Staff send a notice by their own way and say so here; the rows that it
is about are named by the marks of the export, which lead nobody but the recipient to the person.
"""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from izin.accountability import sharing
from izin.contacts import book
from izin.contacts.models import Contact
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.rights.models import RecipientNotice, SubjectRequest

WITHIN = timedelta(days=7)  # the law says without undue delay; the figure is ours
LANGUAGES = ("ms", "en")
TELLS = frozenset({str(kind) for kind in RecipientNotice.Kind})


class AlreadyTold(IzinError):
    """Somebody has sent this notice."""

    def __init__(self) -> None:
        super().__init__("This notice has been sent already.")


def open_for(request: SubjectRequest) -> list[RecipientNotice]:
    """The notices that a request leads to now that it is carried out: one for each recipient that got the data."""
    if request.kind not in TELLS or request.subject_ref is None:
        return []
    return _open(request.kind, request.subject_ref, request)


def open_again(subject_ref: UUID) -> list[RecipientNotice]:
    """The notices of an erasure that was carried out again: what the older backup knew of them is lost."""
    if RecipientNotice.objects.filter(subject_ref=subject_ref, kind=RecipientNotice.Kind.ERASE).exists():
        return []
    return _open("erase", subject_ref, None)


def waiting() -> QuerySet[RecipientNotice]:
    """The notices that nobody has sent yet, the most urgent first."""
    return RecipientNotice.objects.filter(sent_at=None).select_related("recipient", "request")


def overdue() -> QuerySet[RecipientNotice]:
    """Those whose last day is over."""
    return waiting().filter(due_on__lt=_day(now()))


def of_request(request: SubjectRequest) -> list[RecipientNotice]:
    """Every notice that the request has led to."""
    return list(RecipientNotice.objects.filter(request=request).select_related("recipient"))


def of_erasure(subject_ref: UUID) -> list[RecipientNotice]:
    """Every notice of an erasure, for its certificate."""
    rows = RecipientNotice.objects.filter(subject_ref=subject_ref, kind=RecipientNotice.Kind.ERASE)
    return list(rows.select_related("recipient"))


def sent(notice: RecipientNotice, how: str, *, by: UUID) -> None:
    """Staff have told the recipient, this way. Raises AlreadyTold."""
    held = RecipientNotice.objects.select_for_update().get(id=notice.id)
    if held.sent_at is not None:
        raise AlreadyTold
    said = {"how": how, "by": str(by), "in_time": _day(now()) <= held.due_on}
    entry_seq = _log("recipient.notified", held, said)
    done = {"how": how, "sent_at": now(), "sent_by": by, "entry_seq": entry_seq}
    RecipientNotice.objects.filter(id=held.id).update(**done)


def drafts(notice: RecipientNotice, organisation: str) -> dict[str, str]:
    """The text of the notice, by language. Only that of a correction holds personal data: the name as it is now."""
    name = _name(notice) if notice.kind == RecipientNotice.Kind.CORRECT else ""
    rows = sharing.marks_of(notice.subject_ref, notice.recipient_id)
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            listed = "\n".join(
                _("Export of %(day)s, mark %(mark)s") % {"day": row.disclosure.at.date().isoformat(), "mark": row.mark}
                for row in rows
                if row.disclosure.at <= notice.opened_at
            )
            closing = _("%(organisation)s, for the data protection officer") % {"organisation": organisation}
            asks = _asks(notice.kind) % {"name": name or "–"}
            parts = (_("To: %(name)s") % {"name": notice.recipient.name}, asks, listed, _confirm(), closing)
            found[language] = "\n\n".join(parts)
    return found


def _open(kind: str, subject_ref: UUID, request: SubjectRequest | None) -> list[RecipientNotice]:
    given = {row.recipient_id for row in sharing.disclosures_of(subject_ref)}
    at = now()
    notices = [
        RecipientNotice(
            request=request,
            recipient_id=recipient_id,
            subject_ref=subject_ref,
            kind=kind,
            opened_at=at,
            due_on=_day(at + WITHIN),
        )
        for recipient_id in sorted(given)
    ]
    RecipientNotice.objects.bulk_create(notices)
    for notice in notices:
        _log("recipient.notice_due", notice, {"due": notice.due_on.isoformat()})
    return notices


def _asks(kind: str) -> str:
    return {
        "correct": _(
            "We gave you data of a person who has had them corrected (GDPR Art. 16 and 19; PDPA s.35). Please "
            "correct the rows below. The name is now: %(name)s"
        ),
        "restrict": _(
            "We gave you data of a person who has asked that their use be restricted (GDPR Art. 18 and 19). Please "
            "keep the rows below and do not use them until you hear from us."
        ),
        "erase": _(
            "We gave you data of a person whose data have been erased here (GDPR Art. 17 and 19). Please erase the "
            "rows below, also from copies and from whomever you passed them on to."
        ),
    }[kind]


def _confirm() -> str:
    return _("Please confirm in writing when it is done, or tell us why it is impossible.")


def _name(notice: RecipientNotice) -> str:
    person = book.known_by(notice.subject_ref)
    return book.names(Contact.objects.filter(id=person.id))[person.id] if person else ""


def _log(kind: str, notice: RecipientNotice, body: dict[str, object]) -> int:
    said = {"notice": str(notice.id), "recipient": str(notice.recipient_id), "right": notice.kind, **body}
    return log.append(kind, said, subject_ref=notice.subject_ref).seq


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
