"""Templates: what a definition expects of a send, how it is listed and created. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from izin_simulator.config import Template
from izin_simulator.errors import GraphError
from izin_simulator.identifiers import template_id

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ADJACENT = re.compile(r"\}\}\s*\{\{")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2,4})?")
_CREATION_KEYS = {"name", "language", "category", "components", "parameter_format", "message_send_ttl_seconds"}
_IGNORED_KEYS = {"message_send_ttl_seconds"}
_EDIT_KEYS = {"components", "category", "message_send_ttl_seconds", "parameter_format"}
_EDITABLE = {"APPROVED", "REJECTED", "PAUSED"}
BODY_MAX = 1024
SHORT_MAX = 60
BUTTONS_MAX = 10
BUTTON_TEXT_MAX = 25
_BUTTONS_OF_A_KIND = {"URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1}


@lru_cache(4096)
def placeholders(text: str) -> tuple[str, ...]:
    """Return the distinct placeholder names of a template text, in order: `1`, `2` or `first_name`."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


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


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a send of this template has to bring, worked out once."""

    named: bool
    header_format: str
    header_names: tuple[str, ...]
    body: str
    body_names: tuple[str, ...]
    buttons: list[dict[str, Any]]


def expectation(template: Template) -> Expectation:
    """Return what a send of the template has to bring."""
    header = component(template, "HEADER") or {}
    body = str((component(template, "BODY") or {}).get("text", ""))
    return Expectation(
        is_named(template),
        str(header.get("format", "TEXT")).upper(),
        placeholders(str(header.get("text", ""))),
        body,
        placeholders(body),
        buttons(template),
    )


def listed(template: Template, fields: set[str], rated_at: float) -> dict[str, Any]:
    """Return the template as `GET …/message_templates` shows it; quality and rejection only when asked for."""
    whole = {
        "name": template.name,
        "parameter_format": "NAMED" if is_named(template) else "POSITIONAL",
        "components": template.components,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "quality_score": {"score": template.quality, "date": int(rated_at)},
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
    template = _converted({key: body[key] for key in body.keys() - _IGNORED_KEYS} | {"status": "PENDING"})
    if not _NAME.fullmatch(template.name):
        raise GraphError(100, "A template name has lower-case letters, digits and underscores only, at most 512.")
    if not _LANGUAGE.fullmatch(template.language):
        raise GraphError(100, "Param language must be a language code as en_US.")
    _check_definition(template)
    return template


def edited(template: Template, body: Any) -> Template:
    """Return the template after an edit: PENDING again. Raises GraphError as Meta would."""
    if not isinstance(body, dict) or not body:
        raise GraphError(100, "The body must be a JSON object.")
    for key in body.keys() - _EDIT_KEYS:
        raise GraphError(100, f'Unexpected key "{key}".')
    if template.status not in _EDITABLE:
        raise GraphError(
            100, subcode=2388039, user_message="A template can be edited while it is approved, rejected or paused."
        )
    if template.status == "APPROVED" and body.get("category", template.category) != template.category:
        raise GraphError(100, "The category of an approved template cannot be changed.")
    whole = msgspec.to_builtins(template) | {key: body[key] for key in body.keys() - _IGNORED_KEYS}
    template = _converted(whole | {"status": "PENDING"})
    _check_definition(template)
    return template


def _converted(whole: dict[str, Any]) -> Template:
    try:
        return msgspec.convert(whole, Template)
    except msgspec.ValidationError as error:
        raise GraphError(100, str(error)) from error


def _check_definition(template: Template) -> None:
    text = (component(template, "BODY") or {}).get("text")
    if not isinstance(text, str) or not text:
        raise GraphError(100, "A BODY component with text is required.")
    if len(text) > BODY_MAX:
        raise _refused(2388040, f"BODY text is longer than {BODY_MAX} characters.")
    stripped = text.strip()
    if stripped.startswith("{{") or stripped.endswith("}}"):
        raise _refused(2388299, "Variables can't be at the start or the end of the template.")
    if _ADJACENT.search(text):
        raise _refused(2388299, "Variables can't be placed next to each other.")
    for kind, subcode in (("HEADER", 2388047), ("FOOTER", 2388073)):
        short = (component(template, kind) or {}).get("text", "")
        if not isinstance(short, str) or len(short) > SHORT_MAX:
            raise _refused(subcode, f"{kind} text is longer than {SHORT_MAX} characters.")
    if placeholders(str((component(template, "FOOTER") or {}).get("text", ""))):
        raise _refused(2388073, "A FOOTER has no variables.")
    _check_buttons(buttons(template))


def _check_buttons(given: list[dict[str, Any]]) -> None:
    if len(given) > BUTTONS_MAX:
        raise GraphError(100, f"A template has at most {BUTTONS_MAX} buttons.")
    for kind, most in _BUTTONS_OF_A_KIND.items():
        if sum(button.get("type") == kind for button in given) > most:
            raise GraphError(100, f"A template has at most {most} buttons of type {kind}.")
    for button in given:
        text = button.get("text", "")
        if not isinstance(text, str) or len(text) > BUTTON_TEXT_MAX:
            raise GraphError(100, f"The text of a button has at most {BUTTON_TEXT_MAX} characters.")


def _refused(subcode: int, why: str) -> GraphError:
    return GraphError(100, why, subcode=subcode, user_message=why)


class Catalogue:
    """The templates of the business account, by name and language."""

    def __init__(self, templates: tuple[Template, ...]) -> None:
        self._templates = {(t.name, t.language): t for t in templates}
        self._expectations: dict[tuple[str, str], Expectation] = {}

    def find(self, name: str, language: str) -> Template | None:
        """Return the template in exactly this language, or None."""
        return self._templates.get((name, language))

    def expectation(self, template: Template) -> Expectation:
        """Return what a send of one of these templates has to bring."""
        key = (template.name, template.language)
        known = self._expectations.get(key)
        if known is None:
            known = self._expectations[key] = expectation(template)
        return known

    def by_id(self, wanted: str) -> Template | None:
        """Return the template with this id, or None."""
        return next((t for t in self._templates.values() if template_id(t.name, t.language) == wanted), None)

    def languages_of(self, name: str) -> list[Template]:
        """Return the template in all its languages."""
        return [t for t in self._templates.values() if t.name == name]

    def remove(self, name: str, language: str) -> None:
        """Forget the template in this language."""
        self._templates.pop((name, language), None)
        self._expectations.pop((name, language), None)

    def put(self, template: Template) -> None:
        """Add it, or replace the one of the same name and language."""
        self._templates[template.name, template.language] = template
        self._expectations.pop((template.name, template.language), None)

    def listing(self, wanted: dict[str, str]) -> list[Template]:
        """Return those whose name, language, status and category equal the wanted ones, oldest first."""
        return [
            t
            for t in self._templates.values()
            if all(
                getattr(t, key) == wanted[key] for key in ("name", "language", "status", "category") if key in wanted
            )
        ]
