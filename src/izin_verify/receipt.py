"""A receipt: one JSON-LD file that a person holds about the own act of consent."""

import hashlib
from typing import Any

from izin_verify import acts as acts_of
from izin_verify import note, strict_json
from izin_verify.acts import Act
from izin_verify.note import Key
from izin_verify.refusal import Refused
from izin_verify.report import Report

SEAL, PROOF = "izin:seal", "izin:proof"
SEALED = "izin receipt v1"
PROOF_NAMES = {"checkpoint", "entry", "acts", "notices"}


def verify(raw: bytes, key: Key) -> Report:
    """What this receipt proves. Raises Refused."""
    receipt = strict_json.loads(raw, "receipt")
    if not isinstance(receipt, dict) or receipt.get("@type") != "dpv:ConsentReceipt":
        raise Refused("not_a_bundle")
    _check_seal(receipt, key)
    proof = receipt.get(PROOF)
    if not isinstance(proof, dict) or set(proof) != PROOF_NAMES or not isinstance(proof["checkpoint"], str):
        raise Refused("receipt_without_proof")
    signed = note.checkpoint(proof["checkpoint"], key, "checkpoint")
    if not isinstance(proof["acts"], list) or not isinstance(proof["notices"], dict):
        raise Refused("receipt_without_proof")
    logged = acts_of.entries([proof["entry"]], signed)
    found = acts_of.acts(proof["acts"], logged)
    if not found:
        raise Refused("receipt_without_proof")
    _check_texts(found, proof["notices"])
    _check_record(receipt, found)
    report = Report()
    report.shows("log", organisation=signed.origin.removeprefix("izin/"), size=signed.size, entries=1)
    report.shows("receipt", acts=len(found))
    report.timeline = [
        {name: act.public[name] for name in ("at", "act", "method", "purpose", "notice", "language")}
        | {"entry": act.entry, "opened": act.payload is not None}
        for act in found
    ]
    for code in ("later", "holder", "truth", "time", "witness"):
        report.leaves_open(code)
    return report


def _check_seal(receipt: dict[str, Any], key: Key) -> None:
    """The house's signature over everything in the receipt but itself."""
    seal = receipt.get(SEAL)
    if not isinstance(seal, str):
        raise Refused("receipt_unsealed")
    content = {name: value for name, value in receipt.items() if name != SEAL}
    digest = hashlib.sha256(strict_json.canonical(content, "receipt")).hexdigest()
    if note.signed_text(seal, key, "seal") != f"{SEALED}\n{digest}\n":
        raise Refused("receipt_changed")


def _check_texts(found: list[Act], notices: dict[str, Any]) -> None:
    for act in found:
        digest = act.public["notice"]
        if digest is None:
            continue
        if digest not in notices:
            raise Refused("text_missing", f"entry {act.entry}")
        if hashlib.sha256(b"\x00" + strict_json.canonical(notices[digest], "notices")).hexdigest() != digest:
            raise Refused("text_changed", str(digest))
        shown = notices[digest].get(act.public["language"])
        if act.payload is not None and "shown" in act.payload and act.payload["shown"] != shown:
            raise Refused("text_not_shown", f"entry {act.entry}")


def _check_record(receipt: dict[str, Any], found: list[Act]) -> None:
    """What the receipt says to a reader is what the proven acts say."""
    records = receipt.get("dpv:hasRecordOfActivity")
    if not isinstance(records, list) or len(records) != len(found):
        raise Refused("receipt_differs")
    for record, act in zip(records, found, strict=True):
        try:
            said = (
                record["izin:purpose"],
                record["dpv:hasConsentStatus"][0]["dpv:isIndicatedAtTime"]["@value"],
                record["dpv:hasNotice"][0]["spdx:checksum"]["spdx:checksumValue"] if act.public["notice"] else None,
            )
        except (KeyError, IndexError, TypeError):
            raise Refused("receipt_differs") from None
        if said != (act.public["purpose"], act.public["at"], act.public["notice"]):
            raise Refused("receipt_differs")
