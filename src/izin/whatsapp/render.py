"""From a template and one person's values to the bytes that are posted, and to the preview that staff approve.

Pure. ``{{name}}`` and ``{{1}}`` are replaced, and nothing else: there is no expression, no filter, no second round.
Limits are those of Meta's pages "Message templates" and "Send messages".
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

from izin.whatsapp import lenient, optout, wire
from izin.whatsapp.optout import OPT_OUT_FOOTER

__all__ = ["OPT_OUT_FOOTER", "Button", "CannotRender", "MissingValue", "TemplateText", "TooLong", "UnsupportedTemplate"]
__all__ += ["carries_opt_out", "clean", "placeholders", "preview", "render"]

PLACEHOLDER = re.compile(r"\{\{([a-z][a-z0-9_]{0,63}|[1-9][0-9]?)\}\}")
NO_SPACE_OF_OURS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
MANY_SPACES = re.compile(r" {4,}")
NO_PLAIN_TEXT = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\ud800-\udfff]| {4}")
BODY_LIMIT, HEADER_LIMIT, COUPON_LIMIT = 1024, 60, 15
MEDIA = ("image", "video", "document")
# A fixed https host, then a path: a value can never choose where the link leads.
LINK = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?/[^{}]*\{\{[a-z0-9_]+\}\}", re.IGNORECASE)


class CannotRender(ValueError):
    """A message that WhatsApp would refuse. Names the placeholder or the part, never a value."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{type(self).__name__}: {subject}")
        self.subject = subject


class MissingValue(CannotRender):
    """The person has no value for a placeholder, and no fallback was given."""


class TooLong(CannotRender):
    """A value or the finished text exceeds WhatsApp's limit."""


class UnsupportedTemplate(CannotRender):
    """The template has a part that Izin cannot fill: a carousel, a location, a link whose host is a value."""


@dataclass(frozen=True, slots=True)
class Button:
    """``kind`` in lower case as Meta names it: quick_reply, url, phone_number, copy_code …"""

    kind: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateText:
    """One template in one language. ``header_format`` is "text", "image", "video", "document" or another of Meta's."""

    name: str
    language: str
    category: str
    body: str
    header: str | None = None
    header_format: str = "text"
    footer: str | None = None
    buttons: tuple[Button, ...] = ()
    is_named: bool = False
    unsupported: tuple[str, ...] = ()

    @classmethod
    def from_components(
        cls,
        name: str,
        language: str,
        category: str,
        components: Sequence[Mapping[str, Any]],
        *,
        parameter_format: str | None = None,
    ) -> Self:
        """Reads Meta's ``components``. What is unknown is listed in ``unsupported``; nothing raises."""
        parts: dict[str, dict[str, Any]] = {}
        unsupported = []
        for component in components:
            kind = (lenient.text(component.get("type")) or "").casefold()
            if kind in ("header", "body", "footer", "buttons") and kind not in parts:
                parts[kind] = dict(component)
            else:
                unsupported.append(kind)
        body = lenient.text(parts.get("body", {}).get("text")) or ""
        header = parts.get("header")
        names = placeholders(body)
        return cls(
            name=name,
            language=language,
            category=category.upper(),
            body=body,
            header=None if header is None else lenient.text(header.get("text")) or "",
            header_format="text" if header is None else (lenient.text(header.get("format")) or "text").casefold(),
            footer=lenient.text(parts.get("footer", {}).get("text")),
            buttons=tuple(_button(button) for button in lenient.dicts(parts.get("buttons", {}).get("buttons"))),
            is_named=parameter_format == "NAMED" or any(not each.isdigit() for each in names),
            unsupported=tuple(unsupported),
        )

    def needs(self) -> tuple[str, ...]:
        """The keys that ``values`` must hold, each once.

        Those of the body and of a named header as written. A numbered header has ``header.1``, a link's changing end
        and a coupon code ``button.0`` by the button's place, a media header ``header.media`` (an uploaded file's id). A
        document may have a ``header.filename`` beside it, which people see.
        """
        keys = [*placeholders(self.body), *(self._header_key(each) for each in placeholders(self.header or ""))]
        if self.header is not None and self.header_format in MEDIA:
            keys.append("header.media")
        keys += [f"button.{place}" for place, button in enumerate(self.buttons) if _takes_value(button)]
        return tuple(dict.fromkeys(keys))

    def _header_key(self, name: str) -> str:
        return name if self.is_named else f"header.{name}"


def _button(button: Mapping[str, Any]) -> Button:
    kind = (lenient.text(button.get("type")) or "").casefold()
    return Button(kind, lenient.text(button.get("text")) or "", lenient.text(button.get("url")))


def _takes_value(button: Button) -> bool:
    return button.kind == "copy_code" or (button.kind == "url" and "{{" in (button.url or ""))


def placeholders(text: str) -> tuple[str, ...]:
    """The names in ``{{…}}``, each once, in the order WhatsApp counts them: numbers by value, names as they come."""
    names = dict.fromkeys(PLACEHOLDER.findall(text))
    return tuple(sorted(names, key=lambda name: int(name) if name.isdigit() else 0))


