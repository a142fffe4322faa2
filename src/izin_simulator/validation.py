"""The checks of a send request, in Meta's words. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from izin_simulator.config import PhoneNumber, Template
from izin_simulator.content import MEDIA, check_content, quick_replies
from izin_simulator.errors import GraphError
from izin_simulator.identifiers import digits_of, is_user_id
from izin_simulator.parameters import check_components, media_ids
from izin_simulator.regions import wa_id_of
from izin_simulator.templates import Catalogue, buttons

CALLBACK_DATA_MAX = 512

_TYPES = MEDIA | {"text", "template", "location", "contacts", "interactive", "reaction"}
_ENVELOPE: dict[str, type] = {
    "messaging_product": str,
    "recipient_type": str,
    "to": str,
    "recipient": str,
    "type": str,
    "context": dict,
    "biz_opaque_callback_data": str,
    "recipient_identity_key_hash": str,
    "messaging_account_id": str,
}
_MARKETING_ENVELOPE: dict[str, type] = _ENVELOPE | {
    "product_policy": str,
    "message_activity_sharing": bool,
    "bid_spec": dict,
}
_POLICIES = ("CLOUD_API_FALLBACK", "STRICT")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A send request that passed.

    `to` is digits as dialled and `wa_id` WhatsApp's id of them; `user_id` is set instead of `written_to` when the
    caller wrote to a business-scoped user id.
    """

    to: str
    wa_id: str
    written_to: str | None
    user_id: str | None
    token: str | None
    kind: str
    content: dict[str, Any]
    template: Template | None = None
    marketing_endpoint: bool = False
    strict: bool = False
    media: list[str] = field(default_factory=list)

    @property
    def category(self) -> str:
        """Return the pricing category of the message."""
        if self.template is None:
            return "service"
        return "marketing_lite" if self.marketing_endpoint else self.template.category.lower()

    @property
    def is_marketing(self) -> bool:
        """Say whether WhatsApp's restraints on marketing hold for it."""
        return self.template is not None and self.template.category == "MARKETING"

    @property
    def quick_replies(self) -> list[str]:
        """Return the texts of the buttons that a person may press."""
        if self.template is not None:
            return [str(b.get("text", "")) for b in buttons(self.template) if b.get("type") == "QUICK_REPLY"]
        return [title for _, title in quick_replies(self.content)] if self.kind == "interactive" else []


def check_send(
    body: Any,
    number: PhoneNumber,
    catalogue: Catalogue,
    person_of: Callable[[str], str | None] = lambda user_id: None,
    *,
    marketing_endpoint: bool = False,
) -> Outgoing:
    """Return the message that the request asks for, or raise GraphError with the code that Meta would answer.

    `person_of` gives the digits of a business-scoped user id, or None for one that is not of this portfolio.
    """
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    kind = _check_envelope(body, _MARKETING_ENVELOPE if marketing_endpoint else _ENVELOPE)
    if marketing_endpoint and kind != "template":
        raise GraphError(100, "Message must be a template message.")
    to, user_id = _recipient(body, number, person_of)
    content = body.get(kind)
    if content is None:
        raise GraphError(131008, f"The parameter {kind} is required.")
    if kind == "contacts" and isinstance(content, list):
        content = {"contacts": content}
    if not isinstance(content, dict):
        raise GraphError(131009, f"{kind} has the wrong JSON type.")
    template: Template | None = None
    media: list[str] = []
    if kind == "template":
        template = _check_template(content, catalogue)
        media = media_ids(content.get("components", []))
    else:
        check_content(kind, content)
        if kind in MEDIA and content.get("id"):
            media = [str(content["id"])]
    return Outgoing(
        to,
        wa_id_of(to),
        None if user_id else body["to"],
        user_id,
        body.get("biz_opaque_callback_data"),
        kind,
        content,
        template,
        marketing_endpoint,
        body.get("product_policy") == "STRICT",
        media,
    )


def _recipient(
    body: dict[str, Any], number: PhoneNumber, person_of: Callable[[str], str | None]
) -> tuple[str, str | None]:
    """Return digits, and the user id if the message is addressed to one; `to` wins where both are given."""
    if "to" in body:
        to = digits_of(body["to"], number.country_code)
        if to is None:
            raise GraphError(131009, "to is not a phone number.")
        if to == number.digits:
            raise GraphError(131021, "The recipient is the business number itself.")
        return to, None
    user_id = body["recipient"]
    if not is_user_id(user_id):
        raise GraphError(131009, "recipient is not a business-scoped user ID.")
    to = person_of(user_id)
    if to is None:
        raise GraphError(131026, "The user ID is not one of this business portfolio.")
    return to, user_id


def _check_envelope(body: dict[str, Any], keys: dict[str, type]) -> str:
    """Check the keys around the content; return the message type."""
    if "messaging_product" not in body:
        raise GraphError(100, "The parameter messaging_product is required.")
    if "to" not in body and "recipient" not in body:
        raise GraphError(100, "The parameter to is required.")
    kind = body.get("type", "text")
    if not isinstance(kind, str) or kind not in _TYPES:
        raise GraphError(131051, "Message type is not supported.")
    for key, value in body.items():
        if key == kind:
            continue
        if key not in keys:
            raise GraphError(100, f'Unexpected key "{key}".')
        if not isinstance(value, keys[key]):
            raise GraphError(131009, f"{key} has the wrong JSON type.")
    if body["messaging_product"] != "whatsapp":
        raise GraphError(100, "Param messaging_product must be one of {whatsapp}.")
    if body.get("recipient_type", "individual") != "individual":
        raise GraphError(131009, "recipient_type must be individual.")
    if body.get("product_policy", "STRICT") not in _POLICIES:
        raise GraphError(100, "Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}.")
    if len(body.get("biz_opaque_callback_data", "")) > CALLBACK_DATA_MAX:
        raise GraphError(131009, f"biz_opaque_callback_data is longer than {CALLBACK_DATA_MAX} characters.")
    if "context" in body and not isinstance(body["context"].get("message_id"), str):
        raise GraphError(131008, "context needs a message_id.")
    return kind


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
    check_components(catalogue.expectation(template), sent.get("components", []))
    return template
