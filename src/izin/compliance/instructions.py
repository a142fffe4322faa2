"""Who of the staff promised confidentiality, and who was trained (GDPR Art. 28(3)(b), 29, 32(4), 39(1)(b); PDP "
"Standard).

Every verb runs inside an organisation's scope. Both are repeated each year; the ledger gets ids, days and digests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from izin.compliance.models import Instruction
from izin.compliance.papers import Said, both
from izin.ledger import log
from izin.ledger.chain import canonical, leaf_hash
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.organisations.models import Membership, User
from izin.rights.register import day_of

Kind = Instruction.Kind
AGAIN_AFTER = timedelta(days=365)
PROMISE: tuple[Said, ...] = (
    both(
        "Saya menggunakan data orang hanya untuk kerja saya, atas arahan organisasi, dan tidak untuk diri sendiri.",
        "I use people's data only for my work, as the organisation instructs me, and never for myself.",
    ),
    both(
        "Saya tidak memberikan nama, nombor atau mesej kepada sesiapa di luar, dan tidak menyalinnya ke telefon atau "
        "fail saya.",
        "I give no name, number or message to anybody outside, and copy none to my own telephone or files.",
    ),
    both(
        "Apabila seseorang meminta berhenti, saya merekodkannya pada saat itu juga.",
        "When somebody asks me to stop, I record it at that moment.",
    ),
    both(
        "Jika sesuatu hilang, bocor atau tersilap hantar, saya memberitahu pegawai perlindungan data dengan segera.",
        "When something is lost, leaks or goes astray, I tell the data protection officer at once.",
    ),
    both(
        "Janji ini kekal selepas saya berhenti bekerja di sini.",
        "This promise outlasts my work here.",
    ),
)


class NotYet(IzinError):
    """A training that lies in the future, or of somebody who does not work here."""

    def __init__(self) -> None:
        super().__init__("Choose somebody who works here, and a day that has come.")


@dataclass(frozen=True, slots=True)
class Member:
    """Where a member of staff stands: the last day of each, and whether it must be repeated."""

    user: User
    role: str
    last: Mapping[str, date]
    due: Mapping[str, bool]


def confirm(user: User) -> Instruction:
    """The user promises confidentiality, today, in the words as they are now."""
    digest = leaf_hash(canonical({"promise": [dict(one) for one in PROMISE]})).hex()
    return _record(user.pk, Kind.CONFIDENTIALITY, day_of(now()), by=user.pk, digest=digest)


def note_training(user_id: UUID, *, on: date, about: str, by: UUID) -> Instruction:
    """Somebody was trained on that day, about something. Raises NotYet."""
    if on > day_of(now()) or not Membership.objects.filter(user_id=user_id).exists():
        raise NotYet
    return _record(user_id, Kind.TRAINING, on, by=by, about=about.strip())


def members(today: date) -> list[Member]:
    """Everybody who works here, with what is due again."""
    last: dict[UUID, dict[str, date]] = {}
    for one in Instruction.objects.order_by("on"):
        last.setdefault(one.user_id, {})[one.kind] = one.on
    rows = Membership.objects.select_related("user").order_by("user__username")
    return [
        Member(
            one.user,
            one.role,
            last.get(one.user_id, {}),
            {kind: _is_due(last.get(one.user_id, {}).get(kind), today) for kind in Kind.values},
        )
        for one in rows
    ]


def has_promised(user_id: UUID, today: date) -> bool:
    """Whether this user's promise is younger than a year."""
    found = Instruction.objects.filter(user_id=user_id, kind=Kind.CONFIDENTIALITY).first()
    return found is not None and not _is_due(found.on, today)


def _is_due(last: date | None, today: date) -> bool:
    return last is None or today > last + AGAIN_AFTER


def _record(user_id: UUID, kind: str, on: date, *, by: UUID, about: str = "", digest: str = "") -> Instruction:
    said = {"kind": str(kind), "member": str(user_id), "on": on.isoformat(), "by": str(by), "digest": digest or None}
    entry = log.append("staff.instructed", said)
    return Instruction.objects.create(
        user_id=user_id,
        kind=kind,
        on=on,
        about=about,
        digest=digest,
        recorded_at=now(),
        recorded_by=by,
        entry_seq=entry.seq,
    )
