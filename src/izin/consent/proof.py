"""Tie an act to the ledger without revealing it: the public part, its commitment, and the sealed payload."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from izin.consent.models import Evidence
from izin.ledger import chain
from izin.ledger.log import timestamp
from izin.lib.ids import uuid7
from izin.lib.keyring import Sealer, associated, seal, unseal
from izin.organisations.scope import current

if TYPE_CHECKING:
    from izin.consent.records import NewFact

SALT_BYTES = 32
SELDOM = ("until", "grade")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What proves an act, sealed for the row that will hold it, and committed to."""

    evidence_id: UUID
    commitment: str
    payload_sealed: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """One fact made provable: ``leaf`` is what its ledger entry covers."""

    public: dict[str, Any]
    sealed: Sealed

    @property
    def leaf(self) -> bytes:
        return chain.canonical(self.public)


def seal_payload(organisation_id: UUID, key: bytes | Sealer, payload: Mapping[str, Any]) -> Sealed:
    """Salt, commit and seal under the person's key. The salt lies with the payload, so erasing it cuts the ledger's
    last tie."""
    salt, said, evidence_id = secrets.token_bytes(SALT_BYTES), chain.canonical(dict(payload)), uuid7()
    place = associated(organisation_id, "consent_evidence", "payload_sealed", evidence_id)
    return Sealed(evidence_id, chain.commitment_to(salt, said), seal(key, salt + said, place))


def prove(fact: "NewFact", position: int) -> Proof:
    """The fact with its evidence sealed, at its position among the rows of its entry."""
    sealed = fact.sealed or seal_payload(current(), fact.person.key, fact.payload)
    return Proof(
        public_part(
            act=str(fact.act),
            method=fact.method,
            at=timestamp(fact.at),
            subject=str(fact.person.subject_ref),
            purpose=fact.purpose.key if fact.purpose else None,
            notice=fact.notice_version.digest if fact.notice_version else None,
            language=fact.language,
            position=position,
            commitment=sealed.commitment,
            until=timestamp(fact.until) if fact.until else None,
            grade=None if fact.grade is None else int(fact.grade),
        ),
        sealed,
    )


def public_part(**fields: Any) -> dict[str, Any]:
    """What the ledger says of a fact; the same for the writer and for the verifier.

    Only a pause has an end, and only imported evidence a grade.
    """
    return {"v": 1, **{name: value for name, value in fields.items() if name not in SELDOM or value is not None}}


def public_part_of(evidence: Evidence) -> dict[str, Any]:
    """The public part, rebuilt from the stored row."""
    return public_part(
        act=evidence.act,
        method=evidence.method,
        at=timestamp(evidence.at),
        subject=str(evidence.subject_ref),
        purpose=evidence.purpose.key if evidence.purpose else None,
        notice=evidence.notice_version.digest if evidence.notice_version else None,
        language=evidence.language,
        position=evidence.position,
        commitment=evidence.commitment,
        until=timestamp(evidence.until) if evidence.until else None,
        grade=evidence.grade,
    )


def rows_body(leaves: Sequence[bytes]) -> dict[str, Any]:
    """What an entry says of several rows at once: how many, and the Merkle root over their leaves."""
    return {"rows": len(leaves), "root": chain.root([chain.leaf_hash(leaf) for leaf in leaves]).hex()}


def open_payload(evidence: Evidence, key: bytes) -> Mapping[str, Any]:
    """The evidence in clear. Raises Unreadable, also when the payload does not fit its commitment."""
    return open_evidence(evidence, key)[1]


def open_evidence(evidence: Evidence, key: bytes) -> tuple[bytes, Mapping[str, Any]]:
    """The salt and the evidence in clear, with which anybody can check the commitment. Raises as ``open_payload``."""
    place = associated(current(), "consent_evidence", "payload_sealed", evidence.id)
    plain = unseal(key, bytes(evidence.payload_sealed), place)
    salt, payload = plain[:SALT_BYTES], msgspec.json.decode(plain[SALT_BYTES:])
    if chain.commitment(salt, payload) != evidence.commitment:
        raise ValueError("The evidence does not fit its commitment.")
    return salt, payload