def carries_opt_out(template: TemplateText) -> bool:
    """Whether footer, body or a quick-reply button tells in the template's own language how to stop."""
    texts = (template.footer or "", template.body)
    return any(optout.tells(text, template.language) for text in texts) or any(
        _is_way_out(button, template) for button in template.buttons
    )


def _is_way_out(button: Button, template: TemplateText) -> bool:
    return button.kind == "quick_reply" and optout.is_button(button.text, template.language)


def clean(value: str) -> str:
    """A value as WhatsApp takes it: no line break, tab or control character, no run of four or more spaces."""
    if not NO_PLAIN_TEXT.search(value):
        return value.strip(" ")
    return MANY_SPACES.sub(" ", LONE_SURROGATE.sub("", NO_SPACE_OF_OURS.sub(" ", value))).strip()


def render(
    template: TemplateText,
    values: Mapping[str, str],
    *,
    to: str,
    token: str,
    fallbacks: Mapping[str, str] | None = None,
    for_marketing: bool = False,
) -> bytes:
    """The JSON to post for one person. A quick-reply way out brings ``optout:<token>`` back when it is pressed.

    ``for_marketing`` writes it for the Marketing Messages endpoint, with what people press and read not shared with
    Meta: nobody consented to that.

    ``to`` is a number with its ``+``; ``token`` returns in every status as ``biz_opaque_callback_data``. Raises
    MissingValue, TooLong, UnsupportedTemplate, and ``ValueError`` for an address that would not reach its person.
    """
    if template.unsupported:
        raise UnsupportedTemplate(template.unsupported[0])
    value = _values(values, fallbacks or {})
    filename = clean(values.get("header.filename", ""))
    components = [*_header(template, value, filename), *_body(template, value), *_buttons(template, value, token)]
    message = wire.template_message(
        to,
        token,
        name=template.name,
        language=template.language,
        components=components,
        shares_activity=False if for_marketing else None,
    )
    return wire.encode(message)


def preview(template: TemplateText, values: Mapping[str, str]) -> str:
    """The text as its reader sees it: header, body, footer, buttons in brackets; a missing value stays ``{{name}}``."""

    def filled(text: str, key: Callable[[str], str]) -> str:
        return PLACEHOLDER.sub(lambda match: clean(values.get(key(match[1]), "")) or match[0], text)

    media = [f"[{template.header_format}]"] if template.header is not None and template.header_format != "text" else []
    parts = [
        *media,
        filled(template.header or "", template._header_key),
        filled(template.body, str),
        template.footer or "",
        " ".join(f"[{button.text}]" for button in template.buttons),
    ]
    return "\n".join(part for part in parts if part)


def _values(values: Mapping[str, str], fallbacks: Mapping[str, str]) -> Callable[[str], str]:
    def value(key: str) -> str:
        found = clean(values.get(key, "")) or clean(fallbacks.get(key, ""))
        if not found:
            raise MissingValue(key)
        if len(found) > BODY_LIMIT:
            raise TooLong(key)
        return found

    return value


def _texts(names: Iterable[str], template: TemplateText, value: Callable[[str], str]) -> tuple[wire.Parameter, ...]:
    if template.is_named:
        return tuple(wire.Parameter("text", parameter_name=name, text=value(name)) for name in names)
    return tuple(wire.Parameter("text", text=value(name)) for name in names)


def _body(template: TemplateText, value: Callable[[str], str]) -> list[wire.Component]:
    names = placeholders(template.body)
    if len(PLACEHOLDER.sub(lambda match: value(match[1]), template.body)) > BODY_LIMIT:
        raise TooLong("body")
    return [wire.Component("body", _texts(names, template, value))] if names else []


def _header(template: TemplateText, value: Callable[[str], str], filename: str) -> list[wire.Component]:
    if template.header is None:
        return []
    if template.header_format in MEDIA:
        file = wire.media_parameter(template.header_format, value("header.media"), filename)
        return [wire.Component("header", (file,))]
    if template.header_format != "text":
        raise UnsupportedTemplate(f"header {template.header_format}")
    names = placeholders(template.header)
    if not names:
        return []

    def of_header(name: str) -> str:
        return value(template._header_key(name))

    if len(PLACEHOLDER.sub(lambda match: of_header(match[1]), template.header)) > HEADER_LIMIT:
        raise TooLong("header")
    return [wire.Component("header", _texts(names, template, of_header))]


def _buttons(template: TemplateText, value: Callable[[str], str], token: str) -> list[wire.Component]:
    components = []
    for place, button in enumerate(template.buttons):
        parameter = None
        if _is_way_out(button, template):
            parameter = wire.Parameter("payload", payload=f"optout:{token}")
        elif button.kind == "copy_code":
            code = value(f"button.{place}")
            if len(code) > COUPON_LIMIT:
                raise TooLong(f"button.{place}")
            parameter = wire.Parameter("coupon_code", coupon_code=code)
        elif _takes_value(button):
            if not LINK.fullmatch(button.url or ""):
                raise UnsupportedTemplate(f"button.{place}")
            parameter = wire.Parameter("text", text=quote(value(f"button.{place}").lstrip("/"), safe="/"))
        if parameter is not None:
            components.append(wire.Component("button", (parameter,), sub_type=button.kind, index=str(place)))
    return components
