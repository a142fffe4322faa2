"""The fate of an accepted message: which statuses it gets, with which code it fails, what the person does. Pure."""

from collections.abc import Callable

from izin_simulator import people
from izin_simulator.clock import DAY_S
from izin_simulator.config import Config, ReplyRule
from izin_simulator.memory import Json, Memory
from izin_simulator.people import chance
from izin_simulator.regions import capped_by_whatsapp, in_united_states
from izin_simulator.validation import Outgoing


class Fate:
    """Decided once, when the message is accepted, and then in the log."""

    def __init__(self, config: Config, seed: int, memory: Memory, media_known: Callable[[str, float], bool]) -> None:
        self._config = config
        self._seed = seed
        self._memory = memory
        self._personas = people.acts(config.people)
        self._media_known = media_known

    def undeliverable(self, outgoing: Outgoing) -> bool:
        """Say whether nobody can be reached there: not on WhatsApp, or no longer with this number."""
        if self._memory.crowd.moved_to("+" + outgoing.wa_id) is not None:
            return True
        share = self._config.undeliverable_rate
        return bool(share) and chance(self._seed, "undeliverable", outgoing.to) < share

    def of(self, outgoing: Outgoing, number_id: str, at: float, late: int | None, *, mute: bool) -> Json:
        """Return the part of the log record that says what will come of the message. `late` is a code to fail with."""
        person = "+" + outgoing.to
        wa_person = "+" + outgoing.wa_id
        fate: Json = {"category": outgoing.category}
        if mute:
            return fate | {"statuses": []}
        fails = late or self._failure(outgoing, wa_person, number_id, at)
        if fails is not None:
            return fate | {"statuses": ["failed"], "fails": fails}
        if self._memory.crowd.blocked(number_id, wa_person):
            return fate | {"statuses": ["sent"]}
        statuses = people.statuses_of(self._config, self._seed, outgoing.to)
        fate["statuses"] = statuses
        if self._held(outgoing):
            fate["held"] = True
        replies = self._replies(outgoing, person, statuses)
        return fate | {"replies": replies} if replies else fate

    def _failure(self, outgoing: Outgoing, person: str, number_id: str, at: float) -> int | None:
        if not all(self._media_known(media, at) for media in outgoing.media):
            return 131053
        if self.undeliverable(outgoing):
            return 131026
        return self._restraint(outgoing, person, number_id, at) if outgoing.is_marketing else None

    def _restraint(self, outgoing: Outgoing, person: str, number_id: str, at: float) -> int | None:
        """Return the code with which WhatsApp itself holds marketing back, or None."""
        rules, crowd = self._config.marketing, self._memory.crowd
        if crowd.stopped(person):
            return 131050
        if in_united_states(outgoing.wa_id) and not rules.to_united_states:
            return 131049
        if crowd.window_open(number_id, person, at):
            return None
        if rules.experiment_share and chance(self._seed, "experiment", outgoing.to) < rules.experiment_share:
            return 130472
        if not capped_by_whatsapp(outgoing.wa_id):
            return None
        if rules.capped_share and chance(self._seed, "capped", outgoing.to) < rules.capped_share:
            return 131049
        if rules.cap_per_day is not None and crowd.marketing_since(person, at - DAY_S) >= rules.cap_per_day:
            return 131049
        return None

    def _held(self, outgoing: Outgoing) -> bool:
        pacing, template = self._config.pacing, outgoing.template
        if pacing is None or template is None or template.category != "MARKETING" or template.quality == "GREEN":
            return False
        tally = self._memory.holdings.template_tally((template.name, template.language))
        return tally.reached >= pacing.hold_after

    def _replies(self, outgoing: Outgoing, person: str, statuses: list[str]) -> list[Json]:
        rules = self._config.people.reply_rules
        replies: list[Json] = []
        if rules:

            def may(number: int, rule: ReplyRule) -> bool:
                return self._memory.may_fire(number, person, rule.repeat_max)

            replies = people.replies_of(rules, self._seed, outgoing.to, statuses, may)
        if self._personas:
            replies += people.deeds_of(
                self._config.people,
                self._seed,
                outgoing.to,
                statuses=statuses,
                buttons=outgoing.quick_replies,
                may=lambda persona: self._memory.may_fire(persona, person),
            )
        return replies
