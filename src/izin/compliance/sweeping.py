"""The daily deletion: what goes tomorrow, what went today, and the spans that the organisation chose.

Every verb but ``run`` runs inside an organisation's scope. Each rule is a transaction of its own, and doing it twice is
as once; the report says what went, by rule, and stands in the ledger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from izin.compliance.models import RetentionRun, RetentionSpan
from izin.compliance.retention import BY_KEY, RULES
from izin.consent import aging as consent
from izin.consent.models import Evidence, Standing
from izin.contacts import book
from izin.contacts.models import Contact
from izin.dispatch import aging as dispatch
from izin.dispatch.models import Message
from izin.dispatch.outbox import StillSending
from izin.inbound import aging as inbound
from izin.inbound.models import Reply
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.scope import scope
from izin.rights import aging as rights
from izin.rights import erasure
from izin.rights.models import SubjectRequest
from izin.rights.register import day_of

PEOPLE_A_RUN = 200  # each is an erasure of its own; the rest follows the next day
A_DAY = timedelta(days=1)
METHOD = str(Evidence.Method.STAFF.value)


class OutOfBounds(IzinError):
    """The span is shorter or longer than what may be chosen."""

    def __init__(self) -> None:
        super().__init__("Choose a number of days within the bounds that stand beside it.")


@dataclass(frozen=True, slots=True)
class Sweep:
    """How a rule finds what is older than a moment, and lets it go; both count rows."""

    due: Callable[[datetime], int]
    go: Callable[[datetime], int]


def unneeded(before: datetime) -> QuerySet[Contact]:
    """People in the book of whom nothing stands, waits or was said since then."""
    mine = {"contact_id": OuterRef("id")}
    stands = Q(standing__in=(Standing.State.PENDING, Standing.State.HELD)) | (
        Q(standing=Standing.State.GRANTED) & (Q(valid_until=None) | Q(valid_until__gt=before))
    )
    unsettled = Q(state__in=dispatch.UNSETTLED) | Q(settled_at__gte=before)
    reasons = (
        Standing.objects.filter(stands, **mine),
        Evidence.objects.filter(received_at__gte=before, **mine),
        Message.objects.filter(unsettled, **mine),
        Reply.objects.filter(~Q(queue=Reply.Queue.DONE) | Q(received_at__gte=before), **mine),
        SubjectRequest.objects.filter(state=SubjectRequest.State.OPEN, **mine),
    )
    people = Contact.objects.filter(created_at__lt=before).order_by("created_at")
    for one in reasons:
        people = people.filter(~Exists(one))
    return people


def _erase(before: datetime) -> int:
    done = 0
    for person in book.open_many(unneeded(before).values_list("id", flat=True)[:PEOPLE_A_RUN]):
        try:
            erasure.carry_out(person, method=METHOD)
        except StillSending:
            continue  # nothing was changed; tomorrow
        done += 1
    return done


SWEEPS: Mapping[str, Sweep] = {
    "webhook": Sweep(lambda before: inbound.old_bodies(before).count(), inbound.empty_bodies),
    "reply": Sweep(lambda before: inbound.old_replies(before).count(), inbound.empty_replies),
    "answer": Sweep(lambda before: dispatch.old_answers(before).count(), dispatch.empty_answers),
    "message": Sweep(lambda before: dispatch.old_messages(before).count(), dispatch.empty_messages),
    "upload": Sweep(lambda before: consent.old_uploads(before).count(), consent.discard_uploads),
    "rejection": Sweep(lambda before: consent.old_rejections(before).count(), consent.empty_rejections),
    "request": Sweep(lambda before: rights.old_texts(before).count(), rights.empty_texts),
    "person": Sweep(lambda before: unneeded(before).count(), _erase),
}


def spans() -> dict[str, int]:
    """The days of every rule: what the organisation chose, or the rule's own number."""
    chosen = dict(RetentionSpan.objects.values_list("rule", "days"))
    return {rule.key: chosen.get(rule.key, rule.days) for rule in RULES}


def choose(key: str, days: int, *, by: UUID) -> None:
    """Keep what the rule is about for so many days from now on. Raises OutOfBounds."""
    if not BY_KEY[key].allows(days):
        raise OutOfBounds
    if spans()[key] != days:
        RetentionSpan.objects.update_or_create(rule=key, defaults={"days": days})
        log.append("retention.chosen", {"rule": key, "days": days, "by": str(by)})


def preview(at: datetime) -> dict[str, int]:
    """How many rows of each rule would go in a run at that moment."""
    chosen = spans()
    return {rule.key: SWEEPS[rule.key].due(rule.before(at, chosen[rule.key])) for rule in RULES}


def is_due(today: date) -> bool:
    """Whether nothing was deleted today yet."""
    return not RetentionRun.objects.filter(day=today).exists()


def run(organisation_id: UUID) -> dict[str, int]:
    """Delete what is due now, rule by rule, and keep the report of the day; what went, by rule.

    A second run on one day does the same work and adds no report.
    """
    counts = {}
    for rule in RULES:
        with scope(organisation_id):
            before = rule.before(now(), spans()[rule.key])
            counts[rule.key] = SWEEPS[rule.key].go(before)
    with scope(organisation_id):
        log.hold()
        today = day_of(now())
        if is_due(today):
            entry = log.append("retention.ran", {"day": today.isoformat(), "rows": counts})
            RetentionRun.objects.create(day=today, at=now(), counts=counts, entry_seq=entry.seq)
    return counts
