"""The people's phones, as the page shows them: the last messages of the people who were last heard of."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from izin_simulator.config import Template
from izin_simulator.content import list_rows, quick_replies
from izin_simulator.crowd import person_of
from izin_simulator.gate import Judgement
from izin_simulator.memory import Memory
from izin_simulator.templates import buttons, component, hydrate, is_named
from izin_simulator.validation import Outgoing

Json = dict[str, Any]
PHONES_MAX = 200
BUBBLES_MAX = 40
SPOKEN = ("reply", "moved", "blocked", "unblocked")


@dataclass(slots=True)
class Bubble:
    """A message on a phone: from the business, with what was sent, or from the person, with its log record."""

    record: Json
    outgoing: Outgoing | None = None


@dataclass(slots=True)
class Phone:
    """One person's conversation with one business number."""

    person: str
    number_id: str
    changed: int = 0
    bubbles: deque[Bubble] = field(default_factory=lambda: deque(maxlen=BUBBLES_MAX))


class Phones:
    """Built as the run goes; after a restart phones show what the log has, without the texts of templates."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._phones: OrderedDict[tuple[str, str], Phone] = OrderedDict()
        self._changes = 0

    @property
    def changes(self) -> int:
        """Return a number that is another one when something changed, ticks included."""
        return self._changes + self._memory.counts["statuses_acked"]

    def show(self, judgement: Judgement) -> None:
        """A phone gets a message."""
        record = judgement.record
        self._phone(record["phone_number_id"], person_of(record["to"])).bubbles.append(
            Bubble(record, judgement.outgoing)
        )

    def hear(self, record: Json) -> None:
        """A person did something: one of the events in SPOKEN."""
        self._phone(record["phone_number_id"], record["from"]).bubbles.append(Bubble(record))

    def replay(self, record: Json) -> None:
        """Take in a record of an existing log."""
        if record["event"] == "message" and record["verdict"] in ("accepted", "answer_lost"):
            self._phone(record["phone_number_id"], person_of(record["to"])).bubbles.append(Bubble(record))
        elif record["event"] in SPOKEN:
            self.hear(record)

    def listing(self, usernames: dict[str, str | None], search: str = "", most: int = 60) -> list[Json]:
        """Return the phones that changed last, newest first, each with its last bubble's words."""
        found = []
        for phone in reversed(self._phones.values()):
            if search and search not in phone.person:
                continue
            found.append(
                {
                    "person": phone.person,
                    "phone_number_id": phone.number_id,
                    "username": usernames.get(phone.person),
                    "last": self._drawn(phone.bubbles[-1])["text"],
                    "changed": phone.changed,
                    "blocked": self._memory.crowd.blocked(phone.number_id, phone.person),
                    "stopped": self._memory.crowd.stopped(phone.person),
                }
            )
            if len(found) >= most:
                break
        return found

    def people(self) -> list[str]:
        """Return the people whose phones are kept."""
        return [person for _, person in self._phones]

    def conversation(self, number_id: str, person: str) -> list[Json]:
        """Return the bubbles of one phone, oldest first."""
        phone = self._phones.get((number_id, person))
        return [self._drawn(bubble) for bubble in phone.bubbles] if phone else []

    def _phone(self, number_id: str, person: str) -> Phone:
        self._changes += 1
        key = (number_id, person)
        phone = self._phones.get(key)
        if phone is None:
            phone = self._phones[key] = Phone(person, number_id)
            if len(self._phones) > PHONES_MAX:
                self._phones.popitem(last=False)
        else:
            self._phones.move_to_end(key)
        phone.changed = self._changes
        return phone

    def _drawn(self, bubble: Bubble) -> Json:
        record, outgoing = bubble.record, bubble.outgoing
        drawn: Json = {"at": record["at"], "wamid": record.get("wamid")}
        if record["event"] != "message":
            return drawn | {"mine": True, "text": _words(record), "quiet": record["event"] != "reply"}
        drawn |= {"mine": False, "status": self._memory.state_of(record), "held": bool(record.get("held"))}
        if outgoing is None:
            return drawn | {"text": record.get("text") or record.get("template") or record.get("type", "")}
        if outgoing.template is not None:
            return drawn | _of_template(outgoing.template, outgoing.content)
        return drawn | _of_content(outgoing.kind, outgoing.content)


def _words(record: Json) -> str:
    if record["event"] == "moved":
        return "changed the phone number"
    if record["event"] in ("blocked", "unblocked"):
        return f"{record['event']} this business"
    interactive = record.get("interactive") or {}
    chosen = interactive.get(interactive.get("type", ""), {}).get("title")
    words = record.get("text") or record.get("button_text") or record.get("reaction") or chosen
    if record.get("user_preferences"):
        return f"{record['user_preferences']} offers and announcements"
    return str(words) if words else "🎤 voice note"


def _of_template(template: Template, sent: Json) -> Json:
    given = {str(part.get("type", "")).lower(): part.get("parameters", []) for part in sent.get("components", [])}

    def text(kind: str) -> str:
        values = {
            str(p.get("parameter_name") if is_named(template) else n): str(p.get("text", ""))
            for n, p in enumerate(given.get(kind.lower(), []), 1)
        }
        return hydrate(str((component(template, kind) or {}).get("text", "")), values)

    form = str((component(template, "HEADER") or {}).get("format", "TEXT")).upper()
    return {
        "header": text("HEADER") if form == "TEXT" else f"[{form.lower()}]",
        "text": text("BODY"),
        "footer": str((component(template, "FOOTER") or {}).get("text", "")),
        "buttons": [
            {"kind": str(b.get("type", "")).lower(), "text": str(b.get("text", "")), "payload": _payload(sent, n)}
            for n, b in enumerate(buttons(template))
        ],
    }


def _payload(sent: Json, index: int) -> str | None:
    """Return the payload that the sender gave a quick reply, None without one."""
    for part in sent.get("components", []):
        if str(part.get("sub_type", "")).lower() == "quick_reply" and str(part.get("index")) == str(index):
            return next((p.get("payload") for p in part.get("parameters", [])), None)
    return None


def _of_content(kind: str, content: Json) -> Json:
    if kind == "text":
        return {"text": content["body"]}
    if kind == "interactive":
        replies = [{"kind": "button_reply", "id": key, "text": title} for key, title in quick_replies(content)]
        rows = [{"kind": "list_reply", "id": key, "text": title} for key, title in list_rows(content)]
        return {
            "text": str(content.get("body", {}).get("text", "")),
            "footer": str(content.get("footer", {}).get("text", "")),
            "buttons": replies + rows,
        }
    if kind == "reaction":
        return {"text": content.get("emoji", "") or "(reaction removed)"}
    return {"header": f"[{kind}]", "text": str(content.get("caption") or content.get("filename") or "")}
