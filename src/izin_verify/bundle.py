"""An evidence bundle: one zip file about one person or one campaign."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.x509 import Certificate

from izin_verify import acts as acts_of
from izin_verify import archive, merkle, note, stamps, strict_json
from izin_verify.acts import Act, Leaf
from izin_verify.note import Checkpoint, Key
from izin_verify.refusal import Refused
from izin_verify.report import Report
from izin_verify.standing import Rule, decide

AFTER_THE_MANIFEST = {"bundle.json", "checkpoint.txt", "checkpoints.jsonl", "entries.jsonl"}
NEEDED = {"acts.jsonl", "README.txt", "key.txt", "timeline.en.html", "timeline.ms.html"} | AFTER_THE_MANIFEST
FORMAT = "izin evidence bundle"
SENT = ("accepted", "uncertain", "unresolved")
RECIPIENT = {"subject", "state", "reason", "armed_at"}
MOST_SHOWN = 200


def verify(raw: bytes, key: Key, kept: str | None = None, roots: Sequence[Certificate] = ()) -> Report:
    """What this bundle proves. ``kept`` is a signed note of the same log from another source, ``roots`` are whom the
    reader trusts to tell the time. Raises Refused, and CannotJudge where there is a time stamp and no way to judge it.
    """
    files = archive.read(raw)
    if missing := sorted(NEEDED - set(files)):
        raise Refused("file_missing", missing[0])
    report = Report()
    signed = note.checkpoint(_text(files, "checkpoint.txt"), key, "checkpoint.txt")
    manifest = _manifest(files)
    about = manifest["about"]
    logged = acts_of.entries(_lines(files, "entries.jsonl"), signed, whole=about.get("whole_log") is True)
    _check_manifest(files, manifest, logged, signed)
    report.shows("log", organisation=signed.origin.removeprefix("izin/"), size=signed.size, entries=len(logged))
    notes = _check_earlier(files, signed, key, kept, report)
    stamps.check(files, notes, list(roots), report)
    found = acts_of.acts(_lines(files, "acts.jsonl"), logged)
    texts = {
        name.removeprefix("notices/").removesuffix(".json"): content
        for name, content in files.items()
        if name.startswith("notices/")
    }
    acts_of.check_texts(texts, found, logged)
    if scans := acts_of.check_scans(files, found):
        report.shows("scans", scans=scans)
    opened = sum(act.payload is not None for act in found)
    report.shows("acts", acts=len(found), opened=opened, texts=len(texts))
    if opened < len(found):
        report.leaves_open("closed", acts=len(found) - opened)
    if about["kind"] == "person":
        _person(manifest, found, logged, report)
    else:
        _campaign(files, manifest, found, logged, report)
    for code in ("truth", "time", "timeline"):
        report.leaves_open(code)
    return report


def _person(manifest: Mapping[str, Any], found: Sequence[Act], logged: Mapping[int, Leaf], report: Report) -> None:
    subject = manifest["about"].get("subject")
    for act in found:
        if act.public["subject"] != subject:
            raise Refused("act_of_other_person", f"entry {act.entry}")
    told = {act.entry for act in found}
    others = [leaf for seq, leaf in logged.items() if leaf["subject"] == subject and seq not in told]
    found = [*found, *(act for leaf in others for act in acts_of.in_entry(leaf))]
    moment = acts_of.read_time(manifest["made_at"], "bundle.json")
    claimed = manifest.get("standings")  # null: the contact was erased, and the house claims nothing any more
    if not isinstance(claimed, dict | None):
        raise Refused("manifest_malformed")
    for purpose, rule in _rules(logged).items():
        stands = decide(found, purpose, rule, moment)
        if claimed is not None and claimed.get(purpose, "unknown") != stands:
            raise Refused("standing_differs", purpose)
        report.shows(f"stands_{stands}", purpose=purpose)
    if unknown := sorted(set(claimed or {}) - set(_rules(logged))):
        raise Refused("purpose_unknown", unknown[0])
    report.timeline = [_line(act) for act in sorted(found, key=lambda act: act.at)[:MOST_SHOWN]]
    report.leaves_open("holder")
    if manifest["about"].get("whole_log") is True:
        report.shows("nothing_left_out")
        report.leaves_open("imports_left_out")
    else:
        report.leaves_open("left_out")


def _campaign(
    files: Mapping[str, bytes],
    manifest: Mapping[str, Any],
    found: Sequence[Act],
    logged: Mapping[int, Leaf],
    report: Report,
) -> None:
    campaign = manifest["about"].get("campaign")
    steps = {
        leaf["kind"]: leaf
        for leaf in logged.values()
        if leaf["kind"].startswith("campaign.") and leaf["body"].get("campaign") == campaign
    }
    if "recipients.jsonl" not in files or "campaign.json" not in files:
        raise Refused("file_missing", "recipients.jsonl, campaign.json")
    _check_content(files["campaign.json"], steps, report)
    purpose = manifest["about"].get("purpose")
    if "campaign.started" in steps and steps["campaign.started"]["body"].get("purpose", purpose) != purpose:
        raise Refused("purpose_differs")
    if purpose not in _rules(logged):
        raise Refused("purpose_unknown", str(purpose))
    of_purposes = {seq: leaf for seq, leaf in logged.items() if leaf["kind"].startswith("purpose.")}
    acts: dict[str, list[Act]] = {}
    for act in found:
        acts.setdefault(act.public["subject"], []).append(act)
    sent, people = 0, set()
    states: dict[str, int] = {}
    for number, one in enumerate(_lines(files, "recipients.jsonl")):
        where = f"recipients.jsonl, line {number + 1}"
        if not isinstance(one, dict) or set(one) != RECIPIENT or one["subject"] in people:
            raise Refused("line_malformed", where)
        people.add(one["subject"])
        states[one["state"]] = states.get(one["state"], 0) + 1
        if one["state"] in SENT:
            sent += 1
            armed = acts_of.read_time(one["armed_at"], where)
            before = [act for act in acts.get(one["subject"], []) if act.logged_at <= armed]
            rule = _rules(of_purposes, until=armed)[str(purpose)]
            if decide(before, str(purpose), rule, armed) != "granted":
                raise Refused("sent_without_consent", where)
    report.shows("sent_with_consent", sent=sent, people=len(people), purpose=purpose)
    _check_sums(steps, states, len(people), report)
    report.leaves_open("recipients")


def _check_content(raw: bytes, steps: Mapping[str, Leaf], report: Report) -> None:
    """What the recipients saw is what was approved, and what was started is what was approved."""
    strict_json.loads(raw, "campaign.json")
    digest = hashlib.sha256(raw).hexdigest()
    digests = {step["body"].get("digest") for kind, step in steps.items() if kind != "campaign.completed"} - {None}
    if digests - {digest}:
        raise Refused("campaign_changed")
    if "campaign.approved" in steps:
        report.shows("approved")
    else:
        report.leaves_open("not_approved")


def _check_sums(steps: Mapping[str, Leaf], states: Mapping[str, int], people: int, report: Report) -> None:
    sealed = steps.get("campaign.completed", {}).get("body", {}).get("report")
    if not isinstance(sealed, dict):
        report.leaves_open("not_completed")
    elif sealed.get("planned") == people and sealed.get("accepted") == states.get("accepted", 0):
        report.shows("sums", planned=people, accepted=states.get("accepted", 0))
    else:
        report.leaves_open(
            "sums_differ",
            planned=sealed.get("planned"),
            accepted=sealed.get("accepted"),
            listed=people,
            listed_accepted=states.get("accepted", 0),
        )


def _check_earlier(
    files: Mapping[str, bytes], signed: Checkpoint, key: Key, kept: str | None, report: Report
) -> dict[int, str]:
    """Every earlier checkpoint in the bundle is a beginning of this log; so is the one kept elsewhere. Their notes."""
    known, notes = {signed.size: signed.root}, {}
    for line in _lines(files, "checkpoints.jsonl"):
        where = f"checkpoints.jsonl, line {len(known)}"
        if not isinstance(line, dict) or set(line) != {"note", "path"} or not isinstance(line["note"], str):
            raise Refused("line_malformed", where)
        earlier = note.checkpoint(line["note"], key, where)
        if earlier.size in known or earlier.size > signed.size:
            raise Refused("checkpoint_order", where)
        path = acts_of.hashes_in(line["path"], where)
        roots = merkle.roots_by_consistency(earlier.size, signed.size, earlier.root, path, where)
        if roots != (earlier.root, signed.root):
            raise Refused("fork", f"{earlier.size} / {signed.size}")
        known[earlier.size], notes[earlier.size] = earlier.root, line["note"]
    report.shows("consistent", checkpoints=len(notes))
    if kept is None:
        report.leaves_open("witness")
        return notes
    outside = note.checkpoint(kept, key, "--checkpoint")
    if outside.size not in known:
        raise Refused("kept_not_covered", str(outside.size))
    if known[outside.size] != outside.root:
        raise Refused("fork", str(outside.size))
    report.shows("kept", size=outside.size)
    return notes


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    manifest = strict_json.read(files["bundle.json"], "bundle.json")
    if not isinstance(manifest, dict) or (manifest.get("format"), manifest.get("v")) != (FORMAT, 1):
        raise Refused("manifest_malformed")
    about = manifest.get("about")
    if not isinstance(about, dict) or about.get("kind") not in ("person", "campaign"):
        raise Refused("manifest_malformed")
    return manifest


def _check_manifest(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], logged: Mapping[int, Leaf], signed: Checkpoint
) -> None:
    """Every file is the one that the manifest names, and the manifest is the one that the ledger recorded."""
    named = manifest.get("files")
    if not isinstance(named, dict):
        raise Refused("manifest_malformed")
    if extra := sorted(set(files) - set(named) - AFTER_THE_MANIFEST):
        raise Refused("file_unnamed", extra[0])
    for name, digest in named.items():
        if name not in files:
            raise Refused("file_missing", name)
        if name in AFTER_THE_MANIFEST or hashlib.sha256(files[name]).hexdigest() != digest:
            raise Refused("file_changed", name)
    digest = hashlib.sha256(files["bundle.json"]).hexdigest()
    recorded = logged.get(signed.size - 1)
    if recorded is None or recorded["kind"] != "evidence.bundled" or recorded["body"].get("manifest") != digest:
        raise Refused("manifest_not_recorded")
    if manifest.get("organisation") != recorded["organisation"]:
        raise Refused("other_organisation", "bundle.json")


def _rules(logged: Mapping[int, Leaf], until: datetime | None = None) -> dict[str, Rule]:
    """Days and least grade by purpose, as the ledger has them; the grade as it was at the moment ``until``."""
    found: dict[str, Rule] = {}
    for seq, leaf in sorted(logged.items()):
        body = leaf["body"]
        if leaf["kind"] == "purpose.added" and isinstance(body.get("days"), int):
            found[str(body["key"])] = Rule(timedelta(days=body["days"]))
        elif leaf["kind"] == "purpose.least_grade" and body.get("key") in found and isinstance(body.get("grade"), int):
            if until is not None and acts_of.read_time(leaf["at"], f"entry {seq}") > until:
                break
            found[body["key"]] = replace(found[body["key"]], least_grade=body["grade"])
    return found


def _lines(files: Mapping[str, bytes], name: str) -> Iterator[Any]:
    """The values of a file that holds one canonical JSON value on each line. Raises Refused."""
    raw = files[name]
    if raw and not raw.endswith(b"\n"):
        raise Refused("truncated", name)
    for number, line in enumerate(raw.split(b"\n")[:-1]):
        yield strict_json.read(line, f"{name}, line {number + 1}")


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode()
    except UnicodeDecodeError:
        raise Refused("note_malformed", name) from None


def _line(act: Act) -> dict[str, Any]:
    return {
        "at": act.public["at"],
        "act": act.public["act"],
        "method": act.public["method"],
        "purpose": act.public["purpose"],
        "notice": act.public["notice"],
        "language": act.public["language"],
        "entry": act.entry,
        "opened": act.payload is not None,
    }
