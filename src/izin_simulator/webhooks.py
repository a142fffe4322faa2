"""Webhook payloads and their signature. Pure; the courier carries them.

Shapes follow real traffic of September 2026: contacts of a status have no profile, a failed status has neither
contacts nor `recipient_user_id`, and `pricing` comes with sent, delivered and read.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from izin_simulator.errors import FAILURE_DETAILS, title_of

Json = dict[str, Any]


@dataclass(slots=True)
class Update:
    """One thing to tell. `ack` is what the log gets once the webhook that carried it was answered 200.

    `listed` is the key of `value` under which `body` is put (statuses, messages, user_preferences); without one,
    `body` is the whole value.
    """

    field: str
    body: Json
    ack: Json
    listed: str | None = None
    metadata: Json | None = None
    contact: Json | None = None
    attempts: int = 0


def encode(payload: Json) -> bytes:
    """Return the bytes as Meta sends them: compact JSON, other characters as lower-case `\\uXXXX`."""
    return json.dumps(payload, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def signature(app_secret: str, body: bytes) -> str:
    """Return the value of the `X-Hub-Signature-256` header over exactly these bytes."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def envelope(business_account_id: str, updates: Sequence[Update], *, grouped: bool, at: float) -> Json:
    """Return one payload with all updates.

    `grouped` puts updates of one business number and kind into one change; otherwise each has its own. Meta does
    both. Account fields stand in an entry of their own, which alone has a `time`.
    """
    changes: dict[object, Json] = {}
    entries: list[Json] = []
    for update in updates:
        if update.listed is None:
            change = {"field": update.field, "value": update.body}
            entries.append({"id": business_account_id, "time": int(at), "changes": [change]})
            continue
        number = (update.metadata or {}).get("phone_number_id")
        key: object = (update.listed, number, update.contact is None) if grouped else id(update)
        if key not in changes:
            changes[key] = {"field": update.field, "value": _empty_value(update)}
        _add(changes[key]["value"], update)
    if changes:
        entries.insert(0, {"id": business_account_id, "changes": list(changes.values())})
    return {"object": "whatsapp_business_account", "entry": entries}


def _empty_value(update: Update) -> Json:
    value: Json = {"messaging_product": "whatsapp", "metadata": update.metadata}
    if update.contact is not None:
        value["contacts"] = []
    value[str(update.listed)] = []
    return value


def _add(value: Json, update: Update) -> None:
    if update.contact is not None and update.contact not in value["contacts"]:
        value["contacts"].append(update.contact)
    value[str(update.listed)].append(update.body)


def pricing(category: str, *, free: bool) -> Json:
    """Return the billing record of a status."""
    kind = "free_customer_service" if free else "regular"
    return {"billable": not free, "pricing_model": "PMP", "type": kind, "category": category}


def status_body(wamid: str, status: str, at: float, to: str, token: str | None) -> Json:
    """Return the part of a status that all statuses have. `to` is digits."""
    body: Json = {"id": wamid, "status": status, "timestamp": str(int(at)), "recipient_id": to}
    if token is not None:
        body["biz_opaque_callback_data"] = token
    return body


def failure(code: int) -> Json:
    """Return one element of a failed status' `errors`."""
    title = title_of(code)
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": FAILURE_DETAILS.get(code, title)},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    }


def inbound_body(reply: Json, user_id: str, business_digits: str) -> Json:
    """Return the message of a person, from its log record: a text, or the press of a template's quick-reply button."""
    body: Json = {
        "id": reply["wamid"],
        "from": reply["from"].removeprefix("+"),
        "from_user_id": user_id,
        "timestamp": str(int(reply["at"])),
    }
    if reply.get("button_text") is None:
        return body | {"type": "text", "text": {"body": reply["text"]}}
    if reply.get("answers"):
        body["context"] = {"from": business_digits, "id": reply["answers"]}
    # Without a payload of its own, the button's text is its payload.
    button = {"payload": reply.get("button_payload") or reply["button_text"], "text": reply["button_text"]}
    return body | {"type": "button", "button": button}


def preference_body(reply: Json, user_id: str) -> Json:
    """Return one `user_preferences` element; its timestamp is a number, unlike everywhere else."""
    value = reply["user_preferences"]
    return {
        "wa_id": reply["from"].removeprefix("+"),
        "user_id": user_id,
        "detail": f"User requested to {value} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": int(reply["at"]),
    }


def template_status_body(name: str, language: str, category: str, status: str, template_id: str) -> Json:
    """Return the value of `message_template_status_update`: hyphen in the language, integer id, unlike in REST."""
    return {
        "event": status,
        "message_template_id": int(template_id),
        "message_template_name": name,
        "message_template_language": language.replace("_", "-"),
        "reason": "INVALID_FORMAT" if status == "REJECTED" else "NONE",
        "message_template_category": category,
    }


def acknowledged(updates: Iterable[Update], at: float) -> list[Json]:
    """Return the log records that say that these were answered 200 at this time (epoch seconds)."""
    return [{"at": at, **update.ack} for update in updates]
