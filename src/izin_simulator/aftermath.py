"""What follows an accepted message: its statuses and the people's replies; and what people do by themselves."""

import os
import time
from functools import partial

import msgspec

from izin_simulator import people
from izin_simulator.config import Config, PhoneNumber, Template
from izin_simulator.courier import Courier
from izin_simulator.errors import GraphError
from izin_simulator.gate import Gate
from izin_simulator.identifiers import template_id, user_id, wamid
from izin_simulator.memory import Json, Memory, Unfinished
from izin_simulator.oracle import Log
from izin_simulator.webhooks import (
    Update,
    failure,
    inbound_body,
    preference_body,
    pricing,
    status_body,
    template_status_body,
)


class Aftermath:
    """Plans updates for the courier. Everything it needs to go on after a restart is in the log."""

    def __init__(self, config: Config, gate: Gate, memory: Memory, log: Log, courier: Courier) -> None:
        self._config = config
        self._gate = gate
        self._memory = memory
        self._log = log
        self._courier = courier

    def follow(self, wamid_: str) -> None:
        """Plan what is still to come of an accepted message: its statuses, and replies whose occasion has passed."""
        message = self._memory.unfinished[wamid_]
        passed = time.time() - message.record["at"]
        for status in message.record["statuses"]:
            if status in message.statuses:
                delay = people.delay_of(self._config, status) / 1000
                self._courier.later(max(0.0, delay - passed), partial(self._status, message, status))
            else:
                self._plan_replies(message, status)

    def resume(self) -> None:
        """Plan everything that the log left unfinished."""
        self._courier.url = self._memory.callback or self._courier.url
        for reply in list(self._memory.unacknowledged.values()):
            self._courier.send(self._reply_update(reply))
        for wamid_ in list(self._memory.unfinished):
            self.follow(wamid_)
        for name, language in list(self._memory.unreviewed):
            self._plan_review(name, language)
        for review in list(self._memory.untold_reviews.values()):
            self._courier.send(self._review_update(review))

    async def say(self, number: PhoneNumber, digits: str, words: Json) -> str:
        """Let a person write to the business number, or press a button, or set a preference; return the message id.

        `words` has `text`, or `button_text` (and `button_payload`), or `user_preferences`.
        """
        answers = self._memory.latest_message(number.id, "+" + digits)
        record = self._spoken(number, digits, words | {"answers": answers})
        await self._log.commit(record)
        self._courier.send(self._reply_update(record))
        return str(record["wamid"])

    async def create_template(self, template: Template) -> None:
        """Keep the template as PENDING and plan its review."""
        if self._memory.catalogue.find(template.name, template.language) is not None:
            raise GraphError(100, "Content in this language already exists", subcode=2388024)
        record = {"at": time.time(), "event": "template", "template": msgspec.to_builtins(template)}
        await self._log.commit(record)
        self._plan_review(template.name, template.language)

    def _status(self, message: Unfinished, status: str) -> Update:
        self._plan_replies(message, status)
        record, at = message.record, time.time()
        to = record["to"].removeprefix("+")
        person = user_id(self._config.business_account_id, to)
        body = status_body(record["wamid"], status, at, to, record["token"])
        contact: Json | None = None
        if status == "failed":
            body["errors"] = [failure(record["fails"])]
        else:
            contact = {"wa_id": to, "user_id": person}
            in_window = self._memory.window_open(record["phone_number_id"], record["to"], record["at"])
            free = record["category"] != "marketing" and in_window
            body |= {"recipient_user_id": person, "pricing": pricing(record["category"], free=free)}
        ack = {"event": "status_acked", "wamid": record["wamid"], "status": status}
        metadata = self._metadata(record["phone_number_id"])
        return Update("messages", body, ack, listed="statuses", metadata=metadata, contact=contact)

    def _plan_replies(self, message: Unfinished, status: str) -> None:
        for nth, reply in enumerate(message.record.get("replies", [])):
            if nth in message.replies and reply["after"] == status:
                self._courier.later(reply["delay_ms"] / 1000, partial(self._reply, message, nth))

    def _reply(self, message: Unfinished, nth: int) -> Update:
        number = self._gate.number(message.record["phone_number_id"])
        origin = {"answers": message.record["wamid"], "because_of": message.record["wamid"], "nth": nth}
        record = self._spoken(number, message.record["to"].removeprefix("+"), message.record["replies"][nth] | origin)
        self._log.append(record)
        return self._reply_update(record)

    def _spoken(self, number: PhoneNumber, digits: str, words: Json) -> Json:
        """Return the log record of a person's words, and count them on the number's throughput."""
        at = time.time()
        self._gate.count_inbound(number.id, at)
        kept = ("text", "button_text", "button_payload", "user_preferences", "answers", "because_of", "nth", "name")
        return {
            "at": at,
            "event": "reply",
            "phone_number_id": number.id,
            "from": "+" + digits,
            "wamid": wamid(digits, os.urandom(10), inbound=True),
            **{key: words[key] for key in kept if words.get(key) is not None},
        }

    def _reply_update(self, record: Json) -> Update:
        digits = record["from"].removeprefix("+")
        person = user_id(self._config.business_account_id, digits)
        contact: Json = {"wa_id": digits, "user_id": person}
        ack = {"event": "reply_acked", "wamid": record["wamid"]}
        metadata = self._metadata(record["phone_number_id"])
        if "user_preferences" in record:
            field, body = "user_preferences", preference_body(record, person)
        else:
            contact["profile"] = {"name": record.get("name") or people.profile_name(digits)}
            field, body = "messages", inbound_body(record, person, self._gate.number(record["phone_number_id"]).digits)
        return Update(field, body, ack, listed=field, metadata=metadata, contact=contact)

    def _plan_review(self, name: str, language: str) -> None:
        if self._config.template_review != "PENDING":
            self._courier.later(self._config.template_review_ms / 1000, partial(self._review, name, language))

    def _review(self, name: str, language: str) -> Update:
        event = {"event": "template_reviewed", "name": name, "language": language}
        record = {"at": time.time(), **event, "status": self._config.template_review}
        self._log.append(record)
        return self._review_update(record)

    def _review_update(self, record: Json) -> Update:
        name, language = record["name"], record["language"]
        template = self._memory.catalogue.find(name, language)
        category = template.category if template else "MARKETING"
        body = template_status_body(name, language, category, record["status"], template_id(name, language))
        ack = {"event": "template_acked", "name": name, "language": language, "status": record["status"]}
        return Update("message_template_status_update", body, ack)

    def _metadata(self, number_id: str) -> Json:
        return {"display_phone_number": self._gate.number(number_id).digits, "phone_number_id": number_id}
