"""What Meta does with templates and numbers, and tells: review, pacing, quality, pauses, categories, throughput."""

from collections.abc import Callable
from typing import Any

import msgspec

from izin_simulator import payloads
from izin_simulator.clock import DAY_S
from izin_simulator.config import Category, Quality, Rating, Template
from izin_simulator.courier import Courier
from izin_simulator.errors import GraphError
from izin_simulator.ground import Ground
from izin_simulator.holdings import Key, Tally
from izin_simulator.memory import Json
from izin_simulator.webhooks import Update, encode

FIRST_PAUSE_S = 3 * 3600.0
SECOND_PAUSE_S = 6 * 3600.0
UPGRADE_S = 60.0
HIGH_PER_SECOND = 1000.0
_PAUSES = ("FIRST_PAUSE", "SECOND_PAUSE")
_EDITS_PER_DAY, _EDITS_PER_MONTH = 1, 10


class Estate:
    """Changes the holdings by log records, plans what comes later by the simulated clock, and sends the notices."""

    def __init__(self, ground: Ground, courier: Courier) -> None:
        self._config = ground.config
        self._clock = ground.clock
        self._real = ground.real
        self._simulated = ground.simulated
        self._memory = ground.memory
        self._holdings = ground.memory.holdings
        self._log = ground.log
        self._courier = courier
        self._deciding: set[Key] = set()
        self.released: Callable[[str], None] = lambda wamid: None

    def resume(self) -> None:
        """Plan and tell what the log left unfinished."""
        for notice in list(self._memory.untold.values()):
            self._courier.send(self._notice_update(notice))
        for key in list(self._holdings.unreviewed):
            self._plan_review(key)
        for key, at in list(self._holdings.paused_at.items()):
            self._plan_end_of_pause(key, at)
        for key, at in list(self._holdings.held_since.items()):
            self._plan_decision(key, at)
        for key, (category, due) in list(self._holdings.announced.items()):
            self._simulated.at(due, self._change_category, key, category, due)
        for number_id, state in self._holdings.states.items():
            if state.upgrading_until:
                self._simulated.at(state.upgrading_until, self._upgraded, number_id)

    def template(self, name: str, language: str) -> Template:
        """Return the template, or raise GraphError as Meta does for an unknown one."""
        found = self._holdings.catalogue.find(name, language)
        if found is None:
            raise GraphError(100, "The template does not exist.", subcode=2593002)
        return found

    async def create_template(self, template: Template) -> None:
        """Keep the template as PENDING and plan its review."""
        if self._holdings.catalogue.find(template.name, template.language) is not None:
            raise GraphError(
                100, subcode=2388024, user_message="Content in this language already exists for this template."
            )
        await self._put(template, edited=False)

    async def edit_template(self, before: Template, after: Template) -> None:
        """Keep the edited template as PENDING and plan its review. Approved ones allow one edit a day, ten a month."""
        now, key = self._clock.now(), (before.name, before.language)
        edits = self._holdings.edits.get(key, [])
        if before.status == "APPROVED" and (
            sum(at > now - DAY_S for at in edits) >= _EDITS_PER_DAY
            or sum(at > now - 30 * DAY_S for at in edits) >= _EDITS_PER_MONTH
        ):
            why = "An approved template can be edited once in 24 hours and ten times in 30 days."
            raise GraphError(100, why, user_message=why)
        await self._put(after, edited=True)

    async def delete_templates(self, templates: list[Template]) -> None:
        """Forget the templates and tell of it."""
        for template in templates:
            named = {"name": template.name, "language": template.language}
            self._log.append({"at": self._clock.now(), "event": "template_deleted", **named})
            self._tell("message_template_status_update", payloads.template_status(template, "DELETED"))
        await self._log.durable()

    async def unpause(self, template: Template) -> bool:
        """End a pause; return whether there was one."""
        if template.status != "PAUSED":
            return False
        self._resume_template((template.name, template.language))
        await self._log.durable()
        return True

    def set_status(self, template: Template, status: str) -> None:
        """Give the template this status, as Meta would, and tell of it."""
        if status == "PAUSED":
            self._pause(template)
            return
        self._change(template, {"status": status})
        self._tell("message_template_status_update", payloads.template_status(self._again(template), status))

    def set_quality(self, template: Template, quality: Rating) -> None:
        """Give the template this quality and tell of it; a RED one is paused 3 h, then 6 h, then disabled."""
        if quality == template.quality:
            return
        self._change(template, {"quality": quality})
        value = payloads.template_quality(template, template.quality, quality)
        self._tell("message_template_quality_update", value)
        if quality == "RED" and template.status == "APPROVED":
            self._pause(self._again(template))

    def set_category(self, template: Template, category: Category) -> None:
        """Announce another category, and give it to the template a day later."""
        now, due = self._clock.now(), self._clock.now() + DAY_S
        named = {"name": template.name, "language": template.language, "category": category, "due": due}
        self._log.append({"at": now, "event": "category_announced", **named})
        self._tell("template_category_update", payloads.category_will_change(template, category, due))
        self._simulated.at(due, self._change_category, (template.name, template.language), category, due)

    def set_number_quality(self, number_id: str, quality: Rating) -> None:
        """Give the number this quality and tell of it: FLAGGED when it falls to RED, UNFLAGGED when it leaves it."""
        before = self._holdings.states[number_id].quality_rating
        if quality == before:
            return
        self.change_number(number_id, {"quality_rating": quality})
        if "RED" in (quality, before):
            self._tell_number(number_id, "FLAGGED" if quality == "RED" else "UNFLAGGED")

    def change_number(self, number_id: str, changes: Json) -> None:
        """Change what is known of a number."""
        now = self._clock.now()
        self._log.append({"at": now, "event": "number_changed", "phone_number_id": number_id, "changes": changes})

    def upgrade(self, number_id: str) -> None:
        """Raise the number's throughput: a minute of maintenance (131057), then 1,000 a second, and a notice."""
        until = self._clock.now() + UPGRADE_S
        self.change_number(number_id, {"upgrading_until": until})
        self._simulated.at(until, self._upgraded, number_id)

    def look_at_quality(self, number_id: str, wamid: str) -> None:
        """After a block: let the quality of the number, and of the message's template, fall if there were too many."""
        rating = rated(self._holdings.number_tally(number_id), self._config.quality)
        if rating is not None:
            self.set_number_quality(number_id, rating)
        key = self._holdings.template_of(wamid)
        template = self._holdings.catalogue.find(*key) if key else None
        if key is None or template is None:
            return
        rating = rated(self._holdings.template_tally(key), self._config.quality)
        if rating is not None:
            self.set_quality(template, rating)

    def holds(self, record: Json) -> bool:
        """Say whether this accepted message is still held for the quality of its template."""
        return (record["template"], record["language"]) in self._holdings.held_since

    def decide_pacing_later(self, record: Json) -> None:
        """Plan the decision on the held messages of this one's template, unless it is planned."""
        key = (record["template"], record["language"])
        self._plan_decision(key, self._holdings.held_since[key])

    def decide_pacing(self, key: Key, verdict: str) -> None:
        """Let the held messages of a template go, or drop them with 132015 and pause the template."""
        template, held = self._holdings.catalogue.find(*key), list(self._holdings.held.get(key, ()))
        if template is None or not held:
            return
        if verdict == "quality":
            rating = rated(self._holdings.template_tally(key), self._config.quality)
            verdict = "drop" if rating in ("YELLOW", "RED") else "release"
        event = {"at": self._clock.now(), "event": "pacing_decided", "name": key[0], "language": key[1]}
        self._log.append(event | {"verdict": verdict})
        if verdict == "release":
            self.set_quality(template, "GREEN")
        else:
            self._change(template, {"quality": "RED"})
            self._tell("message_template_quality_update", payloads.template_quality(template, template.quality, "RED"))
            self._pause(self._again(template), for_ever=True)
        for wamid in held:
            self.released(wamid)

    def tell(self, field: str, value: Json) -> None:
        """Send a notice of any field, as it is given."""
        self._tell(field, value)

    async def _put(self, template: Template, *, edited: bool) -> None:
        record = {"at": self._clock.now(), "event": "template", "template": msgspec.to_builtins(template)}
        await self._log.commit(record | ({"edited": True} if edited else {}))
        self._plan_review((template.name, template.language))

    def _plan_review(self, key: Key) -> None:
        if self._config.template_review != "PENDING":
            self._courier.pending += 1
            self._real.after(self._config.template_review_ms / 1000, self._review, key)

    def _review(self, key: Key) -> None:
        self._courier.pending -= 1
        template = self._holdings.catalogue.find(*key)
        if template is not None and template.status == "PENDING":
            self.set_status(template, self._config.template_review)

    def _pause(self, template: Template, *, for_ever: bool = False) -> None:
        """Pause for 3 h, the second time for 6 h, and disable the third time. A pause by pacing ends by hand only."""
        key = (template.name, template.language)
        before = self._holdings.pauses[key]
        if before >= len(_PAUSES):
            self._change(template, {"status": "DISABLED"})
            more = {"other_info": {"title": "DISABLED", "description": "The template has been disabled."}}
            value = payloads.template_status(template, "DISABLED", **more)
            self._tell("message_template_status_update", value)
            return
        self._change(template, {"status": "PAUSED"}, **({"for_ever": True} if for_ever else {}))
        title = "RATE_LIMITING_PAUSE" if for_ever else _PAUSES[before]
        more = {"other_info": {"title": title, "description": "The template is paused because of its quality."}}
        self._tell("message_template_status_update", payloads.template_status(template, "PAUSED", **more))
        if not for_ever:
            self._plan_end_of_pause(key, self._holdings.paused_at[key])

    def _plan_end_of_pause(self, key: Key, at: float) -> None:
        length = FIRST_PAUSE_S if self._holdings.pauses[key] <= 1 else SECOND_PAUSE_S
        self._simulated.at(at + length, self._resume_template, key, at)

    def _resume_template(self, key: Key, paused_at: float | None = None) -> None:
        template = self._holdings.catalogue.find(*key)
        if template is None or template.status != "PAUSED":
            return
        if paused_at is not None and self._holdings.paused_at.get(key) != paused_at:
            return  # that pause has ended already, this is a later one
        self._change(template, {"status": "APPROVED", "quality": "UNKNOWN"})
        more = {"other_info": {"title": "UNPAUSE", "description": "The template can be used again."}}
        self._tell("message_template_status_update", payloads.template_status(template, "APPROVED", **more))

    def _change_category(self, key: Key, category: Category, due: float) -> None:
        template = self._holdings.catalogue.find(*key)
        if template is not None and self._holdings.announced.get(key) == (category, due):  # else announced anew since
            self._change(template, {"category": category})
            value = payloads.category_changed(self._again(template), template.category)
            self._tell("template_category_update", value)

    def _upgraded(self, number_id: str) -> None:
        self.change_number(number_id, {"messages_per_second": HIGH_PER_SECOND, "upgrading_until": 0.0})
        self._tell_number(number_id, "THROUGHPUT_UPGRADE")

    def _plan_decision(self, key: Key, held_since: float) -> None:
        pacing = self._config.pacing
        if pacing is None or key in self._deciding:
            return
        self._deciding.add(key)
        self._simulated.at(held_since + pacing.decide_after_s, self._decide, key, pacing.verdict)

    def _decide(self, key: Key, verdict: str) -> None:
        self._deciding.discard(key)
        self.decide_pacing(key, verdict)

    def _again(self, template: Template) -> Template:
        return self._holdings.catalogue.find(template.name, template.language) or template

    def _change(self, template: Template, changes: Json, **more: Any) -> None:
        event = {"at": self._clock.now(), "event": "template_changed"} | more
        self._log.append(event | {"name": template.name, "language": template.language, "changes": changes})

    def _tell_number(self, number_id: str, event: str) -> None:
        digits = self._holdings.numbers[number_id].digits
        tier = self._holdings.states[number_id].messaging_limit
        self._tell("phone_number_quality_update", payloads.number_quality(digits, event, tier))

    def _tell(self, field: str, value: dict[str, Any]) -> None:
        n = self._memory.notices + 1
        notice = {"at": self._clock.now(), "event": "notice", "n": n, "field": field, "value": value}
        self._log.append(notice)
        self._courier.send(self._notice_update(notice))

    def _notice_update(self, notice: Json) -> Update:
        return Update(notice["field"], encode(notice["value"]), {"event": "notice_acked", "n": notice["n"]})


def rated(tally: Tally, rules: Quality) -> Rating | None:
    """Return the quality that follows from the blocks, None while too few people were reached."""
    if tally.reached < rules.after:
        return None
    share = tally.blocks / tally.reached
    return "RED" if share >= rules.red else "YELLOW" if share >= rules.yellow else "GREEN"
