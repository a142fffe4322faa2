"""Say what messages are for."""

from izin.consent import records
from izin.consent.grades import Grade
from izin.consent.models import Purpose
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.notices.models import Notice, NoticeVersion
from izin.notices.plainness import is_vague


def add_purpose(
    key: str,
    *,
    name: dict[str, str],
    description: dict[str, str],
    notice: Notice,
    category: Purpose.Category = Purpose.Category.MARKETING,
    lifetime_days: int = 730,
) -> Purpose:
    """A purpose that people can agree to. Raises IzinError when it is too vague to be agreed to.

    EDPB 05/2020 ¶55-61: “marketing purposes” says too little.
    """
    for text in (*name.values(), *description.values()):
        if is_vague(text):
            raise IzinError(f"“{text}” is too vague to agree to: say what kind of messages, about what, how often.")
    purpose = Purpose.objects.create(
        key=key,
        name_ms=name["ms"],
        name_en=name["en"],
        description_ms=description["ms"],
        description_en=description["en"],
        category=category,
        lifetime_days=lifetime_days,
        notice=notice,
        created_at=now(),
    )
    log.append("purpose.added", {"key": key, "category": category, "notice": notice.key, "days": lifetime_days})
    records.refuse_new_purpose(purpose)
    return purpose


def accept_from(purpose: Purpose, grade: Grade) -> None:
    """Let campaigns of this purpose rest on evidence of this grade or better; every standing is decided again."""
    log.append("purpose.least_grade", {"key": purpose.key, "grade": int(grade)})
    Purpose.objects.filter(id=purpose.id).update(least_grade=grade)
    records.decide_anew(purpose)


def current_wording(purpose: Purpose) -> NoticeVersion | None:
    """The notice version that is shown to people for this purpose today."""
    return NoticeVersion.objects.select_related("notice").filter(notice=purpose.notice_id).first()
