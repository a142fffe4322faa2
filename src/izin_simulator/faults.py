"""The fault plan: which otherwise acceptable message meets which accident. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert

from izin_simulator.identifiers import digits_of

Deed = Literal["accept_no_answer", "drop", "error", "html500", "reset", "delay"]


class Match(Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages: to one person, each nth, or both. Empty means all."""

    to: str | None = None
    every: Annotated[int, Meta(ge=1)] | None = None


class Fault(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the plan. `do: error` with an `http` of html500, reset or delay means that deed."""

    do: Deed
    match: Literal["all"] | Match = "all"
    code: int = 131000
    http: int | Literal["html500", "reset", "delay"] | None = None
    ms: Annotated[int, Meta(ge=0)] = 0
    times: Annotated[int, Meta(ge=1)] | None = None

    @property
    def deed(self) -> Deed:
        """Return what happens."""
        return self.http if isinstance(self.http, str) else self.do


@dataclass(slots=True)
class _Line:
    fault: Fault
    to: str | None
    seen: int = 0
    struck: int = 0

    def strikes(self, digits: str) -> bool:
        match = self.fault.match
        if self.to is not None and self.to != digits:
            return False
        if self.fault.times is not None and self.struck >= self.fault.times:
            return False
        self.seen += 1
        every = match.every if isinstance(match, Match) else None
        if every is not None and self.seen % every:
            return False
        self.struck += 1
        return True


class FaultPlan:
    """The lines in order; the first that strikes decides."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self._lines = [_Line(fault, _wanted(fault)) for fault in faults]

    @classmethod
    def of(cls, told: Any) -> "FaultPlan":
        """Return the plan in a JSON list. Raises msgspec.ValidationError or ValueError."""
        return cls(convert(told, list[Fault]))

    def strike(self, digits: str) -> Fault | None:
        """Return the fault that this message meets, or None, and count it."""
        return next((line.fault for line in self._lines if line.strikes(digits)), None)

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
