"""A campaign that goes out in parts: what is looked at before the next part, and when it stops by itself. Pure.

The first parts are chosen by chance. What is counted are the people written to so far; when staff let a stopped
campaign go on, only those who are written to after that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Literal
from uuid import UUID

Next = Literal["stop", "wait", "through", "open"]

NOBODY: Final = UUID(int=0)  # the end of a stage that is not open: before every message
LEAST_PEOPLE: Final = 50  # fewer say nothing about a rate
LEAST_CASES: Final = 3  # one or two may always be chance
THROUGH: Final = 0.9  # of a stage's people have an outcome; the last may rest for a day, or live where it is night


@dataclass(frozen=True, slots=True)
class Step:
    """Up to ``percent`` of everybody, together with the steps before; the next follows ``wait`` after it is through."""

    percent: int
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Signals:
    """Out of ``sent`` people: who said stop to us, who stopped us in WhatsApp (131050), and whom it did not reach."""

    sent: int = 0
    opt_outs: int = 0
    blocks: int = 0
    failed: int = 0
    read: int = 0

    def __add__(self, other: "Signals") -> "Signals":
        return Signals(
            self.sent + other.sent,
            self.opt_outs + other.opt_outs,
            self.blocks + other.blocks,
            self.failed + other.failed,
            self.read + other.read,
        )


@dataclass(frozen=True, slots=True)
class Threshold:
    """More than this share of the people written to stops the campaign for ``reason``."""

    reason: str
    share: float

    def cases(self, signals: Signals) -> int:
        """How many of them there are."""
        return {"stage_blocks": signals.blocks, "stage_opt_outs": signals.opt_outs}.get(self.reason, signals.failed)


# The worst first: it is the reason that is shown.
THRESHOLDS: Final = (
    Threshold("stage_blocks", 0.01),
    Threshold("stage_opt_outs", 0.02),
    Threshold("stage_failures", 0.10),
)


def ramp(wait: timedelta) -> tuple[Step, ...]:
    """1 %, 10 %, then the rest, with so long to look at each."""
    return Step(1, wait), Step(10, wait), Step(100, timedelta(0))


def split(percent: int, wait: timedelta) -> tuple[Step, ...]:
    """A share to try two templates on, then the rest."""
    return Step(percent, wait), Step(100, timedelta(0))


def check_steps(steps: Sequence[Step]) -> None:
    """Each larger than the one before, the last of them everybody. Raises ValueError."""
    shares = [0, *(step.percent for step in steps)]
    if any(later <= earlier for earlier, later in pairwise(shares)) or shares[-1] != 100:
        raise ValueError("The parts of a campaign grow from one to the next, and the last is everybody.")


def people_in(percent: int, planned: int) -> int:
    """How many of ``planned`` people are in it: rounded up, so that there is somebody in the first."""
    return -(-planned * percent // 100)


def alarm(signals: Signals) -> str:
    """Why it must stop, as one word; empty while it may go on.

    A rate counts from ``LEAST_PEOPLE`` people and ``LEAST_CASES`` cases on.
    """
    if signals.sent < LEAST_PEOPLE:
        return ""
    for threshold in THRESHOLDS:
        cases = threshold.cases(signals)
        if cases >= LEAST_CASES and cases > threshold.share * signals.sent:
            return threshold.reason
    return ""


def next_move(
    signals: Signals,
    *,
    people: int,
    settled: int,
    through_at: datetime | None,
    wait: timedelta,
    is_last: bool,
    at: datetime,
) -> Next:
    """What to do with the stage that is open, of so many ``people`` of whom ``settled`` have an outcome.

    stop: pause the campaign · through: from now on its waiting time runs · open: the next stage · wait: look again.
    """
    if alarm(signals):
        return "stop"
    if is_last:
        return "wait"
    if through_at is None:
        return "through" if settled >= THROUGH * people else "wait"
    return "open" if at >= through_at + wait else "wait"
