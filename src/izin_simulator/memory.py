"""What the simulator knows, built from nothing but its log's records. Pure.

Every record goes through `hear`, both when it is written and when an existing log is read at the start; so a restarted
simulator knows exactly what a running one does.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec

from izin_simulator.config import Template
from izin_simulator.templates import Catalogue

Json = dict[str, Any]
WINDOW_S = 24 * 3600


@dataclass(slots=True)
class Unfinished:
    """An accepted message of which something is still to come: statuses not yet acknowledged, replies not yet made."""

    record: Json
    statuses: set[str]
    replies: set[int]


class Memory:
    """Counts, customer-service windows, opt-outs, templates, and everything that is not finished."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.counts: Counter[str] = Counter()
        self.rejections: Counter[int] = Counter()
        self.catalogue = catalogue
        self.callback: str | None = None
        self.unfinished: dict[str, Unfinished] = {}
        self.unacknowledged: dict[str, Json] = {}
        self.unreviewed: set[tuple[str, str]] = set()
        self.untold_reviews: dict[tuple[str, str], Json] = {}
        self._wrote: dict[tuple[str, str], float] = {}
        self._latest: dict[tuple[str, str], str] = {}
        self._stopped: set[str] = set()
        self._followed: set[tuple[int, str]] = set()
        self._fired: Counter[int] = Counter()

    def hear(self, record: Json) -> None:
        """Take in one record. A record of an unknown event is passed over, so that older versions can read it."""
        hearing = getattr(self, f"_hear_{record['event']}", None)
        if hearing is not None:
            hearing(record)

    def window_open(self, number_id: str, person: str, at: float) -> bool:
        """Say whether the person wrote to this business number in the 24 hours before `at` (epoch seconds)."""
        return at - self._wrote.get((number_id, person), -WINDOW_S) < WINDOW_S

    def stopped(self, person: str) -> bool:
        """Say whether the person told WhatsApp to stop this business' marketing."""
        return person in self._stopped

    def latest_message(self, number_id: str, person: str) -> str | None:
        """Return the id of the last message that the person got from this number."""
        return self._latest.get((number_id, person))

    def may_fire(self, rule: int, person: str, repeat_max: int | None) -> bool:
        """Say whether the rule is left for this person: each follows it once; it fires `repeat_max` times in all."""
        left = repeat_max is None or self._fired[rule] < repeat_max
        return left and (rule, person) not in self._followed

    def _hear_message(self, record: Json) -> None:
        self.counts[record["verdict"]] += 1
        if record.get("code") is not None:
            self.rejections[record["code"]] += 1
        if record["verdict"] not in ("accepted", "answer_lost"):
            return
        person = record["to"]
        self._latest[record["phone_number_id"], person] = record["wamid"]
        replies = record.get("replies", [])
        for reply in replies:
            self._followed.add((reply["rule"], person))
            self._fired[reply["rule"]] += 1
        self.unfinished[record["wamid"]] = Unfinished(record, set(record["statuses"]), set(range(len(replies))))

    def _hear_status_acked(self, record: Json) -> None:
        self.counts["statuses_acked"] += 1
        message = self.unfinished.get(record["wamid"])
        if message is not None:
            message.statuses.discard(record["status"])
            self._close(message)

    def _hear_reply(self, record: Json) -> None:
        self.counts["replies"] += 1
        self.unacknowledged[record["wamid"]] = record
        if record.get("user_preferences") is None:
            self._wrote[record["phone_number_id"], record["from"]] = record["at"]
        elif record["user_preferences"] == "stop":
            self._stopped.add(record["from"])
        else:
            self._stopped.discard(record["from"])
        message = self.unfinished.get(record.get("because_of", ""))
        if message is not None:
            message.replies.discard(record["nth"])
            self._close(message)

    def _hear_reply_acked(self, record: Json) -> None:
        self.counts["replies_acked"] += 1
        self.unacknowledged.pop(record["wamid"], None)

    def _hear_template(self, record: Json) -> None:
        template = msgspec.convert(record["template"], Template)
        self.catalogue.put(template)
        self.unreviewed.add((template.name, template.language))

    def _hear_template_reviewed(self, record: Json) -> None:
        key = (record["name"], record["language"])
        template = self.catalogue.find(*key)
        if template is not None:
            self.catalogue.put(msgspec.structs.replace(template, status=record["status"]))
        self.unreviewed.discard(key)
        self.untold_reviews[key] = record

    def _hear_template_acked(self, record: Json) -> None:
        self.untold_reviews.pop((record["name"], record["language"]), None)

    def _hear_subscribed(self, record: Json) -> None:
        self.callback = record["override_callback_uri"]

    def _close(self, message: Unfinished) -> None:
        if not message.statuses and not message.replies:
            self.unfinished.pop(message.record["wamid"], None)
