"""What stands in webhooks: statuses, people's messages, preferences, changed numbers, notices about the account. Pure.

Shapes follow real traffic of September 2026: contacts of a status have no profile, a failed status has neither
contacts nor `recipient_user_id`, and `pricing` comes with sent, delivered and read.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from izin_simulator.config import Template
from izin_simulator.errors import details_of, title_of
from izin_simulator.identifiers import template_id
from izin_simulator.webhooks import encode

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as webhooks show one: without number if it is hidden, with a username where there is one."""

    wa_id: str | None
    user_id: str
    username: str | None = None

    def contact(self, name: str | None) -> str:
        """Return an element of `contacts`; a profile only where there is something to show."""
        shown = f'"user_id":"{self.user_id}"'
        if self.wa_id is not None:
            shown = f'"wa_id":"{self.wa_id}",{shown}'
        profile = {key: value for key, value in (("name", name), ("username", self.username)) if value is not None}
        return f'{{{shown},"profile":{encode(profile)}}}' if profile else f"{{{shown}}}"


@lru_cache(256)
def pricing(category: str, *, free: bool) -> str:
    """Return the billing record of a status."""
    kind = "free_customer_service" if free else "regular"
    return encode({"billable": not free, "pricing_model": "PMP", "type": kind, "category": category})


def status(wamid: str, name: str, at: float, tail: str) -> str:
    """Return the element of `statuses` for sent, delivered or read."""
    return f'{{"id":"{wamid}","status":"{name}","timestamp":"{int(at)}",{tail}}}'


def tail_of_status(person: Person, token: str | None, category: str, *, free: bool, priced: bool = True) -> str:
    """Return what the statuses of one message have in common behind the timestamp."""
    parts = [f'"recipient_id":"{person.wa_id}"'] if person.wa_id is not None else []
    parts.append(f'"recipient_user_id":"{person.user_id}"')
    if priced:
        parts.append(f'"pricing":{pricing(category, free=free)}')
    if token is not None:
        parts.append(f'"biz_opaque_callback_data":{encode(token)}')
    return ",".join(parts)


def failed_status(wamid: str, at: float, wa_id: str | None, token: str | None, code: int) -> str:
    """Return the element of `statuses` for a failure; one sent to a user id names no number."""
    body: Json = {"id": wamid, "status": "failed", "timestamp": str(int(at))}
    if wa_id is not None:
        body["recipient_id"] = wa_id
    if token is not None:
        body["biz_opaque_callback_data"] = token
    return encode(body | {"errors": [failure(code)]})


def conversation(wamid: str, name: str, at: float, category: str) -> str:
    """Return what statuses have up to version 23: an id that belongs to the one message; only `sent` has its end."""
    body: Json = {"id": hashlib.md5(wamid.encode(), usedforsecurity=False).hexdigest()}
    if name == "sent":
        body["expiration_timestamp"] = str(int(at) + 86_400)
    return f'"conversation":{encode(body | {"origin": {"type": category}})}'


def failure(code: int) -> Json:
    """Return one element of a failed status' `errors`."""
    title = title_of(code)
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details_of(code) or title},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    }


def inbound(reply: Json, person: Person, business_digits: str, voice: Json | None = None) -> str:
    """Return a person's message from its log record: words, a press, a choice, a reaction, a voice note."""
    body: Json = {"id": reply["wamid"]}
    if person.wa_id is not None:
        body["from"] = person.wa_id
    body |= {"from_user_id": person.user_id, "timestamp": str(int(reply["at"]))}
    answers = {"from": business_digits, "id": reply["answers"]} if reply.get("answers") else None
    if reply.get("text") is not None:
        return encode(body | {"type": "text", "text": {"body": reply["text"]}})
    if reply.get("reaction") is not None:
        reaction = {"message_id": reply.get("answers", ""), "emoji": reply["reaction"]}
        return encode(body | {"type": "reaction", "reaction": reaction})
    if reply.get("voice"):
        return encode(body | {"type": "audio", "audio": voice or {}})
    if answers is not None:
        body["context"] = answers
    if reply.get("interactive") is not None:
        return encode(body | {"type": "interactive", "interactive": reply["interactive"]})
    # Without a payload of its own, the button's text is its payload.
    button = {"payload": reply.get("button_payload") or reply["button_text"], "text": reply["button_text"]}
    return encode(body | {"type": "button", "button": button})


def preference(reply: Json, person: Person) -> str:
    """Return one `user_preferences` element; its timestamp is a number, unlike everywhere else."""
    value = reply["user_preferences"]
    body = {"wa_id": person.wa_id} if person.wa_id is not None else {}
    return encode(
        body
        | {
            "user_id": person.user_id,
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": int(reply["at"]),
        }
    )


def moved(record: Json, name: str, new: Person, old: Person) -> str:
    """Return the system message about a changed number; without numbers if the person hides them."""
    system: Json = {"user_id": new.user_id, "previous_user_id": old.user_id}
    body: Json = {"id": record["wamid"], "timestamp": str(int(record["at"])), "type": "system"}
    if old.wa_id is None or new.wa_id is None:
        system |= {"body": f"User {name} changed", "type": "user_changed_user_id"}
        return encode({"from_user_id": old.user_id, **body, "system": system})
    told = f"User {name} changed from {old.wa_id} to {new.wa_id}"
    system |= {"body": told, "wa_id": new.wa_id, "type": "user_changed_number"}
    return encode({"from": old.wa_id, "from_user_id": old.user_id, **body, "system": system})


def template_named(template: Template) -> Json:
    """Return how webhooks name a template: hyphen in the language, integer id, unlike in REST."""
    return {
        "message_template_id": int(template_id(template.name, template.language)),
        "message_template_name": template.name,
        "message_template_language": template.language.replace("_", "-"),
    }


def template_status(template: Template, event: str, **more: Any) -> Json:
    """Return the value of `message_template_status_update`."""
    value: Json = {"event": event, **template_named(template)}
    value["reason"] = "INVALID_FORMAT" if event == "REJECTED" else "NONE"
    return value | {"message_template_category": template.category} | more


def template_quality(template: Template, before: str, after: str) -> Json:
    """Return the value of `message_template_quality_update`."""
    return {"previous_quality_score": before, "new_quality_score": after, **template_named(template)}


def category_will_change(template: Template, correct: str, at: float) -> Json:
    """Return the first value of `template_category_update`: its `new_category` is the present one."""
    return template_named(template) | {
        "new_category": template.category,
        "correct_category": correct,
        "category_update_timestamp": int(at),
    }


def category_changed(template: Template, before: str) -> Json:
    """Return the second value of `template_category_update`, when it is done."""
    return template_named(template) | {"previous_category": before, "new_category": template.category}


def number_quality(digits: str, event: str, tier: str) -> Json:
    """Return the value of `phone_number_quality_update`."""
    return {"display_phone_number": digits, "event": event, "current_limit": tier}
