"""Put a bundle together, record in the ledger that it was made, and prove everything in it under a fresh checkpoint."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from izin.evidence import archive, gather
from izin.evidence.gather import Acts
from izin.evidence.words import readme
from izin.ledger import chain, checkpoints, log, timestamps
from izin.ledger.models import Checkpoint
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.models import Organisation
from izin.organisations.scope import current

FORMAT = "izin evidence bundle"
TERMINAL = "terminal"  # who made it, where nobody was signed in


def make(
    about: Mapping[str, Any],
    acts: Acts,
    *,
    more: Mapping[str, bytes],
    entries: Iterable[int] = (),
    dated: Iterable[int] | None = None,
    standings: Mapping[str, str] | None = None,
    subject: UUID | None = None,
    by: UUID | None = None,
) -> bytes:
    """The zip file. ``more`` are files besides acts and texts; ``entries`` go in besides those that the acts lean on.

    Everything that takes long is done before the ledger is held. The list of contents goes into the ledger, so a file
    that was added, changed or taken out later is found even when the list was changed with it.
    """
    numbers = acts.entries | set(entries) | gather.purposes_added()
    dated = acts.entries if dated is None else set(dated)
    stamps = timestamps.over(dated)
    tree = gather.grown_tree(min(numbers, default=0))
    files = dict(more) | {
        "acts.jsonl": gather.lines(acts.lines),
        "key.txt": checkpoints.verifier_key().encode() + b"\n",
        "README.txt": readme(Organisation.objects.get(id=current()).name, about).encode(),
        **{f"notices/{digest}.json": chain.canonical(texts) for digest, texts in acts.texts.items()},
        **{f"pages/{digest}.html": body for digest, body in acts.pages.items()},
        **{f"scans/{name}": body for name, body in acts.scans.items()},
        **{f"stamps/{size}.tsr": response for size, response in stamps.items()},
    }
    manifest = chain.canonical(
        {
            "format": FORMAT,
            "v": 1,
            "made_at": log.timestamp(now()),
            "organisation": str(current()),
            "about": dict(about),
            "standings": None if standings is None else dict(standings),
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        }
    )
    recorded = _record(manifest, about, subject, by)
    tree.extend(map(chain.leaf_hash, log.leaves(since=tree.size, until=recorded.size)))
    whole = bool(about.get("whole_log"))
    numbers.add(recorded.size - 1)
    files |= {
        "bundle.json": manifest,
        "checkpoint.txt": recorded.note.encode(),
        "checkpoints.jsonl": gather.lines(gather.checkpoint_lines(dated, tree, stamps)),
        "entries.jsonl": gather.lines(gather.entry_lines(None if whole else numbers, tree)),
    }
    return archive.write(files)


def _record(manifest: bytes, about: Mapping[str, Any], subject: UUID | None, by: UUID | None) -> Checkpoint:
    """Enter the making of the bundle, and sign right behind it. Raises what ``checkpoints.sign`` raises."""
    log.append(
        "evidence.bundled",
        {"about": about["kind"], "manifest": hashlib.sha256(manifest).hexdigest(), "by": str(by) if by else TERMINAL},
        subject_ref=subject,
    )
    signed = checkpoints.sign()
    if signed is None:
        raise IzinError("Nothing could be signed, so no bundle was made. Try again.")
    return signed
