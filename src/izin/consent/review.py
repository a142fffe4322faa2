"""Nothing of an import counts until somebody else has looked at a sample of its proofs (GDPR Art. 24; law.md E-04).

The reviewer opens each sampled row's proof where the organisation keeps it and says that it fits. One that does not fit
puts the whole file out: what is true of the sample is true of the rest. Either way it is entered in the ledger.
"""

from collections.abc import Collection
from uuid import UUID

from izin.consent import files
from izin.consent.files import State
from izin.consent.models import ContactFile
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError


class NotForReview(IzinError):
    """The file does not wait for a review, or not for one by this person, or not all of the sample was confirmed."""


def lines_of(file: ContactFile) -> list[int]:
    """The lines of the file whose proofs are looked at."""
    return [one.line for one in files.sample_of(file)]


def accept(file_id: UUID, *, by: UUID, confirmed: Collection[int]) -> ContactFile:
    """``by`` has seen the proof of each sampled line; from now on the file's rows may be recorded (``intake``).

    Raises NotForReview.
    """
    file = _waiting(file_id, by)
    sample = lines_of(file)
    if missing := sorted(set(sample) - set(confirmed)):
        raise NotForReview(
            f"{len(missing)} of {len(sample)} proofs are not confirmed. Look at each one, or refuse the import."
        )
    told = {"file": str(file.id), "reviewer": str(by), "rows": file.evidenced, "sample": len(sample)}
    log.append("import.accepted", told)
    _settle(file, by, state=State.RUNNING, rows_done=0, sample_sealed=None)
    return file


def refuse(file_id: UUID, *, by: UUID, because: str) -> ContactFile:
    """A proof is not there, says something else, or is none of a consent (``files.BY_REVIEWER``): no row is taken in.

    Refusals that stood in the file go on standing. Raises NotForReview.
    """
    file = _waiting(file_id, by)
    if because not in files.BY_REVIEWER:
        raise NotForReview("Say what was wrong with the proof.")
    log.append("import.refused", {"file": str(file.id), "reviewer": str(by), "rows": file.evidenced, "why": because})
    _settle(file, by)
    files.end(file, state=State.REFUSED, refusal=because)
    return file


def may_review(file: ContactFile, user_id: UUID) -> bool:
    """Whether this person is another than the one who uploaded the file."""
    return file.uploaded_by != user_id


def _waiting(file_id: UUID, by: UUID) -> ContactFile:
    log.hold()
    file = files.get(file_id, lock=True)
    if file.state != State.REVIEW:
        raise NotForReview("This file does not wait for a review.")
    if not may_review(file, by):
        raise NotForReview("Whoever uploaded a file does not review it. Ask somebody else.")
    return file


def _settle(file: ContactFile, by: UUID, **changes: object) -> None:
    ContactFile.objects.filter(id=file.id).update(reviewed_by=by, reviewed_at=now(), **changes)
    file.refresh_from_db()
