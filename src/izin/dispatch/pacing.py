"""How fast one sender number may go: never more than its limit within any second, slower after a throttle.

Pure; times are seconds of a monotonic clock. Follows Meta's page "Throughput": 80 messages a second by number, 1,000
after an upgrade, 20 in coexistence. WhatsApp counts inbound messages too, so the caller gives what is left for sending.
"""

import math
from dataclasses import dataclass, replace

SECOND = 1_000_000_000
FASTEST = 1_000.0
SLOWEST = 0.01
SLACK_S, LATE_S = 0.018, 0.011  # of each second; docs/decisions/0005-dispatch.md


@dataclass(frozen=True, slots=True)
class Pace:
    """The limit of a sender number.

    ``burst`` messages may leave together after a rest; what they take is taken off the steady rate, so that no window
    of one second holds more than ``per_second`` messages, nor does it where they arrive, when some are up to
    ``jitter_s`` longer under way than others. After a throttle the rate halves and comes back within ``recovery_s``.
    Raises ``ValueError`` for a limit that is no number between 0.01 and 1,000 or a burst beyond it.
    """

    per_second: float
    burst: int = 1
    recovery_s: float = 30.0
    jitter_s: float = 0.0

    def __post_init__(self) -> None:
        if not SLOWEST <= self.per_second <= FASTEST:
            raise ValueError(f"A pace lies between {SLOWEST} and {FASTEST:.0f} messages a second.")
        if not 1 <= self.burst <= max(1, math.floor(self.per_second)):
            raise ValueError("A burst is at least 1 and at most what may leave within one second.")
        if not self.recovery_s > 0:
            raise ValueError("A pace recovers within a positive time.")
        if not 0 <= self.jitter_s < 1:
            raise ValueError("Messages are less than a second longer under way than others.")

    @property
    def steady(self) -> float:
        """Messages a second in the long run."""
        if self.per_second < 1:
            return self.per_second
        return (math.floor(self.per_second) - self.burst + 1) / (1 + self.jitter_s)


def careful(per_second: float) -> Pace:
    """The pace that keeps 18 ms of every second free, wherever messages are counted.

    A fast lane uses up to 11 ms of them to catch up on a late timer. A slow one, whose messages lie further apart than
    that, has nothing to catch up on, and all of it for messages that are longer under way than others.
    """
    burst = 1 + int(per_second * LATE_S)
    return Pace(per_second, burst, jitter_s=SLACK_S - (burst - 1) / per_second)


@dataclass(frozen=True, slots=True)
class PaceState:
    """Where a lane stands: its next free slot in whole nanoseconds, and the share of the steady rate it may use.

    It grows evenly from ``share`` at ``share_since_ns``, by all of the rate in ``whole_after_s``.
    """

    pace: Pace
    next_ns: int
    share: float = 1.0
    share_since_ns: int = 0
    whole_after_s: float = 30.0


def start(pace: Pace, now: float, *, warm_up_s: float = 0.0) -> PaceState:
    """A rested lane: a whole burst may leave at once.

    With ``warm_up_s`` it begins at half its rate and has all of it after that time: as long as connections are opened,
    each message that waits for one is late, and would meet those behind it.
    """
    now_ns = _ns(now)
    if not warm_up_s:
        return PaceState(pace, now_ns, 1.0, now_ns)
    return PaceState(pace, now_ns, 0.5, now_ns, 2 * warm_up_s)


def reserve(state: PaceState, now: float) -> tuple[PaceState, float]:
    """Takes the next slot for one message: the new state, and the seconds to wait before it may leave."""
    now_ns = _ns(now)
    interval = math.ceil(SECOND / (state.pace.steady * share(state, now)))
    # A rest is worth a burst and no more.
    slot = max(state.next_ns, now_ns - (state.pace.burst - 1) * interval)
    # Rounded up by a nanosecond, since a slot that comes early would break the promise.
    wait_s = (slot - now_ns + 1) / SECOND if slot > now_ns else 0.0
    return PaceState(state.pace, slot + interval, state.share, state.share_since_ns, state.whole_after_s), wait_s


def throttled(state: PaceState, now: float, wait_s: float = 1.0) -> PaceState:
    """WhatsApp said too fast: half the rate, and nothing within ``wait_s``.

    Answers of messages that were already under way count as the same throttle, so a burst of them halves it once.
    """
    now_ns = _ns(now)
    until_ns = now_ns + math.ceil(wait_s * SECOND)
    next_ns = max(state.next_ns, until_ns)
    if now_ns < state.share_since_ns:
        return replace(state, next_ns=next_ns)
    least = min(1.0, 1.0 / state.pace.steady)
    left = max(least, share(state, now) / 2)
    return PaceState(state.pace, next_ns, left, until_ns, state.pace.recovery_s)


def share(state: PaceState, now: float) -> float:
    """The share of the steady rate that may be used now, from 0 (excluded) to 1; it grows evenly after a throttle."""
    rested_s = max(0, _ns(now) - state.share_since_ns) / SECOND
    return min(1.0, state.share + rested_s / state.whole_after_s)


def _ns(now: float) -> int:
    return math.floor(now * SECOND)
