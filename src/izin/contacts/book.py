"""The address book: find or add people, and open what is sealed about them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from izin.contacts import newcomers
from izin.contacts.models import Contact, Identity, SubjectKey
from izin.contacts.newcomers import CONTACT, IDENTITY, SUBJECT_KEY, Draft, Known, Newcomer
from izin.lib.clock import now
from izin.lib.keyring import OrganisationKeys, Sealer, associated, blind_index, new_key, seal, unseal, unwrap
from izin.lib.phone import PhoneNumber
from izin.organisations import bulk
from izin.organisations.keys import keys
from izin.organisations.scope import current

__all__ = ["Known", "Newcomer"]


def find(kind: str, value: str) -> Known | None:
    """The person behind a number, WhatsApp id or business-scoped user id."""
    return find_many(kind, [value]).get(value)


def find_many(kind: str, values: Iterable[str]) -> dict[str, Known]:
    """The known ones among these identities, by identity."""
    indexes = {blind_index(keys().index, kind, value): value for value in values}
    return {indexes[index]: person for index, person in find_indexed(kind, indexes).items()}


def find_indexed(kind: str, indexes: Iterable[bytes]) -> dict[bytes, Known]:
    """The same by the keyed hashes under which the identities are found."""
    found = dict(bulk.under(Identity, kind, list(indexes), "contact_id"))
    people = {person.id: person for person in open_many(set(found.values()))} if found else {}
    return {index: people[contact_id] for index, contact_id in found.items() if contact_id in people}


def open_many(contact_ids: Iterable[UUID]) -> list[Known]:
    """These people with their keys. Somebody whose key was destroyed is not among them."""
    keyed = SubjectKey.objects.filter(contact_id__among=list(contact_ids))
    wrapped = dict(keyed.values_list("contact_id", "wrapped"))
    references = Contact.objects.filter(id__among=list(wrapped)).values_list("id", "subject_ref")
    return [
        Known(contact_id, subject_ref, open_key(keys(), contact_id, bytes(wrapped[contact_id])))
        for contact_id, subject_ref in references
    ]


def find_or_add(newcomer: Newcomer) -> Known:
    """The person with this number, added when new. A known person's name is not overwritten."""
    return find_or_add_many([newcomer])[newcomer.number.e164]


def find_or_add_many(listed: Iterable[Newcomer]) -> dict[str, Known]:
    """Everybody in the list by E.164 number, adding those who are new, in a few statements whatever the length."""
    by_number = {newcomer.number.e164: newcomer for newcomer in listed}
    known = find_many(Identity.Kind.PHONE, by_number)
    drafts = [newcomers.draft(keys(), newcomer) for e164, newcomer in by_number.items() if e164 not in known]
    add(drafts)
    return known | {draft.e164: draft.person for draft in drafts}


def add(drafts: Sequence[Draft]) -> None:
    """Put these people into the book, of whom it was looked up that they are new; the log is held since then."""
    moment = now()
    bulk.insert(Contact, (*CONTACT, "created_at"), [(*draft.contact, moment) for draft in drafts])
    bulk.insert(SubjectKey, SUBJECT_KEY, [draft.subject_key for draft in drafts])
    bulk.insert(Identity, IDENTITY, [draft.identity for draft in drafts])


def find_or_add_user(user_id: str, name: str = "", language: str = "ms") -> Known:
    """The person behind a business-scoped user id, who shows no number; added when new."""
    known = find(Identity.Kind.BSUID, user_id)
    if known is not None:
        return known
    key = new_key()
    contact = Contact(language=language, country=user_id[:2], created_at=now())
    if name:
        contact.name_sealed = seal(key, name, _place("contacts_contact", "name_sealed", contact.id))
    contact.save(force_insert=True)
    SubjectKey.objects.create(contact=contact, wrapped=newcomers.wrap_key(keys(), contact.id, key))
    person = Known(contact.id, contact.subject_ref, key)
    bulk.insert(Identity, IDENTITY, [newcomers.identity(keys(), person.id, key, Identity.Kind.BSUID, user_id)])
    return person


def unknown_among(kind: str, values: Iterable[str]) -> set[str]:
    """Those of these identities that nobody in the book has."""
    by_index = {blind_index(keys().index, kind, value): value for value in values}
    known = Identity.objects.filter(kind=kind, index__in=list(by_index)).values_list("index", flat=True)
    return set(by_index.values()) - {by_index[bytes(index)] for index in known}


def has_number(person: Known) -> bool:
    """Whether we know a number of this person, and not the business-scoped user id alone."""
    return Identity.objects.filter(contact_id=person.id, kind=Identity.Kind.PHONE).exists()


def learn_many(named: Sequence[tuple[Known, str, str]]) -> list[tuple[Known, str, str]]:
    """Remember further names (person, kind, value) that WhatsApp uses for people; those that were new to the book."""
    if not named:
        return []
    by_index = {(kind, blind_index(keys().index, kind, value)): (person, kind, value) for person, kind, value in named}
    held = Identity.objects.filter(index__in=[index for _, index in by_index]).values_list("kind", "index")
    known = {(kind, bytes(index)) for kind, index in held}
    fresh = [one for place, one in by_index.items() if place not in known]
    rows = (newcomers.identity(keys(), person.id, person.key, kind, value) for person, kind, value in fresh)
    created = [Identity(**dict(zip(IDENTITY, row, strict=True))) for row in rows]
    Identity.objects.bulk_create(created, ignore_conflicts=True)
    return fresh


