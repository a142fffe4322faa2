"""Turn stored acts and ledger entries into lines that an outsider can check: each with its proof."""

from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from izin.consent import paper
from izin.consent.models import Evidence, ServedPage
from izin.consent.proof import open_evidence, public_part_of
from izin.contacts import book
from izin.contacts.book import Known
from izin.ledger import chain, log
from izin.ledger.models import Checkpoint, Entry
from izin.ledger.tree import Tree
from izin.lib.errors import IzinError

NEWEST_CHECKPOINTS = 20


class NotWhole(IzinError):
    """The rows that an entry covers are not all there any more."""

    def __init__(self, seq: int) -> None:
        super().__init__(
            f"The evidence under entry {seq} is not what the ledger covers, so nothing can be proven from it. "
            "Run izin ledger verify: it says what was changed."
        )


@dataclass(slots=True)
class Acts:
    """Acts as lines, and what they lean on: entries of the ledger, texts that were shown, pages as they were served,
    scans of what was signed (by file name).
    """

    lines: list[dict[str, Any]] = field(default_factory=list)
    entries: set[int] = field(default_factory=set)
    texts: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    scans: dict[str, bytes] = field(default_factory=dict)


def acts_of(rows: Sequence[Evidence], opened: Iterable[UUID]) -> Acts:
    """These acts, opened for the contacts in ``opened`` whose key still exists. Raises NotWhole."""
    found = Acts()
    people = book.open_many(set(opened))
    key_of = {person.id: person.key for person in people}
    ordered = sorted(rows, key=lambda row: (row.entry_seq, row.position))
    for seq, group in groupby(ordered, key=lambda row: row.entry_seq):
        some = list(group)
        tree = _rows_of(seq)
        found.entries.add(seq)
        for row in some:
            found.lines.append(_line(row, tree, key_of.get(row.contact_id) if row.contact_id else None))
            version = row.notice_version
            if version is not None:
                found.entries.add(version.entry_seq)
                found.texts[version.digest] = version.texts
    _add_pages(found)
    _add_scans(found, people)
    return found


def _add_pages(found: Acts) -> None:
    """The pages that the opened acts name, each with the entry that knew it before anybody saw it."""
    named = {str(payload["page"]) for line in found.lines if (payload := line["payload"]) and "page" in payload}
    for page in ServedPage.objects.filter(digest__in=named):
        found.pages[page.digest] = bytes(page.body)
        found.entries.add(page.entry_seq)


def _add_scans(found: Acts, people: Iterable[Known]) -> None:
    """The signed forms that the opened acts name."""
    named = {payload["scan"] for line in found.lines if (payload := line["payload"]) and "scan" in payload}
    for person in people if named else ():
        kept = paper.scans_of(person).items()
        found.scans |= {f"{digest}.{kind.ending}": body for digest, (body, kind) in kept if digest in named}


def lines(values: Iterable[Any]) -> bytes:
    """One canonical JSON value on each line."""
    return b"".join(chain.canonical(value) + b"\n" for value in values)


def grown_tree(since: int) -> Tree:
    """The log's tree from the last checkpoint before entry ``since`` on, to prove that entry and what came after."""
    start = Checkpoint.objects.filter(size__lte=since, frontier__isnull=False).order_by("-size").first()
    frontier = chain.Frontier.from_bytes(bytes(start.frontier)) if start and start.frontier else chain.Frontier()
    return Tree(map(chain.leaf_hash, log.leaves(since=frontier.size)), frontier)


def entry_lines(numbers: Iterable[int] | None, tree: Tree) -> list[dict[str, Any]]:
    """The entries with these numbers, each with its path in the tree; with None the whole log, which needs none."""
    entries = Entry.objects.order_by("seq")
    if numbers is not None:
        entries = entries.filter(seq__in=sorted(numbers))
    found = entries.filter(seq__lt=tree.size).values_list("seq", "leaf").iterator(chunk_size=5_000)
    return [
        {"leaf": chain.json_of(bytes(leaf)), "path": [] if numbers is None else paths(tree.inclusion(seq))}
        for seq, leaf in found
    ]


def checkpoint_lines(dated: Iterable[int], tree: Tree, stamped: Iterable[int] = ()) -> list[dict[str, Any]]:
    """Earlier checkpoints, each with the proof that the log goes on from it: the first over each entry in ``dated``,
    which shows by when it stood there, the newest, and those of the sizes ``stamped``."""
    floor = max(tree.start, 1)
    earlier = Checkpoint.objects.filter(size__gte=floor, size__lt=tree.size).order_by("size")
    sizes = list(earlier.values_list("size", flat=True))
    wanted = set(sizes[-NEWEST_CHECKPOINTS:]) | set(stamped)
    wanted |= {sizes[at] for seq in dated if (at := bisect_left(sizes, seq + 1)) < len(sizes)}
    notes = earlier.filter(size__in=wanted).values_list("size", "note")
    return [{"note": note, "path": paths(tree.consistency(size))} for size, note in notes]


def paths(hashes: Iterable[bytes]) -> list[str]:
    """Hashes as base64."""
    return [b64encode(one).decode() for one in hashes]


def purposes_added() -> set[int]:
    """The entries that say which purposes there are, how long a consent holds, and what evidence they accept."""
    told = Entry.objects.filter(kind__in=("purpose.added", "purpose.least_grade"))
    return set(told.values_list("seq", flat=True))


def _rows_of(seq: int) -> Tree | None:
    """The tree over the rows of an entry; None where the act stands in the entry itself. Raises NotWhole."""
    body = chain.json_of(bytes(Entry.objects.values_list("leaf", flat=True).get(seq=seq)))["body"]
    if "root" not in body:
        return None
    rows = Evidence.objects.filter(entry_seq=seq).select_related("purpose", "notice_version").order_by("position")
    tree = Tree(chain.leaf_hash(chain.canonical(public_part_of(row))) for row in rows)
    if tree.size != body["rows"] or tree.root().hex() != body["root"]:
        raise NotWhole(seq)
    return tree


def _line(row: Evidence, tree: Tree | None, key: bytes | None) -> dict[str, Any]:
    salt, payload = _opened(row, key)
    return {
        "entry": row.entry_seq,
        "position": row.position,
        "public": public_part_of(row),
        "rows": None if tree is None else tree.size,
        "path": [] if tree is None else paths(tree.inclusion(row.position)),
        "salt": salt,
        "payload": payload,
    }


def _opened(row: Evidence, key: bytes | None) -> tuple[str | None, Mapping[str, Any] | None]:
    if key is None:
        return None, None
    salt, payload = open_evidence(row, key)
    return b64encode(salt).decode(), payload
