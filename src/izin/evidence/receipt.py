"""A person's receipt: what was agreed to, with the proof that it stands in the ledger, sealed by the organisation."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings

from izin.consent import preferences
from izin.consent.models import Evidence, Purpose
from izin.consent.receipts import Consent
from izin.evidence import dpv, gather
from izin.ledger import chain, checkpoints, log
from izin.ledger.models import Checkpoint, Entry
from izin.ledger.tree import Tree
from izin.organisations.keys import keys
from izin.organisations.models import Organisation
from izin.organisations.scope import current

SEALED = "izin receipt v1"


def signed_over(consent: Consent) -> Checkpoint | None:
    """The first checkpoint that covers this act; None in the seconds before the worker signs one."""
    return Checkpoint.objects.filter(size__gt=consent.entry_seq).order_by("size").first()


def json_ld(consent: Consent) -> bytes | None:
    """The receipt as a file, the same one each time; None while no checkpoint covers the act.

    Raises gather.NotWhole when the rows beside it are no longer those that the ledger covers.
    """
    signed = signed_over(consent)
    if signed is None:
        return None
    organisation = Organisation.objects.get(id=current())
    controller = dpv.Party(
        id=f"urn:uuid:{organisation.id}",
        name=organisation.name,
        address=organisation.address,
        contact=(organisation.contact_email, organisation.contact_phone),
        country=organisation.country,
        url=f"{settings.PUBLIC_URL}/{organisation.slug}/",
    )
    rows = [row for row in consent.rows if row.purpose is not None]
    agreed = [_agreed(row, row.purpose, organisation.slug) for row in rows if row.purpose is not None]
    receipt = dpv.receipt(
        str(consent.rows[0].id), log.timestamp(signed.signed_at), controller, agreed, _proof(consent, signed)
    )
    return json.dumps(receipt | {"izin:seal": _seal(receipt)}, ensure_ascii=False, indent=1).encode()


def _seal(receipt: Mapping[str, Any]) -> str:
    """A note over the digest of everything else; its first line keeps it from being taken for a checkpoint."""
    digest = hashlib.sha256(chain.canonical(dict(receipt))).hexdigest()
    return chain.sign_note(f"{SEALED}\n{digest}\n", checkpoints.origin(), keys().signing_seed)


def _proof(consent: Consent, signed: Checkpoint) -> dict[str, Any]:
    """The entry in the tree of the first checkpoint over it: that needs only the entries since the one before."""
    seq = consent.entry_seq
    before = Checkpoint.objects.filter(size__lte=seq, frontier__isnull=False).order_by("-size").first()
    frontier = chain.Frontier.from_bytes(bytes(before.frontier)) if before and before.frontier else chain.Frontier()
    tree = Tree(map(chain.leaf_hash, log.leaves(since=frontier.size, until=signed.size)), frontier)
    acts = gather.acts_of(consent.rows, [consent.person.id])
    leaf = chain.json_of(bytes(Entry.objects.values_list("leaf", flat=True).get(seq=seq)))
    return {
        "checkpoint": signed.note,
        "entry": {"leaf": leaf, "path": gather.paths(tree.inclusion(seq))},
        "acts": acts.lines,
        "notices": acts.texts,
    }


def _agreed(row: Evidence, purpose: Purpose, slug: str) -> dpv.Agreed:
    version = row.notice_version
    return dpv.Agreed(
        id=str(row.id),
        subject=str(row.subject_ref),
        act=row.act,
        at=log.timestamp(row.at),
        until=log.timestamp(row.at + timedelta(days=purpose.lifetime_days)),
        method=row.method,
        purpose=purpose.key,
        purpose_name=purpose.name_in(row.language),
        category=purpose.category,
        days=purpose.lifetime_days,
        notice=version.name if version else "",
        digest=version.digest if version else "",
        language=row.language,
        texts=version.texts.get(row.language, {}) if version else {},
        withdraw_at=preferences.link(slug, row.contact_id, row.language) if row.contact_id else "",
    )
