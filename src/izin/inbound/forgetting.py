"""Let go of an erased person in what came in: replies, and the raw bodies of webhooks."""

from base64 import b64encode
from collections.abc import Iterable
from uuid import UUID

from izin.contacts.book import Known
from izin.inbound.bodies import opened
from izin.inbound.models import Delivery, Reply
from izin.inbound.replies import identity_in_clear
from izin.lib.clock import now
from izin.lib.keyring import Unreadable

EMPTY = b""


def replies_as_stranger(identities: Iterable[tuple[str, str]]) -> list[Reply]:
    """What the holder of these identities wrote while not in the book, the oldest first."""
    names = set(identities)
    strangers = Reply.objects.filter(contact=None, identity_sealed__isnull=False).order_by("received_at")
    rows = strangers.iterator(chunk_size=2_000)
    return [one for one in rows if (one.identity_kind, identity_in_clear(one)) in names]


def forget_replies(person: Known | None, identities: Iterable[tuple[str, str]]) -> int:
    """Empty every reply of this person, also those from before they were in the book; how many."""
    before = [one.id for one in replies_as_stranger(identities)]
    emptied = {"contact": None, "identity_sealed": None, "text_sealed": None, "because": ""}
    emptied |= {"queue": Reply.Queue.DONE, "due_at": None, "decided_at": now()}
    theirs = Reply.objects.filter(contact_id=person.id).update(**emptied) if person else 0
    return theirs + Reply.objects.filter(id__in=before).update(**emptied)


def forget_bodies(identities: Iterable[tuple[str, str]]) -> int:
    """Empty every webhook body, once it was dealt with, in which the person stands; how many.

    A body may be about several people: all of it goes, since everything that mattered in it was acted on.
    """
    marks = [mark for _kind, value in identities for mark in _marks(value)]
    rows = Delivery.objects.exclude(state=Delivery.State.NEW).exclude(body_sealed=EMPTY)
    found = [
        delivery_id
        for delivery_id, sealed in rows.values_list("id", "body_sealed").iterator(chunk_size=2_000)
        if _is_named(delivery_id, bytes(sealed), marks)
    ]
    return Delivery.objects.filter(id__in=found).update(body_sealed=EMPTY)


def _is_named(delivery_id: UUID, sealed: bytes, marks: Iterable[bytes]) -> bool:
    """Whether the body names the person; one that does not open can be read by nobody."""
    try:
        body = opened(delivery_id, sealed)
    except Unreadable:
        return False
    return any(mark in body for mark in marks)


def _marks(value: str) -> list[bytes]:
    """The value itself, and how it stands in the base64 of a message id, wherever it begins in there."""
    plain = value.removeprefix("+").encode()
    encoded = []
    for shift in range(3):
        whole = (shift + len(plain)) // 3 * 4
        encoded.append(b64encode(bytes(shift) + plain)[4 if shift else 0 : whole])
    return [plain, *encoded]
