"""The checks of a send request, in Meta's words. Pure."""

from dataclasses import dataclass
from typing import Any

from izin_simulator.config import PhoneNumber, Template
from izin_simulator.errors import GraphError
from izin_simulator.identifiers import digits_of
from izin_simulator.parameters import check_components
from izin_simulator.templates import Catalogue

TEXT_MAX = 4096
CALLBACK_DATA_MAX = 512

_MEDIA = {"image", "video", "audio", "document", "sticker"}
_TYPES = _MEDIA | {"text", "template", "location", "contacts", "interactive", "reaction"}
_ENVELOPE = {
    "messaging_product": str,
    "recipient_type": str,
    "to": str,
    "type": str,
    "context": dict,
    "biz_opaque_callback_data": str,
    "recipient_identity_key_hash": str,
    "messaging_account_id": str,
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A send request that passed. `to` is digits; `written_to` is what the caller wrote."""

    to: str
    written_to: str
    token: str | None
    template: Template | None
    text: str | None

    @property
    def category(self) -> str:
        """Return the pricing category of the message."""
        return self.template.category.lower() if self.template else "service"


def check_send(body: Any, number: PhoneNumber, catalogue: Catalogue) -> Outgoing:
    """Return the message that the request asks for, or raise GraphError with the code that Meta would answer."""
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    kind = _check_envelope(body)
    to = digits_of(body["to"], number.country_code)
    if to is None:
        raise GraphError(131009, "to is not a phone number.")
    if to == number.digits:
        raise GraphError(131021, "The recipient is the business number itself.")
    content = body.get(kind)
    if content is None:
        raise GraphError(131008, f"The parameter {kind} is required.")
    if kind == "contacts" and isinstance(content, list):
        content = {"contacts": content}
    if not isinstance(content, dict):
        raise GraphError(131009, f"{kind} has the wrong JSON type.")
    template = _check_template(content, catalogue) if kind == "template" else None
    text = _check_text(content) if kind == "text" else None
    if kind in _MEDIA and not (content.get("id") or content.get("link")):
        raise GraphError(131008, f"{kind} needs an id or a link.")
    return Outgoing(to, body["to"], body.get("biz_opaque_callback_data"), template, text)


def _check_envelope(body: dict[str, Any]) -> str:
    """Check the keys around the content; return the message type."""
    for key in ("messaging_product", "to"):
        if key not in body:
            raise GraphError(100, f"The parameter {key} is required.")
    kind = body.get("type", "text")
    if not isinstance(kind, str) or kind not in _TYPES:
        raise GraphError(131051, "Message type is not supported.")
    for key, value in body.items():
        if key == kind:
            continue
        if key not in _ENVELOPE:
            raise GraphError(100, f'Unexpected key "{key}".')
        if not isinstance(value, _ENVELOPE[key]):
            raise GraphError(131009, f"{key} has the wrong JSON type.")
    if body["messaging_product"] != "whatsapp":
        raise GraphError(100, "Param messaging_product must be one of {whatsapp}.")
    if body.get("recipient_type", "individual") != "individual":
        raise GraphError(131009, "recipient_type must be individual.")
    if len(body.get("biz_opaque_callback_data", "")) > CALLBACK_DATA_MAX:
        raise GraphError(131009, f"biz_opaque_callback_data is longer than {CALLBACK_DATA_MAX} characters.")
    if "context" in body and not isinstance(body["context"].get("message_id"), str):
        raise GraphError(131008, "context needs a message_id.")
    return kind


def _check_text(text: dict[str, Any]) -> str:
    for key in text.keys() - {"body", "preview_url"}:
        raise GraphError(100, f'Unexpected key "{key}" on param "text".')
    body = text.get("body")
    if body is None or body == "":
        raise GraphError(131008, "text needs a body.")
    if not isinstance(body, str) or len(body) > TEXT_MAX:
        raise GraphError(131009, f"text.body must be a string of at most {TEXT_MAX} characters.")
    return body


def _check_template(sent: dict[str, Any], catalogue: Catalogue) -> Template:
    for key in sent.keys() - {"name", "language", "components"}:
        raise GraphError(100, f'Unexpected key "{key}" on param "template".')
    name, language = sent.get("name"), sent.get("language")
    if not name or not language:
        raise GraphError(131008, "template needs a name and a language.")
    if not isinstance(name, str) or not isinstance(language, dict) or language.keys() - {"code", "policy"}:
        raise GraphError(131009, "template.name is a string and template.language an object with a code.")
    code = language.get("code")
    if not isinstance(code, str):
        raise GraphError(131008, "template.language needs a code.")
    template = catalogue.find(name, code)
    if template is not None and template.status == "PAUSED":
        raise GraphError(132015, f"template ({name}) is paused because of its quality")
    if template is not None and template.status == "DISABLED":
        raise GraphError(132016, f"template ({name}) is disabled")
    if template is None or template.status != "APPROVED":
        raise GraphError(132001, f"template name ({name}) does not exist in {code}")
    check_components(template, sent.get("components", []))
    return template
