"""The template tags of the design system: ``{% load izin_ui %}``. Each renders one partial of ``templates/components``.

Parameters are listed in ``templates/components/README.md``; all of them are to be seen on ``/staff/design``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """How one state appears: its tone, its icon (colour never stands alone, WCAG 1.4.1) and its word."""

    tone: str
    icon: str
    label: Any


LOOKS: dict[str, Look] = {
    # standings
    "granted": Look("success", "tick", _("Granted")),
    "pending": Look("warning", "clock", _("Pending")),
    "held": Look("warning", "question", _("On hold")),
    "refused": Look("danger", "stop", _("Refused")),
    "withdrawn": Look("danger", "stop", _("Withdrawn")),
    "expired": Look("neutral", "clock", _("Expired")),
    "unknown": Look("neutral", "question", _("Unknown")),
    # what stands behind a standing
    "requested": Look("warning", "clock", _("Asked")),
    "given": Look("success", "tick", _("Given by the person")),
    "attested": Look("success", "file", _("Imported with evidence")),
    "objected": Look("danger", "stop", _("Objected")),
    # messages
    "planned": Look("neutral", "campaigns", _("Planned")),
    "queued": Look("neutral", "clock", _("Queued")),
    "sending": Look("info", "send", _("Sending")),
    "accepted": Look("brand", "tick", _("Accepted")),
    "sent": Look("brand", "tick", _("Sent")),
    "delivered": Look("success", "delivered", _("Delivered")),
    "read": Look("success", "eye", _("Read")),
    "rejected": Look("danger", "cross", _("Rejected")),
    "failed": Look("danger", "cross", _("Failed")),
    "suppressed": Look("neutral", "stop", _("Suppressed")),
    "uncertain": Look("warning", "question", _("Uncertain")),
    "unresolved": Look("warning", "question", _("Unresolved")),
    "cancelled": Look("neutral", "cross", _("Cancelled")),
    # campaigns, notices, templates
    "draft": Look("neutral", "file", _("Draft")),
    "submitted": Look("warning", "clock", _("Waiting for approval")),
    "approved": Look("brand", "tick", _("Approved")),
    "scheduled": Look("info", "clock", _("Scheduled")),
    "running": Look("info", "send", _("Running")),
    "paused": Look("warning", "pause", _("Paused")),
    "completed": Look("success", "tick", _("Completed")),
    "disabled": Look("danger", "stop", _("Disabled")),
    "published": Look("success", "tick", _("Published")),
    "superseded": Look("neutral", "file", _("Superseded")),
    # WhatsApp's word on a number or a template
    "green": Look("success", "tick", _("High")),
    "yellow": Look("warning", "warning", _("Medium")),
    "red": Look("danger", "warning", _("Low")),
    "unrated": Look("neutral", "question", _("Not rated yet")),
    "connected": Look("success", "tick", _("Connected")),
    "disconnected": Look("danger", "cross", _("Not connected")),
    # jobs, import rows, ledger
    "uploaded": Look("neutral", "file", _("Not begun")),
    "review": Look("warning", "eye", _("Waiting for review")),
    "waiting": Look("neutral", "clock", _("Waiting")),
    "overdue": Look("danger", "warning", _("Overdue")),
    "done": Look("success", "tick", _("Done")),
    "added": Look("success", "plus", _("Added")),
    "duplicate": Look("neutral", "copy", _("Duplicate")),
    "verified": Look("success", "lock", _("Verified")),
    "broken": Look("danger", "warning", _("Broken")),
}
ALERT_ICONS = {"info": "info", "success": "tick", "warning": "warning", "danger": "warning"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The sprite's icon of that name, hidden from screen readers: the word beside it speaks."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("izin/icons.svg"),
        name,
    )


@register.filter
def attributes(given: Mapping[str, Any] | None) -> SafeString:
    """HTML attributes of a mapping, escaped: ``{"hx-get": "/x"}``; nothing for None."""
    return flatatt(dict(given)) if given else SafeString("")


@register.filter
def alert_tone(level_tag: str) -> str:
    """The tone of an alert for Django's message level tag (``error`` is our ``danger``)."""
    return {"error": "danger", "debug": "info", "": "info"}.get(level_tag, level_tag)


@register.filter
def alert_icon(tone: str) -> str:
    return ALERT_ICONS.get(tone, "info")


def look_of(state: str) -> Look:
    """The look of a state; a state without one shows its own name, never nothing."""
    return LOOKS.get(state.lower()) or Look("neutral", "question", state)


@register.inclusion_tag("components/badge.html")
def badge(state: str = "", tone: str = "", label: Any = "", icon: str = "") -> dict[str, Any]:
    """A pill for a known ``state``, or for any ``tone``, ``label`` and ``icon``; the latter win."""
    look = look_of(str(state))
    return {"tone": tone or look.tone, "icon": icon or look.icon, "label": label or look.label}


@register.inclusion_tag("components/split_bar.html")
def split_bar(segments: Sequence[Mapping[str, Any]], label: Any = "") -> dict[str, Any]:
    """One bar cut into ``{"state", "count"}`` parts with a legend; widths are per cent of the sum."""
    total = sum(segment["count"] for segment in segments) or 1
    parts, start = [], 0.0
    for segment in segments:
        width = 100 * segment["count"] / total
        tone = segment.get("tone") or look_of(segment["state"]).tone
        parts.append(
            {
                **segment,
                "count": f"{segment['count']:,}",
                "start": f"{start:.3f}%",
                "width": f"{width:.3f}%",
                "tone": tone,
            }
        )
        start += width
    return {"parts": parts, "label": label, "total": total}


@register.inclusion_tag("components/table.html")
def table(
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[Any]],
    caption: Any = "",
) -> dict[str, Any]:
    """A table of ``columns`` ``{"label", "numeric"}`` and rows of cells; a cell is a text or a mapping (see README)."""
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, Mapping) else {"text": cell} for cell in row]
        lines.append(list(zip(columns, cells, strict=True)))
    return {"columns": columns, "lines": lines, "caption": caption}


@register.simple_block_tag
def panel(content: str, heading: Any = "", level: int = 2, aside: Any = "") -> str:
    """A framed part of a page."""
    given = {"content": content, "heading": heading, "level": level, "aside": aside}
    return render_to_string("components/panel.html", given)


@register.simple_block_tag
def page_header(content: str, title: Any, lead: Any = "", crumbs: Sequence[Mapping[str, Any]] = ()) -> str:
    """The page's only h1; the content between the tags is its actions."""
    given = {"content": content if content.strip() else "", "title": title, "lead": lead, "crumbs": crumbs}
    return render_to_string("components/page_header.html", given)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: Any = "", role: str = "") -> str:
    """A notice in the page; ``role="alert"`` only for what has just gone wrong."""
    given = {"content": content, "tone": tone, "title": title, "role": role}
    return render_to_string("components/alert.html", given)


@register.simple_block_tag
def confirm(content: str, label: Any, question: Any = "", kind: str = "danger", icon: str = "") -> str:
    """A button that opens its own question in place; the content holds the form that really does it."""
    given = {"content": content, "label": label, "question": question, "kind": kind, "icon": icon}
    return render_to_string("components/confirm.html", given)


@register.simple_block_tag
def more(content: str, label: Any, opened: bool = False) -> str:
    """Detail that most readers do not need, folded away."""
    return render_to_string("components/more.html", {"content": content, "label": label, "opened": opened})
