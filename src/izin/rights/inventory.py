"""Every table that holds something of a person, what an erasure does with it, and why something stays. Pure.

The grounds are those of GDPR Art. 17(3); the PDPA knows no right to erasure and asks that nothing is kept longer than
needed (s.10). A table with a person in it that is missing here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a person's rows: gone, emptied of everything personal, or kept."""

    GONE = "gone"
    EMPTIED = "emptied"
    KEPT = "kept"


class Ground(StrEnum):
    """Why something stays (Art. 17(3)), as ``rights.words`` puts it into sentences."""

    NONE = ""
    REFUSAL = "refusal"  # 17(3)(b), 21(3); PDPA s.43: who refused must be known, to be left alone
    PROOF = "proof"  # 17(3)(b) and (e), 5(2), 7(1): that there was an act, not what was said
    SUMS = "sums"  # nothing personal is left; the campaign's figures stay true
    REPEATS = "repeats"  # a keyed hash of a message id: what comes twice is acted on once


@dataclass(frozen=True, slots=True)
class Holding:
    """One table: its fate, and for what stays the ground."""

    table: str
    fate: Fate
    ground: Ground = Ground.NONE


INVENTORY = (
    Holding("contacts_contact", Fate.GONE),
    Holding("contacts_identity", Fate.GONE),
    Holding("contacts_subjectkey", Fate.GONE),
    Holding("consent_standing", Fate.GONE),
    Holding("consent_signedform", Fate.GONE),
    Holding("campaigns_tester", Fate.GONE),
    Holding("consent_evidence", Fate.EMPTIED, Ground.PROOF),
    Holding("dispatch_message", Fate.EMPTIED, Ground.SUMS),
    Holding("dispatch_reached", Fate.EMPTIED, Ground.SUMS),
    Holding("inbound_reply", Fate.EMPTIED, Ground.SUMS),
    Holding("inbound_delivery", Fate.EMPTIED, Ground.SUMS),
    Holding("rights_subjectrequest", Fate.EMPTIED, Ground.PROOF),
    Holding("rights_proofcode", Fate.EMPTIED, Ground.SUMS),
    Holding("consent_suppression", Fate.KEPT, Ground.REFUSAL),
    Holding("ledger_entry", Fate.KEPT, Ground.PROOF),
    Holding("accountability_disclosedperson", Fate.KEPT, Ground.PROOF),
    Holding("rights_recipientnotice", Fate.KEPT, Ground.PROOF),
    Holding("inbound_heard", Fate.KEPT, Ground.REPEATS),
)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the person's rows of one table."""

    table: str
    fate: Fate
    ground: Ground
    rows: int | None  # None where rows cannot be told to be this person's, which is the point of them


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes and what stays, before it is done."""

    goes: tuple[Step, ...]
    stays: tuple[Step, ...]


def plan(rows: Mapping[str, int]) -> Plan:
    """The plan for a person with so many rows in each table. A table that is not in the inventory is a mistake.

    Raises ValueError.
    """
    if unknown := rows.keys() - {holding.table for holding in INVENTORY}:
        raise ValueError(f"not in the inventory: {', '.join(sorted(unknown))}")
    steps = [Step(one.table, one.fate, one.ground, rows.get(one.table)) for one in INVENTORY]
    return Plan(
        goes=tuple(step for step in steps if step.fate is not Fate.KEPT),
        stays=tuple(step for step in steps if step.ground is not Ground.NONE),
    )
