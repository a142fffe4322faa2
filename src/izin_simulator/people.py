"""What the simulated people do: decided by seed and number alone, so that a run can be repeated. Pure."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from izin_simulator.config import Config, People, ReplyRule
from izin_simulator.spread import Span, seconds_of
from izin_simulator.words import REACTIONS, REPLIES, STOPS

Json = dict[str, Any]
Rule = int | str

_NAMES = ("Aisyah", "Mei Ling", "Kavitha", "Hafiz", "Wei Jian", "Priya", "Nurul", "Siew Ling", "Arun", "Farid")


def chance(seed: int, purpose: str, digits: str) -> float:
    """Return a number in [0, 1), always the same for this seed, purpose and person."""
    hashed = hashlib.blake2b(f"{seed}:{purpose}:{digits}".encode(), digest_size=8).digest()
    return int.from_bytes(hashed) / 2**64


def profile_name(digits: str) -> str:
    """Return the name that the person shows on WhatsApp."""
    return _pick(_NAMES, 0, "name", digits)


def username(people: People, seed: int, digits: str) -> str | None:
    """Return the username behind which the person hides the number, or None for one who does not."""
    if not people.hide_number_share or chance(seed, "hide", digits) >= people.hide_number_share:
        return None
    return f"{profile_name(digits).lower().replace(' ', '.')}.{int(chance(seed, 'username', digits) * 10_000):04d}"


def new_number(seed: int, digits: str) -> str:
    """Return the number to which the person changes: the same country and length, other last digits."""
    kept = digits[:-6]
    last = int(chance(seed, "new number", digits) * 1_000_000)
    return f"{kept}{last:06d}" if f"{last:06d}" != digits[-6:] else f"{kept}{(last + 1) % 1_000_000:06d}"


def statuses_of(config: Config, seed: int, digits: str) -> list[str]:
    """Return the statuses that a message to this person gets, in time order: `failed` alone, or up to `read`.

    Some people have the chat open: WhatsApp may then skip `delivered`.
    """
    if config.undeliverable_rate and chance(seed, "undeliverable", digits) < config.undeliverable_rate:
        return ["failed"]
    if chance(seed, "read", digits) >= config.read_rate:
        return ["sent", "delivered"]
    if config.skip_delivered_rate and chance(seed, "skip", digits) < config.skip_delivered_rate:
        return ["sent", "read"]
    return ["sent", "delivered", "read"]


def delay_of(config: Config, status: str, luck: float = 0.5) -> float:
    """Return the seconds from acceptance to this status; `failed` comes when `delivered` would."""
    delays = config.status_delay_ms
    span: Span = {"sent": delays.sent, "delivered": delays.delivered, "failed": delays.delivered, "read": delays.read}[
        status
    ]
    return seconds_of(span, luck)


def chosen(rule: ReplyRule, number_of_rule: int, seed: int, digits: str) -> bool:
    """Say whether this person is one of those who follow the rule."""
    return chance(seed, f"rule {number_of_rule}", digits) * rule.one_in < 1


def replies_of(
    rules: Iterable[ReplyRule], seed: int, digits: str, statuses: list[str], may: Callable[[int, ReplyRule], bool]
) -> list[Json]:
    """Return what this person will write after the message, as plain dictionaries for the log.

    `may(rule number, rule)` says whether the rule still fires: a person follows a rule once, and a rule fires
    `repeat_max` times in all.
    """
    replies = []
    for number, rule in enumerate(rules):
        if rule.after in statuses and chosen(rule, number, seed, digits) and may(number, rule):
            told = {key: value for key, value in msgspec.to_builtins(rule).items() if value is not None}
            told.pop("one_in")
            told.pop("repeat_max", None)
            replies.append({"rule": number, **told})
    return replies


def deeds_of(
    people: People,
    seed: int,
    digits: str,
    *,
    statuses: list[str],
    buttons: list[str],
    may: Callable[[str], bool],
) -> list[Json]:
    """Return what the personas make this person do after the message, in the same form as replies.

    `buttons` are the texts of the message's quick replies; who presses one presses the last, where opt-outs stand.
    `may(persona)` says whether this person has not done it yet: everybody does each thing once.
    """
    last = statuses[-1]
    if last not in ("delivered", "read"):
        return []
    wanted: list[tuple[str, float, Json]] = [
        ("react", people.react_share, {"reaction": _pick(REACTIONS, seed, "reaction", digits)}),
        ("reply", people.reply_share, {"text": _say(REPLIES, people, seed, digits)}),
        ("voice note", people.voice_note_share, {"voice": True}),
        ("stop", people.stop_share, {"text": _say(STOPS, people, seed, digits)}),
        ("stop button", people.stop_button_share if buttons else 0.0, {"button_text": (buttons or [""])[-1]}),
        ("stop marketing", people.stop_marketing_share, {"user_preferences": "stop"}),
        ("block", people.block_share, {"block": True}),
        ("change number", people.change_number_share, {"moves_to": "+" + new_number(seed, digits)}),
    ]
    deeds = []
    for persona, share, deed in wanted:
        if share and chance(seed, persona, digits) < share and may(persona):
            delay = round(seconds_of(people.reply_delay_ms, chance(seed, f"{persona} after", digits)) * 1000)
            deeds.append({"rule": persona, "after": last, "delay_ms": delay, **deed})
    return deeds


def acts(people: People) -> bool:
    """Say whether any persona has a share; saves the work for each message where none has."""
    return any(
        (
            people.react_share,
            people.reply_share,
            people.voice_note_share,
            people.stop_share,
            people.stop_button_share,
            people.stop_marketing_share,
            people.block_share,
            people.change_number_share,
        )
    )


def _say(words: dict[str, tuple[str, ...]], people: People, seed: int, digits: str) -> str:
    language = _pick(people.languages, seed, "language", digits)
    return _pick(words[language], seed, "words", digits)


def _pick(of: tuple[str, ...], seed: int, purpose: str, digits: str) -> str:
    return of[int(chance(seed, purpose, digits) * len(of))]
