"""What the simulated people do: decided by seed and number alone, so that a run can be repeated. Pure."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from izin_simulator.config import Config, ReplyRule

_NAMES = ("Aisyah", "Mei Ling", "Kavitha", "Hafiz", "Wei Jian", "Priya", "Nurul", "Siew Ling", "Arun", "Farid")


def chance(seed: int, purpose: str, digits: str) -> float:
    """Return a number in [0, 1), always the same for this seed, purpose and person."""
    hashed = hashlib.blake2b(f"{seed}:{purpose}:{digits}".encode(), digest_size=8).digest()
    return int.from_bytes(hashed) / 2**64


def profile_name(digits: str) -> str:
    """Return the name that the person shows on WhatsApp."""
    return _NAMES[int(chance(0, "name", digits) * len(_NAMES))]


def statuses_of(config: Config, seed: int, digits: str) -> list[str]:
    """Return the statuses that a message to this person gets, in time order: `failed` alone, or up to `read`."""
    if chance(seed, "undeliverable", digits) < config.undeliverable_rate:
        return ["failed"]
    reads = chance(seed, "read", digits) < config.read_rate
    return ["sent", "delivered", "read"] if reads else ["sent", "delivered"]


def delay_of(config: Config, status: str) -> int:
    """Return the milliseconds from acceptance to this status; `failed` comes when `delivered` would."""
    delays = config.status_delay_ms
    return {"sent": delays.sent, "delivered": delays.delivered, "failed": delays.delivered, "read": delays.read}[status]


def chosen(rule: ReplyRule, number_of_rule: int, seed: int, digits: str) -> bool:
    """Say whether this person is one of those who follow the rule."""
    return chance(seed, f"rule {number_of_rule}", digits) * rule.one_in < 1


def replies_of(
    rules: Iterable[ReplyRule], seed: int, digits: str, statuses: list[str], may: Callable[[int, ReplyRule], bool]
) -> list[dict[str, Any]]:
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
