"""The address book: find or add people, and open what is sealed about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from izin.contacts.models import Contact, Identity, SubjectKey
from izin.lib.clock import now
from izin.lib.keyring import OrganisationKeys, associated, blind_index, new_key, seal, unseal, unwrap, wrap
from izin.lib.phone import PhoneNumber
from izin.organisations.keys import keys
from izin.organisations.scope import current


@dataclass(frozen=True, slots=True)
class Known:
    """A person in the book: the row's id, the ledger's reference, and the own key (never shown)."""

    id: UUID
    subject_ref: UUID
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of somebody who may have to be added."""

    number: PhoneNumber
    name: str = field(default="", repr=False)
    language: str = "ms"


def find(kind: str, value: str) -> Known | None:
    """The person behind a number, WhatsApp id or business-scoped user id."""
    return find_many(kind, [value]).get(value)


def find_many(kind: str, values: Iterable[str]) -> dict[str, Known]:
    """The known ones among these identities, by identity."""
    indexes = {blind_index(keys().index, kind, value): value for value in values}
    rows = Identity.objects.filter(kind=kind, index__in=list(indexes)).values_list("index", "contact_id")
    found = {indexes[bytes(index)]: contact_id for index, contact_id in rows}
    people = {person.id: person for person in open_many(set(found.values()))}
    return {value: people[contact_id] for value, contact_id in found.items() if contact_id in people}


def open_many(contact_ids: Iterable[UUID]) -> list[Known]:
    """These people with their keys. Somebody whose key was destroyed is not among them."""
    wrapped = dict(SubjectKey.objects.filter(contact_id__in=list(contact_ids)).values_list("contact_id", "wrapped"))
    references = Contact.objects.filter(id__in=list(wrapped)).values_list("id", "subject_ref")
    return [
        Known(contact_id, subject_ref, open_key(keys(), contact_id, bytes(wrapped[contact_id])))
        for contact_id, subject_ref in references
    ]


def find_or_add(newcomer: Newcomer) -> Known:
    """The person with this number, added when new. A known person's name is not overwritten."""
    return find_or_add_many([newcomer])[newcomer.number.e164]


def find_or_add_many(newcomers: Iterable[Newcomer]) -> dict[str, Known]:
    """Everybody in the list by E.164 number, adding those who are new, in a few statements whatever the length."""
    by_number = {newcomer.number.e164: newcomer for newcomer in newcomers}
    known = find_many(Identity.Kind.PHONE, by_number)
    contacts, subject_keys, identities = [], [], []
    for e164, newcomer in by_number.items():
        if e164 in known:
            continue
        key = new_key()
        contact = Contact(language=newcomer.language, country=newcomer.number.country or "", created_at=now())
        if newcomer.name:
            contact.name_sealed = seal(key, newcomer.name, _place("contacts_contact", "name_sealed", contact.id))
        contacts.append(contact)
        subject_keys.append(SubjectKey(contact=contact, wrapped=_wrapped(contact.id, key)))
        identities.append(_identity(contact.id, key, Identity.Kind.PHONE, e164))
        known[e164] = Known(contact.id, contact.subject_ref, key)
    Contact.objects.bulk_create(contacts)
    SubjectKey.objects.bulk_create(subject_keys)
    Identity.objects.bulk_create(identities)
    return known


def learn(person: Known, kind: str, value: str) -> None:
    """Remember another name that WhatsApp uses for a person, so that a later opt-out under it is understood."""
    index = blind_index(keys().index, kind, value)
    if not Identity.objects.filter(kind=kind, index=index).exists():
        Identity.objects.bulk_create([_identity(person.id, person.key, kind, value)], ignore_conflicts=True)


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
    of_them = Identity.objects.filter(contact_id__in=list(contact_ids), suppression_index__in=indexes)
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
    return unwrap(organisation_keys.wrapping, wrapped, place)


def open_identity(organisation_id: UUID, identity_id: UUID, key: bytes, sealed: bytes) -> str:
    """An identity in clear, e.g. the E.164 number. Raises Unreadable."""
    return unseal(key, sealed, associated(organisation_id, "contacts_identity", "sealed", identity_id)).decode()


def open_name(organisation_id: UUID, contact_id: UUID, key: bytes, sealed: bytes | None) -> str:
    """A name in clear; empty when none is known. Raises Unreadable."""
    if sealed is None:
        return ""
    return unseal(
        key, bytes(sealed), associated(organisation_id, "contacts_contact", "name_sealed", contact_id)
    ).decode()


def _identity(contact_id: UUID, key: bytes, kind: str, value: str) -> Identity:
    identity = Identity(
        contact_id=contact_id,
        kind=kind,
        index=blind_index(keys().index, kind, value),
        suppression_index=suppression_index(kind, value),
    )
    identity.sealed = seal(key, value, _place("contacts_identity", "sealed", identity.id))
    return identity


def _wrapped(contact_id: UUID, key: bytes) -> bytes:
    return wrap(keys().wrapping, key, _place("contacts_subjectkey", "wrapped", contact_id))


def _place(table: str, column: str, row_id: UUID) -> bytes:
    return associated(current(), table, column, row_id)
