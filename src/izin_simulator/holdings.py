"""What the business holds: its numbers, its templates with their quality, its subscription. From the log. Pure."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from izin_simulator.config import Category, Config, PhoneNumber, Rating, Template, Tier
from izin_simulator.templates import Catalogue

Json = dict[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NumberState:
    """What may change of a business number. `upgrading_until` is in epoch seconds."""

    quality_rating: Rating
    messages_per_second: float
    registered: bool
    messaging_limit: Tier
    upgrading_until: float = 0.0
    callback: str | None = None


@dataclass(slots=True)
class Tally:
    """How many people something reached, and how many of them blocked the business because of it."""

    reached: int = 0
    blocks: int = 0


class Holdings:
    """Numbers, templates, callback; and the tallies from which quality follows."""

    def __init__(self, config: Config) -> None:
        self.catalogue = Catalogue(config.templates)
        self.numbers: dict[str, PhoneNumber] = {number.id: number for number in config.phone_numbers}
        self.states = {
            number.id: NumberState(
                number.quality_rating, number.messages_per_second, number.registered, config.messaging_limit
            )
            for number in config.phone_numbers
        }
        self.callback: str | None = None
        self.subscribed = True
        self.held: dict[Key, list[str]] = {}
        self.held_since: dict[Key, float] = {}
        self.pauses: Counter[Key] = Counter()
        self.paused_at: dict[Key, float] = {}
        self.approved_at: dict[Key, float] = {}
        self.rated_at: dict[Key, float] = {}
        self.unreviewed: set[Key] = set()
        self.announced: dict[Key, tuple[Category, float]] = {}
        self.edits: dict[Key, list[float]] = {}
        self._number_tally: dict[str, Tally] = {}
        self._template_tally: dict[Key, Tally] = {}
        self._template_of: dict[str, Key] = {}

    def number_tally(self, number_id: str) -> Tally:
        """Return the tally of a number."""
        return self._number_tally.setdefault(number_id, Tally())

    def template_tally(self, key: Key) -> Tally:
        """Return the tally of a template since it was last approved."""
        return self._template_tally.setdefault(key, Tally())

    def template_of(self, wamid: str) -> Key | None:
        """Return the template that this message was made of; None for another one."""
        return self._template_of.get(wamid)

    def hear_message(self, record: Json) -> None:
        """An accepted message."""
        self.number_tally(record["phone_number_id"]).reached += 1
        if record.get("template") is None or "language" not in record:
            return
        key = (record["template"], record["language"])
        self._template_of[record["wamid"]] = key
        self.template_tally(key).reached += 1
        if record.get("held"):
            self.held.setdefault(key, []).append(record["wamid"])
            self.held_since.setdefault(key, record["at"])

    def hear_blocked(self, record: Json) -> None:
        """A person blocked a business number, perhaps because of a template."""
        self.number_tally(record["phone_number_id"]).blocks += 1
        key = self.template_of(record.get("because_of", ""))
        if key is not None:
            self.template_tally(key).blocks += 1

    def hear_pacing_decided(self, record: Json) -> list[str]:
        """The held messages of a template are released or dropped; return their ids."""
        key = (record["name"], record["language"])
        self.held_since.pop(key, None)
        return self.held.pop(key, [])

    def hear_template(self, record: Json) -> None:
        """A template was created or edited."""
        template = msgspec.convert(record["template"], Template)
        key = (template.name, template.language)
        if record.get("edited"):
            self.edits.setdefault(key, []).append(record["at"])
        self.catalogue.put(template)
        self.unreviewed.add(key)

    def hear_template_changed(self, record: Json) -> None:
        """Meta changed a template: status, quality or category."""
        key = (record["name"], record["language"])
        template = self.catalogue.find(*key)
        if template is None:
            return
        changes = record["changes"]
        self.catalogue.put(msgspec.structs.replace(template, **changes))
        if "quality" in changes:
            self.rated_at[key] = record["at"]
        if "category" in changes:
            self.announced.pop(key, None)
        status = changes.get("status")
        if status is None:
            return
        self.unreviewed.discard(key)
        self.paused_at.pop(key, None)
        if status == "PAUSED":
            self.pauses[key] += 1
            if not record.get("for_ever"):
                self.paused_at[key] = record["at"]
        elif status == "APPROVED":
            self.approved_at[key] = record["at"]
            self._template_tally.pop(key, None)

    def hear_category_announced(self, record: Json) -> None:
        """A template will have another category."""
        self.announced[record["name"], record["language"]] = (record["category"], record["due"])

    def hear_template_deleted(self, record: Json) -> None:
        """A template is gone."""
        self.catalogue.remove(record["name"], record["language"])

    def hear_number_changed(self, record: Json) -> None:
        """Something about a business number changed."""
        state = self.states.get(record["phone_number_id"])
        if state is not None:
            self.states[record["phone_number_id"]] = replace(state, **record["changes"])

    def hear_subscribed(self, record: Json) -> None:
        """The app listens, with or without an address of its own."""
        self.subscribed = True
        if record.get("override_callback_uri"):
            self.callback = record["override_callback_uri"]

    def hear_unsubscribed(self, record: Json) -> None:
        """The app does not listen any more."""
        self.subscribed, self.callback = False, None
