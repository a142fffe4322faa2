"""Keep the bytes of each page that asks for consent, and log them before the first visitor gets them.

GDPR Art. 7(1); EDPB 05/2020 ¶108: show what the person was told, not what the form is configured to say today.
"""

import hashlib

from izin.consent.models import FormVersion, ServedPage
from izin.ledger import log
from izin.lib.clock import now


def keep(body: bytes, *, language: str, version: FormVersion | None) -> ServedPage:
    """The page with these bytes. Its digest stands in the ledger when this returns, before the page is sent."""
    digest = hashlib.sha256(body).hexdigest()
    if known := find(digest):
        return known
    log.hold()
    if known := find(digest):
        return known
    said = {"page": digest, "language": language, "form": version.name if version else None}
    entry = log.append("page.served", said)
    return ServedPage.objects.create(
        digest=digest, body=body, language=language, form_version=version, first_at=now(), entry_seq=entry.seq
    )


def find(digest: str) -> ServedPage | None:
    """The served page with this digest, None when we never served it."""
    return ServedPage.objects.select_related("form_version__form").filter(digest=digest).first()


def is_intact(page: ServedPage) -> bool:
    """Whether the bytes are still those that the ledger knows."""
    return hashlib.sha256(bytes(page.body)).hexdigest() == page.digest