def learn(person: Known, kind: str, value: str) -> bool:
    """The same for one name; whether it was new."""
    return bool(learn_many([(person, kind, value)]))


def set_language(person: Known, language: str) -> None:
    """The language in which this person wants to be written to."""
    Contact.objects.filter(id=person.id).update(language=language)


def known_by(subject_ref: UUID) -> Known | None:
    """The person whom the ledger calls so."""
    return next(iter(open_many(Contact.objects.filter(subject_ref=subject_ref).values_list("id", flat=True))), None)


def rename(person: Known, name: str) -> None:
    """Correct the person's name (GDPR Art. 16; PDPA s.34); an empty one is taken away."""
    sealed = seal(person.key, name, _place("contacts_contact", "name_sealed", person.id)) if name else None
    Contact.objects.filter(id=person.id).update(name_sealed=sealed)


def identities_of(person: Known) -> list[tuple[str, str]]:
    """Every name that WhatsApp knows the person by, in clear: (kind, value)."""
    rows = Identity.objects.filter(contact_id=person.id).order_by("kind")
    return [(row.kind, open_identity(current(), row.id, person.key, bytes(row.sealed))) for row in rows]


def hold(person: Known) -> bool:
    """Keep others from tying anything new to this person until the transaction ends; False when they are gone."""
    return Contact.objects.select_for_update().filter(id=person.id).first() is not None


def forget(person: Known) -> dict[str, int]:
    """Destroy the person's key and take every row of the book about them away; how many of each table.

    The last step of an erasure: other tables must have let go of the contact before.
    """
    return {
        "contacts_subjectkey": SubjectKey.objects.filter(contact_id=person.id).delete()[0],
        "contacts_identity": Identity.objects.filter(contact_id=person.id).delete()[0],
        "contacts_contact": Contact.objects.filter(id=person.id).delete()[0],
    }


def suppression_index(kind: str, value: str) -> bytes:
    """The keyed hash under which a refusal by this identity is kept, also after the contact is gone."""
    return blind_index(keys().suppression, kind, value)


def suppression_indexes(contact_id: UUID) -> list[tuple[str, bytes]]:
    """The keyed hashes of every identity that the person has, as (kind, index)."""
    rows = Identity.objects.filter(contact_id=contact_id).values_list("kind", "suppression_index")
    return [(kind, bytes(index)) for kind, index in rows]


def suppressed(contact_ids: Iterable[UUID], indexes: "QuerySet[Any, Any]") -> list[UUID]:
    """Those of these people one of whose identities is among the keyed hashes of ``indexes``, in one statement."""
    of_them = Identity.objects.filter(contact_id__among=list(contact_ids), suppression_index__in=indexes)
    return sorted(set(of_them.values_list("contact_id", flat=True)))


def names(contacts: Iterable[Contact]) -> dict[UUID, str]:
    """The contacts' names in clear, for staff whose role may see them."""
    listed = list(contacts)
    key_of = {person.id: person.key for person in open_many([contact.id for contact in listed])}
    return {
        contact.id: open_name(current(), contact.id, key_of[contact.id], contact.name_sealed)
        for contact in listed
        if contact.id in key_of
    }


def numbers(contacts: Iterable[Contact]) -> dict[UUID, PhoneNumber]:
    """The contacts' numbers. A PhoneNumber masks itself wherever it is shown."""
    listed = {contact.id for contact in contacts}
    key_of = {person.id: person.key for person in open_many(listed)}
    rows = Identity.objects.filter(contact_id__in=listed, kind=Identity.Kind.PHONE)
    return {
        row.contact_id: PhoneNumber(open_identity(current(), row.id, key_of[row.contact_id], bytes(row.sealed)))
        for row in rows
        if row.contact_id in key_of
    }


def open_key(organisation_keys: OrganisationKeys, contact_id: UUID, wrapped: bytes) -> bytes:
    """A person's own key. Raises Unreadable."""
    place = associated(organisation_keys.organisation_id, "contacts_subjectkey", "wrapped", contact_id)
    return unwrap(organisation_keys.wrapper, wrapped, place)


def open_identity(organisation_id: UUID, identity_id: UUID, key: bytes | Sealer, sealed: bytes) -> str:
    """An identity in clear, e.g. the E.164 number. Raises Unreadable."""
    return unseal(key, sealed, associated(organisation_id, "contacts_identity", "sealed", identity_id)).decode()


def open_name(organisation_id: UUID, contact_id: UUID, key: bytes | Sealer, sealed: bytes | None) -> str:
    """A name in clear; empty when none is known. Raises Unreadable."""
    if sealed is None:
        return ""
    return unseal(
        key, bytes(sealed), associated(organisation_id, "contacts_contact", "name_sealed", contact_id)
    ).decode()


def _place(table: str, column: str, row_id: UUID) -> bytes:
    return associated(current(), table, column, row_id)
