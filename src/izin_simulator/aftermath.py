"""What follows an accepted message: its statuses and what people do; and what people do by themselves."""

import os
import random
import time

from izin_simulator import payloads, people
from izin_simulator.courier import Courier
from izin_simulator.crowd import person_of
from izin_simulator.estate import Estate
from izin_simulator.gate import Gate, Judgement
from izin_simulator.ground import Ground
from izin_simulator.identifiers import wamid
from izin_simulator.media import inbound_audio
from izin_simulator.memory import Dress, Json, Unfinished
from izin_simulator.payloads import Person
from izin_simulator.webhooks import Update, encode

_SPOKEN = (
    *("text", "button_text", "button_payload", "user_preferences", "interactive", "reaction", "voice"),
    *("answers", "because_of", "nth", "name", "username"),
)


class Aftermath:
    """Plans updates for the courier. Everything it needs to go on after a restart is in the log."""

    def __init__(self, ground: Ground, gate: Gate, courier: Courier, estate: Estate) -> None:
        config = ground.config
        self._config = config
        self._seed = ground.seed
        self._clock = ground.clock
        self._timetable = ground.real
        self._gate = gate
        self._memory = ground.memory
        self._crowd = ground.memory.crowd
        self._media = ground.media
        self._log = ground.log
        self._courier = courier
        self._estate = estate
        self._dice = random.Random(ground.seed)  # noqa: S311 - how long a status takes, no secret
        self._metadata = {
            number.id: encode({"display_phone_number": number.digits, "phone_number_id": number.id})
            for number in config.phone_numbers
        }

    def follow(self, wamid_: str) -> None:
        """Plan what is still to come of an accepted message: its statuses, and deeds whose occasion has passed."""
        message = self._memory.unfinished.get(wamid_)
        if message is None:
            return
        if message.record.get("held") and self._estate.holds(message.record):
            self._estate.decide_pacing_later(message.record)
            return
        if message.dress is None and message.record["statuses"] != ["failed"]:
            self._dress(message)
        passed = max(0.0, self._clock.real(self._clock.now() - message.follows_from))
        for status in message.record["statuses"]:
            if status in message.statuses:
                delay = people.delay_of(self._config, status, self._dice.random())
                self._courier.later(max(0.0, delay - passed), self._status, message, status)
            else:
                self._plan_deeds(message, status)

    def tell_refusal(self, judgement: Judgement) -> None:
        """Tell a refusal by webhook too, with a message id that the sender never got."""
        outgoing, number_id = judgement.outgoing, judgement.record["phone_number_id"]
        if outgoing is None or judgement.told is None:
            return
        wa_id = None if outgoing.user_id else outgoing.wa_id
        wamid_ = wamid(outgoing.wa_id, os.urandom(10), inbound=False)
        body = payloads.failed_status(wamid_, self._clock.now(), wa_id, outgoing.token, judgement.told)
        ack = {"event": "refusal_acked", "wamid": wamid_}
        self._courier.send(Update("messages", body, ack, "statuses", number_id, self._metadata[number_id]))

    def resume(self) -> None:
        """Plan everything that the log left unfinished."""
        for record in list(self._memory.unacknowledged.values()):
            self._courier.send(self._moved_update(record) if record["event"] == "moved" else self._reply_update(record))
        for wamid_ in list(self._memory.unfinished):
            self.follow(wamid_)

    async def say(self, number_id: str, digits: str, words: Json) -> str:
        """Let a person write to the business number, press something, or set a preference; return the message id.

        `words` has exactly one of `text`, `button_text`, `interactive`, `reaction`, `voice` and `user_preferences`.
        """
        answers = words.get("answers") or self._crowd.latest_message(number_id, "+" + digits)
        record = self._spoken(number_id, digits, words | {"answers": answers})
        await self._log.commit(record)
        self._courier.send(self._reply_update(record))
        return str(record["wamid"])

    async def block(self, number_id: str, digits: str, *, blocked: bool = True) -> None:
        """Let a person block the business number, or lift the block."""
        latest = self._crowd.latest_message(number_id, "+" + digits)
        self._block(number_id, digits, {"because_of": latest, "nth": -1} if latest else {}, blocked=blocked)
        await self._log.durable()

    async def move(self, number_id: str, digits: str, new: str | None = None) -> str:
        """Let a person change the number; return the new one, digits only."""
        new = new or people.new_number(self._seed, digits)
        self._courier.send(self._move(number_id, digits, "+" + new, {}))
        await self._log.durable()
        return new

    def username(self, person: str) -> str | None:
        """Return the username behind which this person hides the number, or None."""
        return self._crowd.username(person) or people.username(self._config.people, self._seed, person[1:])

    def _status(self, message: Unfinished, status: str) -> Update:
        if message.replies:
            self._plan_deeds(message, status)
        record, shape = message.record, self._config.webhook
        number_id, wamid_ = record["phone_number_id"], record["wamid"]
        at = record["at"] if shape.same_second else self._clock.now()
        ack = {"event": "status_acked", "wamid": wamid_, "status": status}
        metadata = self._metadata[number_id]
        if status == "failed":
            wa_id = None if "recipient" in record else person_of(record["to"])[1:]
            body = payloads.failed_status(wamid_, at, wa_id, record["token"], record["fails"])
            return Update("messages", body, ack, "statuses", number_id, metadata)
        dress = message.dress or self._dress(message)
        tail = dress.tail_of_read if status == "read" else dress.tail
        if shape.with_conversation:
            tail = f"{payloads.conversation(wamid_, status, at, record['category'])},{tail}"
        contact = dress.contact_of_sent if status == "sent" else dress.contact
        body = payloads.status(wamid_, status, at, tail)
        return Update("messages", body, ack, "statuses", number_id, metadata, contact)

    def _dress(self, message: Unfinished) -> Dress:
        """Make what the message's statuses share; the price is settled when the message is accepted."""
        record, shape = message.record, self._config.webhook
        number_id, person, category = record["phone_number_id"], person_of(record["to"]), record["category"]
        shown = self._shown(number_id, person, record["at"])
        in_window = self._crowd.window_open(number_id, person, record["at"])
        free = in_window and category not in ("marketing", "marketing_lite")
        tail = payloads.tail_of_status(shown, record["token"], category, free=free)
        tail_of_read = tail
        if not shape.pricing_on_read:
            tail_of_read = payloads.tail_of_status(shown, record["token"], category, free=free, priced=False)
        name = people.profile_name(person[1:]) if shape.status_profile else None
        contact = contact_of_sent = shown.contact(name)
        if shown.username is not None:  # usernames come with delivered, read and people's own messages only
            contact_of_sent = Person(shown.wa_id, shown.user_id).contact(name)
        message.dress = Dress(tail, tail_of_read, contact, contact_of_sent)
        return message.dress

    def _shown(self, number_id: str, person: str, at: float) -> Person:
        username = self.username(person)
        hidden = username is not None and not self._crowd.shares_number(number_id, person, at)
        return Person(None if hidden else person[1:], self._crowd.user_id(person), username)

    def _plan_deeds(self, message: Unfinished, status: str) -> None:
        for nth, deed in enumerate(message.record.get("replies", ())):
            if nth in message.replies and deed["after"] == status:
                delay_s = deed["delay_ms"] / 1000
                if deed.get("block"):  # nothing is told of a block, but it is still to come
                    self._courier.pending += 1
                    self._timetable.after(delay_s, self._planned_block, message, nth)
                else:
                    self._courier.later(delay_s, self._do, message, nth)

    def _do(self, message: Unfinished, nth: int) -> Update:
        record, deed = message.record, message.record["replies"][nth]
        number_id, digits = record["phone_number_id"], person_of(record["to"])[1:]
        origin = {"because_of": record["wamid"], "nth": nth}
        if "moves_to" in deed:
            return self._move(number_id, digits, deed["moves_to"], origin)
        spoken = self._spoken(number_id, digits, deed | origin | {"answers": record["wamid"]})
        self._log.append(spoken)
        return self._reply_update(spoken)

    def _planned_block(self, message: Unfinished, nth: int) -> None:
        origin = {"because_of": message.record["wamid"], "nth": nth}
        self._block(message.record["phone_number_id"], person_of(message.record["to"])[1:], origin)
        self._courier.pending -= 1

    def _block(self, number_id: str, digits: str, origin: Json, *, blocked: bool = True) -> None:
        event = {"at": self._clock.now(), "event": "blocked" if blocked else "unblocked"}
        self._log.append(event | {"phone_number_id": number_id, "from": "+" + digits} | origin)
        if blocked:
            self._estate.look_at_quality(number_id, origin.get("because_of", ""))

    def _move(self, number_id: str, digits: str, moves_to: str, origin: Json) -> Update:
        record: Json = {
            "at": self._clock.now(),
            "event": "moved",
            "phone_number_id": number_id,
            "from": "+" + digits,
            "moves_to": moves_to,
            "wamid": wamid(digits, os.urandom(10), inbound=True),
            **origin,
        }
        self._log.append(record)
        return self._moved_update(record)

    def _moved_update(self, record: Json) -> Update:
        number_id, person = record["phone_number_id"], record["from"]
        old = self._shown(number_id, person, record["at"])
        new = Person(old.wa_id and record["moves_to"][1:], self._crowd.user_id(record["moves_to"]))
        body = payloads.moved(record, people.profile_name(person[1:]), new, old)
        ack = {"event": "moved_acked", "wamid": record["wamid"]}
        return Update("messages", body, ack, "messages", number_id, self._metadata[number_id])

    def _spoken(self, number_id: str, digits: str, words: Json) -> Json:
        """Return the log record of a person's words, and count them on the number's throughput."""
        at = self._clock.now()
        self._gate.count_inbound(number_id, time.monotonic())
        record = {
            "at": at,
            "event": "reply",
            "phone_number_id": number_id,
            "from": "+" + digits,
            "wamid": wamid(digits, os.urandom(10), inbound=True),
            **{key: words[key] for key in _SPOKEN if words.get(key) is not None},
        }
        if record.get("voice"):
            self._log.append(self._media.voice_note(record["wamid"], at))
        return record

    def _reply_update(self, record: Json) -> Update:
        number_id, person = record["phone_number_id"], record["from"]
        shown = self._shown(number_id, person, record["at"])
        ack = {"event": "reply_acked", "wamid": record["wamid"]}
        metadata = self._metadata[number_id]
        if "user_preferences" in record:
            body = payloads.preference(record, shown)
            return Update("user_preferences", body, ack, "user_preferences", number_id, metadata, shown.contact(None))
        name = record.get("name") or people.profile_name(person[1:])
        voice = inbound_audio(self._media.voice_note(record["wamid"], record["at"])) if record.get("voice") else None
        body = payloads.inbound(record, shown, self._gate.number(number_id).digits, voice)
        return Update("messages", body, ack, "messages", number_id, metadata, shown.contact(name))
