"""How a purpose stands for a person, as the design system shows it."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from izin.consent.models import Standing
from izin.consent.preferences import state_of
from izin.lib.clock import now


def in_words(row: Standing | None) -> dict[str, Any]:
    """A cell: the state's badge, and since or until when."""
    state = state_of(row, now())
    if row is None or state == "unknown":
        return {"state": "unknown", "text": label("unknown")}
    if state == "held":
        return {"state": "held", "note": _("an unclear wish: nothing is sent until it is decided")}
    if state == "paused":
        return {"state": "paused", "note": _("by the person, until %(day)s") % {"day": day(row.not_before)}}
    if state == "granted" and row.valid_until:
        return {"state": "granted", "note": _("until %(day)s") % {"day": day(row.valid_until)}}
    return {"state": state, "note": day(row.valid_until) if state == "expired" else ""}


def label(state: str) -> str:
    """The state's name."""
    return {
        "granted": _("Granted"),
        "paused": _("Paused"),
        "held": _("On hold"),
        "pending": _("Pending"),
        "refused": _("Refused"),
        "expired": _("Expired"),
        "unknown": _("Never asked"),
    }[state]


def day(at: datetime | None) -> str:
    return date_format(localtime(at), "j M Y") if at else ""
