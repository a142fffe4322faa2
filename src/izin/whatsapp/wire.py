"""The bytes of the WhatsApp Cloud API, both ways: what we post, what Meta answers, what its webhooks say.

Pure. Follows Meta's pages "Send messages", "Error codes", "Create a webhook endpoint" and "Business-scoped user IDs".
Numbers, texts and message ids (a wamid holds the number in base64) never show in a ``repr``.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from izin.whatsapp import lenient
from izin.whatsapp.lenient import Hidden, Poison
from izin.whatsapp.webhook import (
    NUMBER,
    USER_ID,
    InboundMessage,
    Other,
    Preference,
    Status,
    Webhook,
    may_speak,
    read_webhook,
    signature,
    signature_is_valid,
)

__all__ = [
    "Accepted",
    "Component",
    "InboundMessage",
    "Media",
    "Other",
    "Outgoing",
    "Parameter",
    "Poison",
    "Preference",
    "ReadMark",
    "Refused",
    "Status",
    "Webhook",
    "encode",
    "may_speak",
    "media_parameter",
    "read_answer",
    "read_webhook",
    "signature",
    "signature_is_valid",
    "template_message",
    "text_message",
]


# --- what we post -----------------------------------------------------------------------------------------------------


class Media(Hidden, frozen=True):
    id: str
    filename: str | UnsetType = UNSET


class Parameter(Hidden, frozen=True):
    """One value of a template. ``parameter_name`` only in templates with named parameters, where it is required."""

    type: str
    parameter_name: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    payload: str | UnsetType = UNSET
    coupon_code: str | UnsetType = UNSET
    image: Media | UnsetType = UNSET
    video: Media | UnsetType = UNSET
    document: Media | UnsetType = UNSET


def media_parameter(kind: str, media_id: str, filename: str = "") -> Parameter:
    """The value of a header that is an image, a video or a document: the id of a file that was uploaded before.

    A document's ``filename`` is what its reader sees; the other kinds have none.
    """
    shown = filename if filename and kind == "document" else UNSET
    media: dict[str, Any] = {kind: Media(media_id, shown)}
    return Parameter(kind, **media)


class Component(Hidden, frozen=True):
    """The values of one part of a template; ``index`` is the button's place among all buttons, from "0"."""

    type: str
    parameters: tuple[Parameter, ...]
    sub_type: str | UnsetType = UNSET
    index: str | UnsetType = UNSET


class Language(Struct, frozen=True):
    code: str


class Template(Hidden, frozen=True):
    name: str
    language: Language
    components: tuple[Component, ...] | UnsetType = UNSET


class Text(Hidden, frozen=True):
    body: str
    preview_url: bool = False


class Context(Hidden, frozen=True):
    message_id: str


class Outgoing(Hidden, frozen=True, tag_field="messaging_product", tag="whatsapp"):
    """The body of ``POST /{version}/{phone_number_id}/messages``; exactly one of ``to`` and ``recipient`` is set."""

    type: str
    to: str | UnsetType = UNSET
    recipient: str | UnsetType = UNSET
    recipient_type: str = "individual"
    template: Template | UnsetType = UNSET
    text: Text | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    biz_opaque_callback_data: str | UnsetType = UNSET
    message_activity_sharing: bool | UnsetType = UNSET


class ReadMark(Hidden, frozen=True, tag_field="messaging_product", tag="whatsapp"):
    message_id: str
    status: str = "read"


def template_message(
    to: str,
    token: str,
    *,
    name: str,
    language: str,
    components: Sequence[Component] = (),
    shares_activity: bool | None = None,
) -> Outgoing:
    """A template message for one person, who is a number with its ``+`` or a business-scoped user id.

    ``shares_activity`` belongs to the Marketing Messages endpoint only: whether Meta learns who reads and presses.
    """
    filled = tuple(components) or UNSET
    sharing = UNSET if shares_activity is None else shares_activity
    template = Template(name, Language(language), filled)
    return _addressed(to, token, "template", template=template, message_activity_sharing=sharing)


def text_message(to: str, body: str, *, token: str | None = None, answers: str | None = None) -> Outgoing:
    """A free text, which WhatsApp takes only within 24 hours of the person's own message (else 131047).

    ``answers`` is the id of the message that is quoted. Raises ``ValueError`` beyond 4,096 characters.
    """
    if not 0 < len(body) <= 4096:
        raise ValueError("A text message has 1 to 4,096 characters.")
    quoted = Context(answers) if answers else UNSET
    return _addressed(to, token, "text", text=Text(body), context=quoted)


def _addressed(to: str, token: str | None, kind: str, **content: Any) -> Outgoing:
    if token is not None and not 0 < len(token) <= 512:
        raise ValueError("The token that WhatsApp echoes has 1 to 512 characters.")
    echoed = UNSET if token is None else token
    if NUMBER.fullmatch(to):
        return Outgoing(kind, to=to, biz_opaque_callback_data=echoed, **content)
    if USER_ID.fullmatch(to):
        return Outgoing(kind, recipient=to, biz_opaque_callback_data=echoed, **content)
    # Without the + WhatsApp may put the business's own country code in front: a stranger would get the message.
    raise ValueError("A message goes to a number that begins with + or to a business-scoped user id.")


def encode(message: Outgoing | ReadMark) -> bytes:
    """The JSON to post."""
    return msgspec.json.encode(message)


# --- what Meta answers ------------------------------------------------------------------------------------------------


class Accepted(Hidden, frozen=True):
    """WhatsApp took the message over. Not yet delivered: that is a later status."""

    message_id: str
    wa_id: str | None = None
    user_id: str | None = None
    message_status: str | None = None


class Refused(Hidden, frozen=True):
    """Meta's error object. ``details`` may quote what we sent, so it stays out of the ``repr``."""

    code: int | None
    subcode: int | None = None
    kind: str | None = None
    trace_id: str | None = None
    details: str | None = None

    def __repr__(self) -> str:
        return f"<Refused {self.code}>"


def read_answer(raw: bytes) -> Accepted | Refused | None:
    """What the answer to a send says; None when it is not Meta's JSON or names no message, so that nothing is known."""
    try:
        answer = lenient.decode(raw)
    except Poison:
        return None
    if not isinstance(answer, dict):
        return None
    error = answer.get("error")
    if isinstance(error, dict):
        data = lenient.mapping(error.get("error_data"))
        return Refused(
            code=lenient.whole(error.get("code")),
            subcode=lenient.whole(error.get("error_subcode")),
            kind=lenient.text(error.get("type")),
            trace_id=lenient.text(error.get("fbtrace_id")),
            details=lenient.text(data.get("details")) or lenient.text(error.get("message")),
        )
    message = next(lenient.dicts(answer.get("messages")), {})
    person = next(lenient.dicts(answer.get("contacts")), {})
    message_id = lenient.text(message.get("id"))
    if message_id is None:
        return None
    return Accepted(
        message_id,
        lenient.text(person.get("wa_id")),
        lenient.text(person.get("user_id")),
        lenient.text(message.get("message_status")),
    )
