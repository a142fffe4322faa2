"""Entries of the ledger, the acts behind them, and the texts that were shown: each held against its proof."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from izin_verify import merkle, strict_json
from izin_verify.note import Checkpoint, from_base64
from izin_verify.refusal import Refused

LEAF_NAMES = {"v", "organisation", "seq", "kind", "at", "subject", "body"}
PUBLIC_NAMES = {"v", "act", "method", "at", "subject", "purpose", "notice", "language", "position", "commitment"}
SELDOM = {"until", "grade"}  # only a pause has an end, only imported evidence a grade
ACT_NAMES = {"entry", "position", "public", "rows", "path", "salt", "payload"}
KIND_OF = {"attested": "consent.imported"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DIGEST = re.compile(r"[0-9a-f]{64}")

Leaf = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one person, proven to stand in the ledger. ``payload`` is None where it was not opened."""

    entry: int
    position: int
    public: dict[str, Any]
    payload: dict[str, Any] | None
    logged_at: datetime

    @property
    def at(self) -> datetime:
        return read_time(self.public["at"], "acts")


def leaf_bytes(leaf: object, where: str) -> bytes:
    return strict_json.canonical(leaf, where)


def entries(lines: Iterable[Any], signed: Checkpoint, *, whole: bool = False) -> dict[int, Leaf]:
    """The entries by number, each proven to be in the signed tree. Raises Refused.

    ``whole``: every entry of the log is there and the root is computed from all of them, so that none was left out.
    """
    found: dict[int, Leaf] = {}
    hashes = []
    for line in lines:
        where = f"entries.jsonl, entry {len(found)}"
        leaf, path = _fields(line, {"leaf", "path"}, where)
        seq = _checked_leaf(leaf, signed, where)
        if found and seq <= max(found):
            raise Refused("entry_order", where)
        hashed = merkle.leaf_hash(leaf_bytes(leaf, where))
        if whole:
            hashes.append(hashed)
        elif merkle.root_by_path(hashed, seq, signed.size, hashes_in(path, where), where) != signed.root:
            raise Refused("entry_not_in_log", f"entry {seq}")
        found[seq] = leaf
    if whole and (len(found) != signed.size or merkle.root(hashes) != signed.root):
        raise Refused("log_not_whole")
    return found


def acts(lines: Iterable[Any], logged: Mapping[int, Leaf]) -> list[Act]:
    """The acts in order, each proven to be the one, or one of the rows, that its entry covers. Raises Refused."""
    found: list[Act] = []
    for line in lines:
        where = f"acts.jsonl, act {len(found)}"
        _fields(line, ACT_NAMES, where)
        if not isinstance(line["entry"], int) or line["entry"] not in logged:
            raise Refused("act_without_entry", where)
        leaf, public = logged[line["entry"]], line["public"]
        _check_public(line, leaf, where)
        _check_place(line, leaf["body"], where)
        act = Act(
            line["entry"], line["position"], public, _opened(line, where), read_time(leaf["at"], f"entry {leaf['seq']}")
        )
        if found and (found[-1].entry, found[-1].position) >= (act.entry, act.position):
            raise Refused("act_order", where)
        found.append(act)
    return found


def in_entry(leaf: Leaf) -> list[Act]:
    """The act that an entry states by itself, although the file does not tell of it; none where it states none."""
    if not leaf["kind"].startswith("consent.") or "act" not in leaf["body"]:
        return []
    where = f"entry {leaf['seq']}"
    _check_public({"public": leaf["body"], "position": leaf["body"].get("position")}, leaf, where)
    return [Act(leaf["seq"], leaf["body"]["position"], leaf["body"], None, read_time(leaf["at"], where))]


def check_texts(texts: Mapping[str, bytes], found: Iterable[Act], logged: Mapping[int, Leaf]) -> dict[str, Any]:
    """The texts by digest: every act's is there, is what was published before the act, and is what was shown.

    Raises Refused.
    """
    read = {}
    for digest, raw in texts.items():
        if hashlib.sha256(b"\x00" + raw).hexdigest() != digest:
            raise Refused("text_changed", digest)
        read[digest] = strict_json.read(raw, digest)
    published: dict[str, int] = {}
    for seq, leaf in logged.items():
        if leaf["kind"] == "notice.published":
            published.setdefault(str(leaf["body"].get("digest")), seq)
    for act in found:
        digest = act.public["notice"]
        if digest is not None:
            _check_text(act, read, published)
    return read


