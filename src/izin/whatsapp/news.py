"""What Meta's webhooks tell of templates, numbers and the account, taken over into the rows. Safe to repeat.

Follows Meta's pages "message_template_status_update", "message_template_quality_update", "template_category_update" and
"phone_number_quality_update". Webhooks come late, twice and in any order: the newest word stands.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from izin.ledger import log
from izin.whatsapp import lenient
from izin.whatsapp.connection import people_per_day
from izin.whatsapp.models import SenderNumber, Template
from izin.whatsapp.templates import status_of
from izin.whatsapp.webhook import Other

QUALITIES = ("GREEN", "YELLOW", "RED", "UNKNOWN")


def take_over(account_id: UUID, told: Sequence[Other], received_at: datetime) -> None:
    """Apply what concerns this account; anything else is left alone."""
    for one in told:
        reader = READERS.get(one.field)
        if reader is not None:
            reader(account_id, one, one.at if one.at_is_sound else received_at)


def _template_status(account_id: UUID, told: Other, at: datetime) -> None:
    if "new_quality_score" in told.value:  # Meta's own example has quality under this field
        _template_quality(account_id, told, at)
        return
    row, event = _template(account_id, told), (lenient.text(told.value.get("event")) or "").upper()
    if row is None or not event or (row.told_at is not None and at < row.told_at):
        return
    row.told_at = at
    if event == "FLAGGED":  # it may still be sent, and will be closed if its quality does not rise
        row.reason = event
    else:
        row.status, _ = status_of(event)
        row.reason, row.advice = _why(told, event), _advice(told)
    row.save(update_fields=["status", "reason", "advice", "told_at"])
    log.append("template.status", {"name": row.name, "language": row.language, "status": row.status})


def _why(told: Other, event: str) -> str:
    """Meta's own word for the reason: of a refusal, of a pause, or the event itself where it closes the template."""
    title = lenient.text(lenient.mapping(told.value.get("other_info")).get("title")) or ""
    reason = lenient.text(told.value.get("reason")) or ""
    if event == "REJECTED":
        return reason[:40]
    if event in ("PAUSED", "DISABLED"):
        return (title or (reason if reason != "NONE" else ""))[:40]
    return status_of(event)[1]


def _advice(told: Other) -> str:
    said = lenient.mapping(told.value.get("rejection_info"))
    words = (lenient.text(said.get("reason")), lenient.text(said.get("recommendation")))
    return " ".join(word for word in words if word)[:500]


def _template_quality(account_id: UUID, told: Other, at: datetime) -> None:
    row, score = _template(account_id, told), (lenient.text(told.value.get("new_quality_score")) or "").upper()
    if row is not None and score in QUALITIES:
        row.quality = score
        row.save(update_fields=["quality"])


def _template_category(account_id: UUID, told: Other, at: datetime) -> None:
    """Only what is done changes the row; an announced change names its category as ``correct_category``."""
    row, category = _template(account_id, told), (lenient.text(told.value.get("new_category")) or "").upper()
    if row is None or not category or "correct_category" in told.value or row.category == category:
        return
    row.category = category[:16]
    row.save(update_fields=["category"])
    log.append("template.category", {"name": row.name, "language": row.language, "category": row.category})


def _number_quality(account_id: UUID, told: Other, at: datetime) -> None:
    digits = "".join(filter(str.isdigit, lenient.text(told.value.get("display_phone_number")) or ""))
    limit = lenient.text(told.value.get("current_limit")) or lenient.text(
        told.value.get("max_daily_conversations_per_business")
    )
    event = (lenient.text(told.value.get("event")) or "").upper()
    for sender in SenderNumber.objects.filter(account_id=account_id):
        if digits and "".join(filter(str.isdigit, sender.display)) == digits:
            sender.messaging_limit = limit[:20] if limit and people_per_day(limit) else sender.messaging_limit
            sender.quality = {"FLAGGED": "RED", "UNFLAGGED": "GREEN"}.get(event, sender.quality)
            sender.throughput = "HIGH" if event == "THROUGHPUT_UPGRADE" else sender.throughput
            sender.save(update_fields=["messaging_limit", "quality", "throughput"])


def _template(account_id: UUID, told: Other) -> Template | None:
    """The row that is meant. Webhooks write ``en-US`` where everything else writes ``en_US``."""
    name = lenient.text(told.value.get("message_template_name")) or ""
    language = (lenient.text(told.value.get("message_template_language")) or "").replace("-", "_")
    named = Template.objects.select_for_update().filter(account_id=account_id, name=name, language=language)
    return named.first()


READERS: dict[str, Callable[[UUID, Other, datetime], None]] = {
    "message_template_status_update": _template_status,
    "message_template_quality_update": _template_quality,
    "template_category_update": _template_category,
    "phone_number_quality_update": _number_quality,
}
