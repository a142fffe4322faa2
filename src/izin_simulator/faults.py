"""The fault plan: which otherwise acceptable message meets which accident. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert

from izin_simulator.identifiers import digits_of
from izin_simulator.spread import Span

Deed = Literal[
    "accept_no_answer",
    "accept_after_drop",
    "drop",
    "error",
    "html",
    "html500",
    "reset",
    "reset_at_byte",
    "drip",
    "delay",
    "mute",
]
# What is not accepted at all, and what is accepted though its sender never gets to know.
DROPPED: frozenset[Deed] = frozenset({"drop", "reset"})
REFUSED: frozenset[Deed] = frozenset({"error", "html", "html500"})
ANSWER_LOST: frozenset[Deed] = frozenset({"accept_no_answer", "accept_after_drop", "reset_at_byte"})


class Match(Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages: to one person, each nth, a share of them, or all of these at once. Empty means all."""

    to: str | None = None
    every: Annotated[int, Meta(ge=1)] | None = None
    share: Annotated[float, Meta(ge=0, le=1)] | None = None


class Storm(Struct, frozen=True, forbid_unknown_fields=True):
    """Only during `for_s` of every `every_s` real seconds, the first time at once after the plan was given."""

    every_s: Annotated[float, Meta(gt=0)]
    for_s: Annotated[float, Meta(gt=0)]


class Fault(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the plan. `do: error` with an `http` of html500, reset or delay means that deed.

    `bytes` is where `reset_at_byte` stops, and the size of the drops of `drip`; `ms` is the time between those.
    """

    do: Deed
    match: Literal["all"] | Match = "all"
    code: int = 131000
    http: int | Literal["html500", "reset", "delay"] | None = None
    ms: Span = 0
    bytes: Annotated[int, Meta(ge=1)] = 20
    times: Annotated[int, Meta(ge=1)] | None = None
    storm: Storm | None = None

    @property
    def deed(self) -> Deed:
        """Return what happens."""
        return self.http if isinstance(self.http, str) else self.do

    @property
    def status(self) -> int | None:
        """Return the HTTP status that was wished for."""
        return self.http if isinstance(self.http, int) else None


@dataclass(slots=True)
class _Line:
    fault: Fault
    to: str | None
    seen: int = 0
    struck: int = 0

    def strikes(self, digits: str, luck: float, since: float) -> bool:
        match, storm = self.fault.match, self.fault.storm
        if self.to is not None and self.to != digits:
            return False
        if self.fault.times is not None and self.struck >= self.fault.times:
            return False
        if storm is not None and since % storm.every_s >= storm.for_s:
            return False
        self.seen += 1
        if isinstance(match, Match):
            if match.every is not None and self.seen % match.every:
                return False
            if match.share is not None and luck >= match.share:
                return False
        self.struck += 1
        return True


class FaultPlan:
    """The lines in order; the first that strikes decides. The same seed strikes the same messages."""

    def __init__(self, faults: Sequence[Fault] = (), *, began: float = 0.0, seed: int = 1) -> None:
        self._lines = [_Line(fault, _wanted(fault)) for fault in faults]
        self._began = began
        self._dice = random.Random(seed)  # noqa: S311 - which messages meet an accident, no secret

    @classmethod
    def of(cls, told: Any, *, began: float = 0.0, seed: int = 1) -> "FaultPlan":
        """Return the plan in a JSON list. Raises msgspec.ValidationError or ValueError."""
        return cls(convert(told, list[Fault]), began=began, seed=seed)

    def strike(self, digits: str, at: float = 0.0) -> Fault | None:
        """Return the fault that this message meets at this time, or None, and count it."""
        for line in self._lines:
            if line.strikes(digits, self._dice.random(), at - self._began):
                return line.fault
        return None

    def struck(self) -> list[int]:
        """Return how often each line has struck."""
        return [line.struck for line in self._lines]


def _wanted(fault: Fault) -> str | None:
    if fault.match == "all" or fault.match.to is None:
        return None
    digits = digits_of(fault.match.to)
    if digits is None:
        raise ValueError("match.to is no phone number")
    return digits