def check_scans(files: Mapping[str, bytes], found: Iterable[Act]) -> int:
    """How many signed forms are there: each that an opened act names, byte for byte, and no other. Raises Refused."""
    scans = {name: content for name, content in files.items() if name.startswith("scans/")}
    digests = {hashlib.sha256(content).hexdigest(): name for name, content in scans.items()}
    named = {str(act.payload["scan"]): act for act in found if act.payload is not None and "scan" in act.payload}
    if missing := sorted(act.entry for digest, act in named.items() if digest not in digests):
        raise Refused("scan_missing", f"entry {missing[0]}")
    if extra := sorted(name for digest, name in digests.items() if digest not in named):
        raise Refused("scan_unnamed", extra[0])
    return len(scans)


def hashes_in(path: object, where: str) -> list[bytes]:
    """A proof's hashes, from base64. Raises Refused."""
    if not isinstance(path, list) or len(path) > 2 * merkle.MOST_STEPS:
        raise Refused("proof_malformed", where)
    found = [from_base64(one, where) for one in path]
    if any(len(one) != 32 for one in found):
        raise Refused("proof_malformed", where)
    return found


def read_time(text: object, where: str) -> datetime:
    """A moment in UTC. Raises Refused."""
    if isinstance(text, str) and TIME.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise Refused("time_malformed", where)


def _checked_leaf(leaf: object, signed: Checkpoint, where: str) -> int:
    if not isinstance(leaf, dict) or set(leaf) != LEAF_NAMES or leaf["v"] != 1 or not isinstance(leaf["body"], dict):
        raise Refused("entry_malformed", where)
    if f"izin/{leaf['organisation']}" != signed.origin:
        raise Refused("other_organisation", where)
    if not isinstance(leaf["seq"], int) or not isinstance(leaf["kind"], str):
        raise Refused("entry_malformed", where)
    read_time(leaf["at"], where)
    return leaf["seq"]


def _check_public(line: Mapping[str, Any], leaf: Leaf, where: str) -> None:
    public = line["public"]
    if not isinstance(public, dict) or set(public) - SELDOM != PUBLIC_NAMES or public["v"] != 1:
        raise Refused("act_malformed", where)
    if not DIGEST.fullmatch(str(public["commitment"])):
        raise Refused("act_malformed", where)
    read_time(public["at"], where)
    if "until" in public:
        read_time(public["until"], where)
    if not isinstance(public.get("grade", 1), int):
        raise Refused("act_malformed", where)
    if leaf["kind"] != KIND_OF.get(public["act"], f"consent.{public['act']}"):
        raise Refused("act_of_other_kind", where)
    if leaf["subject"] is not None and leaf["subject"] != public["subject"]:
        raise Refused("act_of_other_person", where)
    if line["position"] != public["position"]:
        raise Refused("act_malformed", where)


def _check_place(line: Mapping[str, Any], body: Mapping[str, Any], where: str) -> None:
    """A single act is its entry's body; one of several is a leaf of the tree whose root stands there."""
    if line["rows"] is None:
        if body != line["public"] or line["path"] != []:
            raise Refused("act_not_in_entry", where)
        return
    leaf = merkle.leaf_hash(strict_json.canonical(line["public"], where))
    size, position = line["rows"], line["position"]
    if not isinstance(size, int) or not isinstance(position, int) or body.get("rows") != size:
        raise Refused("act_not_in_entry", where)
    if merkle.root_by_path(leaf, position, size, hashes_in(line["path"], where), where).hex() != body.get("root"):
        raise Refused("act_not_in_entry", where)


def _opened(line: Mapping[str, Any], where: str) -> dict[str, Any] | None:
    salt, payload = line["salt"], line["payload"]
    if salt is None and payload is None:
        return None
    raw = from_base64(salt, where)
    if len(raw) != 32 or not isinstance(payload, dict):
        raise Refused("act_malformed", where)
    if hashlib.sha256(raw + strict_json.canonical(payload, where)).hexdigest() != line["public"]["commitment"]:
        raise Refused("evidence_changed", where)
    return payload


def _check_text(act: Act, texts: Mapping[str, Any], published: Mapping[str, int]) -> None:
    digest, where = str(act.public["notice"]), f"entry {act.entry}"
    if digest not in texts:
        raise Refused("text_missing", where)
    if published.get(digest, act.entry) >= act.entry:
        raise Refused("text_published_late", where)
    shown = texts[digest].get(act.public["language"]) if isinstance(texts[digest], dict) else None
    if act.payload is not None and "shown" in act.payload and act.payload["shown"] != shown:
        raise Refused("text_not_shown", where)


def _fields(line: object, names: set[str], where: str) -> list[Any]:
    if not isinstance(line, dict) or set(line) != names:
        raise Refused("line_malformed", where)
    return [line[name] for name in sorted(names)]
