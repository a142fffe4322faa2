"""Somebody's rows in the book, drawn up before it is known whether the person is there already. Asks no database.

Sealing takes most of the time that adding a person costs. So it is done before the log is held, also for those of whom
it turns out under the lock that they are in the book; their draft, with its key, is then thrown away.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from izin.lib.ids import uuid7
from izin.lib.keyring import OrganisationKeys, Sealer, associated, blind_index, new_key, seal, wrap
from izin.lib.phone import PhoneNumber

CONTACT = ("id", "subject_ref", "name_sealed", "language", "country")
SUBJECT_KEY = ("id", "contact_id", "wrapped")
IDENTITY = ("id", "contact_id", "kind", "index", "suppression_index", "sealed")


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


@dataclass(frozen=True, slots=True)
class Draft:
    """A person who is not in the book yet: the values of ``CONTACT``, ``SUBJECT_KEY`` and ``IDENTITY``."""

    person: Known
    sealer: Sealer = field(repr=False)
    e164: str = field(repr=False)
    contact: tuple[Any, ...] = field(repr=False)
    subject_key: tuple[Any, ...] = field(repr=False)
    identity: tuple[Any, ...] = field(repr=False)

    @property
    def index(self) -> bytes:
        """The keyed hash by which the number is found in the book."""
        index: bytes = self.identity[3]
        return index

    @property
    def suppression_index(self) -> bytes:
        """The keyed hash by which a refusal of the number is found."""
        index: bytes = self.identity[4]
        return index


def draft(keys: OrganisationKeys, newcomer: Newcomer) -> Draft:
    """Everything about somebody new, sealed under a new key of their own."""
    person, e164, name = Known(uuid7(), uuid4(), new_key()), newcomer.number.e164, None
    sealer = Sealer(person.key)
    if newcomer.name:
        place = associated(keys.organisation_id, "contacts_contact", "name_sealed", person.id)
        name = seal(sealer, newcomer.name, place)
    return Draft(
        person=person,
        sealer=sealer,
        e164=e164,
        contact=(person.id, person.subject_ref, name, newcomer.language, newcomer.number.country),
        subject_key=(uuid7(), person.id, wrap_key(keys, person.id, person.key)),
        identity=identity(keys, person.id, sealer, "phone", e164),
    )


def identity(keys: OrganisationKeys, contact_id: UUID, key: bytes | Sealer, kind: str, value: str) -> tuple[Any, ...]:
    """The values of ``IDENTITY`` for one name of a person."""
    identity_id = uuid7()
    indexes = (blind_index(keys.index, kind, value), blind_index(keys.suppression, kind, value))
    place = associated(keys.organisation_id, "contacts_identity", "sealed", identity_id)
    return identity_id, contact_id, str(kind), *indexes, seal(key, value, place)


def wrap_key(keys: OrganisationKeys, contact_id: UUID, key: bytes) -> bytes:
    """A person's own key as its row keeps it."""
    return wrap(keys.wrapper, key, associated(keys.organisation_id, "contacts_subjectkey", "wrapped", contact_id))
