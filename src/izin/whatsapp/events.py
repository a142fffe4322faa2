"""What Meta's webhooks about templates, numbers and the account ask of us, beside what they tell.

Pure. Follows Meta's pages "message_template_status_update", "template_category_update", "account_update" and the other
fields that are not about messages. What none of them knows asks for nothing; it is stored whole with its webhook.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from izin.whatsapp import lenient
from izin.whatsapp.webhook import Other

BARRED_FOR = timedelta(days=1)  # where Meta names no end: then it is tried, and held again by the answer
BARRED_AT_MOST = timedelta(days=30)
# The reasons are those of errors.py, so that a page says the same whichever way we learn of it.
TEMPLATE_EVENTS = {
    "PAUSED": "template_paused",
    **dict.fromkeys(("DISABLED", "LOCKED", "LIMIT_EXCEEDED"), "template_disabled"),
    **dict.fromkeys(
        ("REJECTED", "PENDING", "IN_APPEAL", "ARCHIVED", "DELETED", "PENDING_DELETION"), "template_missing"
    ),
}
BARRING = {"ACCOUNT_DELETED": "account_locked", "ACCOUNT_OFFBOARDED": "account_locked"}
FREEING = ("ACCOUNT_RECONNECTED", "REINSTATE")
STOPS_SENDING = "RESTRICTED_BIZ_INITIATED_MESSAGING"
TOLD = frozenset(
    {
        "account_alerts",
        "account_review_update",
        "account_settings_update",
        "account_update",
        "business_capability_update",
        "business_status_update",
        "message_template_quality_update",
        "message_template_status_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "security",
        "template_category_update",
        "template_correct_category_detection",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event to be written down, and what it asks for.

    ``field`` and ``word`` are Meta's own. ``closes``: campaigns with the template of this name must stop, for that
    reason; in one language is enough, since nobody is to be left out unseen. ``bars``: nothing may leave the account's
    numbers until then, for that reason. ``frees``: such a bar is over.
    """

    field: str
    word: str
    closes: tuple[str, str] | None = None
    bars: tuple[str, datetime] | None = None
    frees: bool = False


def read_event(told: Other, received_at: datetime) -> Event | None:
    """The event in a change that is about no message; None for a field that asks for nothing."""
    if told.field not in TOLD:
        return None
    word = _word(told.value)
    at = told.at if told.at_is_sound else received_at
    if told.field == "message_template_status_update" and word in TEMPLATE_EVENTS:
        return Event(told.field, word, closes=_template(told.value, TEMPLATE_EVENTS[word]))
    if told.field == "template_category_update":
        # The first of the two webhooks only announces: its new_category is the one that still holds.
        is_done = "correct_category" not in told.value and told.value.get("previous_category") is not None
        return Event(told.field, word, closes=_template(told.value, "category_changed") if is_done else None)
    if told.field == "account_update":
        return Event(told.field, word, bars=_bar(told.value, word, at), frees=word in FREEING)
    return Event(told.field, word)


def _word(value: dict[str, Any]) -> str:
    """Meta's word for what happened; a ban and an alert have it further inside."""
    ban = lenient.mapping(value.get("ban_info")).get("waba_ban_state")
    alert = lenient.mapping(value.get("alert_info")).get("alert_type")
    said = ban or alert or value.get("event") or value.get("new_quality_score") or value.get("new_category")
    word = (lenient.text(said) or lenient.text(value.get("decision")) or "").upper()
    return word if re.fullmatch(r"[A-Z_]{1,60}", word) else ""


def _template(value: dict[str, Any], reason: str) -> tuple[str, str] | None:
    name = lenient.text(value.get("message_template_name"))
    return (name, reason) if name else None


def _bar(value: dict[str, Any], word: str, at: datetime) -> tuple[str, datetime] | None:
    if word == "DISABLE":
        return "account_locked", at + BARRED_FOR
    if word in BARRING:
        return BARRING[word], at + BARRED_FOR
    ends = [
        _end(one.get("expiration"), at)
        for one in lenient.dicts(value.get("restriction_info"))
        if one.get("restriction_type") == STOPS_SENDING
    ]
    return ("account_restricted", max(ends)) if ends else None


def _end(expiration: Any, at: datetime) -> datetime:
    seconds = lenient.whole(expiration)
    if seconds is None or not 0 <= seconds < 2**33:
        return at + BARRED_FOR
    return min(datetime.fromtimestamp(seconds, UTC), at + BARRED_AT_MOST)
