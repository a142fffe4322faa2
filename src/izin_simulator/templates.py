"""Templates: what a definition expects of a send, how it is listed and created. Pure."""

import re
from typing import Any

import msgspec

from izin_simulator.config import Template
from izin_simulator.errors import GraphError
from izin_simulator.identifiers import template_id

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_CREATION_KEYS = {"name", "language", "category", "components", "parameter_format", "message_send_ttl_seconds"}
BODY_MAX = 1024


def placeholders(text: str) -> list[str]:
    """Return the distinct placeholder names of a template text, in order: `1`, `2` or `first_name`."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def hydrate(text: str, values: dict[str, str]) -> str:
    """Return the text with its placeholders replaced."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


def component(template: Template, kind: str) -> dict[str, Any] | None:
    """Return the definition's component of this kind (HEADER, BODY, FOOTER, BUTTONS), or None."""
    return next((part for part in template.components if str(part.get("type", "")).upper() == kind), None)


def buttons(template: Template) -> list[dict[str, Any]]:
    """Return the definition's buttons in order; a send addresses them by their position."""
    part = component(template, "BUTTONS") or {}
    return [button for button in part.get("buttons", []) if isinstance(button, dict)]


def is_named(template: Template) -> bool:
    """Say whether its parameters have names; without a declared format, the text tells."""
    if template.parameter_format:
        return template.parameter_format == "NAMED"
    texts = [str(part.get("text", "")) for part in template.components]
    return any(not name.isdigit() for text in texts for name in placeholders(text))


def listed(template: Template, fields: set[str]) -> dict[str, Any]:
    """Return the template as `GET …/message_templates` shows it; quality and rejection only when asked for."""
    whole = {
        "name": template.name,
        "parameter_format": "NAMED" if is_named(template) else "POSITIONAL",
        "components": template.components,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "quality_score": {"score": "UNKNOWN"},
        "rejected_reason": "INVALID_FORMAT" if template.status == "REJECTED" else "NONE",
    }
    shown = fields or (whole.keys() - {"quality_score", "rejected_reason"})
    return {key: value for key, value in whole.items() if key in shown} | {
        "id": template_id(template.name, template.language)
    }


def created(body: Any) -> Template:
    """Return the template that a creation request asks for, PENDING. Raises GraphError as Meta would."""
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    for key in ("name", "language", "category", "components"):
        if key not in body:
            raise GraphError(100, f"The parameter {key} is required.")
    for key in body.keys() - _CREATION_KEYS:
        raise GraphError(100, f'Unexpected key "{key}".')
    wanted = {key: body[key] for key in body.keys() - {"message_send_ttl_seconds"}} | {"status": "PENDING"}
    try:
        template = msgspec.convert(wanted, Template)
    except msgspec.ValidationError as error:
        raise GraphError(100, str(error)) from error
    if not _NAME.fullmatch(template.name):
        raise GraphError(100, "A template name has lower-case letters, digits and underscores only, at most 512.")
    text = (component(template, "BODY") or {}).get("text")
    if not isinstance(text, str) or not text:
        raise GraphError(100, "A BODY component with text is required.")
    if len(text) > BODY_MAX:
        raise GraphError(100, f"BODY text is longer than {BODY_MAX} characters.", subcode=2388040)
    stripped = text.strip()
    if stripped.startswith("{{") or stripped.endswith("}}"):
        raise GraphError(100, "Variables can't be at the start or the end of the template.", subcode=2388299)
    return template


class Catalogue:
    """The templates of the business account, by name and language."""

    def __init__(self, templates: tuple[Template, ...]) -> None:
        self._templates = {(t.name, t.language): t for t in templates}

    def find(self, name: str, language: str) -> Template | None:
        """Return the template in exactly this language, or None."""
        return self._templates.get((name, language))

    def put(self, template: Template) -> None:
        """Add it, or replace the one of the same name and language."""
        self._templates[template.name, template.language] = template

    def listing(self, wanted: dict[str, str]) -> list[Template]:
        """Return those whose name, language, status and category equal the wanted ones, oldest first."""
        return [
            t
            for t in self._templates.values()
            if all(
                getattr(t, key) == wanted[key] for key in ("name", "language", "status", "category") if key in wanted
            )
        ]
