"""Templates on the pages: a row of the list, one language of a template, and the message as its readers see it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from izin.staff.chat_text import as_chat
from izin.staff.compose_form import shown as filled_in
from izin.staff.compose_form import text_of
from izin.staff.template_words import CATEGORIES, reason_in_words
from izin.staff.wordings import LANGUAGE_NAMES
from izin.whatsapp.models import Template
from izin.whatsapp.render import TemplateText, carries_opt_out

LOOKS = ("light", "dark")


def columns() -> list[dict[str, Any]]:
    """Of the list."""
    labels = (_("Template"), _("Language"), _("At WhatsApp"), _("Quality"), _("Category"))
    return [{"label": label} for label in labels]


def row(slug: str, one: Template) -> list[Any]:
    """One language of one template."""
    return [
        {"text": one.name, "href": reverse("staff:template", args=[slug, one.id])},
        _language(one.language),
        _state(one),
        _quality(one),
        {"text": _category(one)},
    ]


def variant(one: Template) -> dict[str, Any]:
    """One language of a template: what Meta says of it, and how it looks."""
    text = text_of(one)
    facts: list[dict[str, Any]] = [
        {"label": _("At WhatsApp"), **_state(one)},
        {"label": _("Quality"), **_quality(one)},
        {"label": _("Category"), "text": _category(one)},
        {"label": _("Tells how to stop"), "text": _("yes") if carries_opt_out(text) else _("no")},
    ]
    if one.told_at:
        facts.append({"label": _("Last word of WhatsApp"), "time": one.told_at})
    return {"language": _language(one.language), "facts": facts, "advice": one.advice, "preview": shown(text, {})}


def shown(text: TemplateText, examples: Mapping[str, str]) -> dict[str, Any]:
    """One message taken apart for ``components/whatsapp_preview.html``, with WhatsApp's own signs as markup."""
    parts = filled_in(text, dict(examples))
    return parts | {
        "tongue": _language(text.language),
        "body": as_chat(parts["body"]),
        "kinds": [{"text": button.text, "is_link": button.kind == "url"} for button in text.buttons],
        "looks": LOOKS,
    }


def _state(one: Template) -> dict[str, Any]:
    look = "submitted" if one.status == Template.Status.PENDING else one.status.lower()
    return {"state": look, "note": reason_in_words(one.reason) if one.reason else ""}


def _quality(one: Template) -> dict[str, Any]:
    return {"state": one.quality.lower() if one.quality in ("GREEN", "YELLOW", "RED") else "unrated"}


def _category(one: Template) -> str:
    return str(CATEGORIES.get(one.category, one.category.lower()))


def _language(code: str) -> str:
    return LANGUAGE_NAMES.get(code, code)
