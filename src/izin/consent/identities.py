"""What becomes of consents and refusals when WhatsApp calls a person by another name, or the person has a new number.

Runs inside an organisation's scope, each verb in the caller's transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from izin.consent import records, suppressions
from izin.consent.models import Evidence, Purpose, Suppression
from izin.contacts import book
from izin.contacts.book import Known
from izin.ledger import log


def recognise(named: Sequence[tuple[Known, str, str]]) -> None:
    """WhatsApp calls these people (person, kind, value) by another name too: a refusal that came under it is theirs.

    A yes that the person gave after it stands; that refusal was taken back by it.
    """
    if not named:
        return
    log.hold()  # a refusal that is being recorded under the new name is seen here, or it sees the new name
    fresh = {book.suppression_index(kind, value): person for person, kind, value in book.learn_many(named)}
    refused = Suppression.objects.filter(index__in=list(fresh), until_decided=False).select_related("purpose")
    for one in refused:
        _refused_before(fresh[bytes(one.index)], one)


def _refused_before(person: Known, refusal: Suppression) -> None:
    named = book.suppression_indexes(person.id)
    suppressions.suppress([(kind, index, refusal.since) for kind, index in named], refusal.purpose)
    records.remember_refusals(person)
    for purpose in Purpose.objects.filter(id__in=records.granted_to(person)):
        records.lift_suppression(person.id, purpose)
    records.tell_lanes(person.id)


def move(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], *, at: datetime, received_at: datetime) -> int:
    """A person has a new number (law: C-18). The old names are refused, since they may be somebody else's soon.

    No consent goes along: the holder of a number acts from that number. A refusal does: what was refused under the old
    names is refused under the new ones, from the same moment. Returns how many refusals went along.
    """
    log.hold()
    indexes = [book.suppression_index(kind, value) for kind, value in old]
    carried = list(Suppression.objects.filter(index__in=indexes, until_decided=False).select_related("purpose"))
    for one in carried:
        fresh = [(kind, value) for kind, value in new if (kind, value) not in old]
        suppressions.suppress(
            [(kind, book.suppression_index(kind, value), one.since) for kind, value in fresh], one.purpose
        )
        for person in records.people_behind(fresh):
            records.remember_refusals(person)
            records.tell_lanes(person.id)
    method, payload = Evidence.Method.NEW_NUMBER, {"system": "the person has a new number"}
    records.withdraw(*old[0], also=old[1:], method=method, at=at, payload=payload, received_at=received_at)
    return len(carried)
