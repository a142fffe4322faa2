"""A consent that somebody signed on paper, recorded by staff: the act, its words, and the scan that proves it.

GDPR Art. 7(1), PDPA s.6; law.md A-10. The scan shows that somebody signed, not that the number is theirs: so this is
documented evidence and no own act, a purpose may ask for more, and a refusal is not lifted by it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from izin.consent import records, scans, suppressions
from izin.consent.decision import Act
from izin.consent.grades import grade_of
from izin.consent.models import Evidence, Purpose, SignedForm
from izin.consent.records import NewFact
from izin.contacts import book
from izin.contacts.book import Known, Newcomer
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.lib.ids import uuid7
from izin.lib.keyring import associated, seal, unseal
from izin.notices.models import NoticeVersion
from izin.organisations.scope import current

WAYS = (Evidence.Method.PAPER, Evidence.Method.COUNTER)
MINUTE = timedelta(minutes=1)  # what a date on paper is exact to


class NotRecorded(IzinError):
    """Nothing was kept. ``code`` says why, ``purpose`` for which of the choices, where it is about one."""

    def __init__(self, code: str, purpose: Purpose | None = None) -> None:
        super().__init__(f"This consent cannot be recorded: {code}.")
        self.code, self.purpose = code, purpose


@dataclass(frozen=True, slots=True)
class Signed:
    """What the paper says. ``choices`` are the purposes that were agreed to, each with the wording that it shows."""

    newcomer: Newcomer
    method: str
    at: datetime
    language: str
    choices: Mapping[Purpose, NoticeVersion]
    scan: bytes = field(repr=False)


def record(signed: Signed, *, by: UUID) -> Known:
    """Keep the scan and an act for each choice, in one ledger entry that names who recorded them.

    Raises NotRecorded: ``refused`` (they have refused; only their own message lifts that), ``future``, ``expired``,
    ``not_yet_published``, ``scan`` (no JPEG, PNG or PDF), ``scan_size``, ``twice`` (this scan of this person is kept).
    """
    kind = scans.kind_of(signed.scan)
    if len(signed.scan) > scans.MOST_BYTES:
        raise NotRecorded("scan_size")
    if kind is None or not signed.choices:
        raise NotRecorded("scan" if kind is None else "choices")
    for purpose, version in signed.choices.items():
        _check(signed, purpose, version)
    log.hold()
    known = book.find("phone", signed.newcomer.number.e164)
    for purpose in signed.choices:
        if _has_refused(signed.newcomer.number.e164, known, purpose):
            raise NotRecorded("refused", purpose)
    digest = hashlib.sha256(signed.scan).hexdigest()
    person = known or book.find_or_add(signed.newcomer)
    if SignedForm.objects.filter(contact_id=person.id, digest=digest).exists():
        raise NotRecorded("twice")
    _keep(person, signed.scan, digest, kind)
    said = {"scan": digest, "recorded_by": str(by), "adult": True}
    facts = [
        NewFact(
            person,
            Act.ATTESTED,
            signed.method,
            signed.at,
            purpose,
            version,
            signed.language,
            {"shown": version.texts[signed.language], **said},
            grade=grade_of(signed.method, proof=True),
        )
        for purpose, version in signed.choices.items()
    ]
    records.attest(facts, body={"by": str(by), "method": str(signed.method)})
    return person


def scans_of(person: Known, digest: str = "") -> dict[str, tuple[bytes, scans.Kind]]:
    """The signed forms of this person in clear, by digest; or the one. Raises Unreadable for damaged ciphertext."""
    forms = SignedForm.objects.filter(contact_id=person.id, **({"digest": digest} if digest else {}))
    return {
        form.digest: (
            unseal(person.key, bytes(form.body_sealed), _place(form.id)),
            scans.KINDS[form.media_type],
        )
        for form in forms.order_by("id")
    }


def _check(signed: Signed, purpose: Purpose, version: NoticeVersion) -> None:
    if signed.at > now():
        raise NotRecorded("future", purpose)
    if signed.at + timedelta(days=purpose.lifetime_days) <= now():
        raise NotRecorded("expired", purpose)
    if version.notice_id != purpose.notice_id or version.published_at >= signed.at + MINUTE:
        raise NotRecorded("not_yet_published", purpose)


def _has_refused(number: str, known: Known | None, purpose: Purpose) -> bool:
    if suppressions.suppressed_among([number], purpose):
        return True
    return known is not None and bool(records.refused_among([known.id], purpose))


def _keep(person: Known, scan: bytes, digest: str, kind: scans.Kind) -> None:
    form_id = uuid7()
    SignedForm.objects.create(
        id=form_id,
        contact_id=person.id,
        digest=digest,
        media_type=kind.media_type,
        body_sealed=seal(person.key, scan, _place(form_id)),
        recorded_at=now(),
    )


def _place(form_id: UUID) -> bytes:
    return associated(current(), "consent_signedform", "body_sealed", form_id)
