"""How fast one sender number may go: never more than its limit within any second, slower after a throttle.

Pure; times are seconds of a monotonic clock. Follows Meta's page "Throughput": 80 messages a second by number, 1,000
after an upgrade, 20 in coexistence. WhatsApp counts inbound messages too, so the caller gives what is left for sending.
"""

import math
from collections import deque
from dataclasses import dataclass

SECOND = 1_000_000_000
FASTEST = 1_000.0
SLOWEST = 0.01


@dataclass(frozen=True, slots=True)
class Pace:
    """The limit of a sender number.

    Messages leave evenly, and up to ``burst`` of them together after a rest or a delay; no window of one second holds
    more than ``per_second``. After a throttle the rate halves and comes back within ``recovery_s``. Raises
    ``ValueError`` for a limit that is no number between 0.01 and 1,000 or a burst beyond it.
    """

    per_second: float
    burst: int = 1
    recovery_s: float = 30.0

    def __post_init__(self) -> None:
        if not SLOWEST <= self.per_second <= FASTEST:
            raise ValueError(f"A pace lies between {SLOWEST} and {FASTEST:.0f} messages a second.")
        if not 1 <= self.burst <= self.most:
            raise ValueError("A burst is at least 1 and at most what may leave within one second.")
        if not self.recovery_s > 0:
            raise ValueError("A pace recovers within a positive time.")

    @property
    def most(self) -> int:
        """Messages within any one second."""
        return max(1, math.floor(self.per_second))

    @property
    def steady(self) -> float:
        """Messages a second in the long run."""
        return self.per_second if self.per_second < 1 else self.most


class Pacer:
    """Where a lane stands: its next slot, the share of its rate that it may use, and when the last messages left.

    A delay is caught up on as far as the burst and the last second allow. A bucket of tokens alone would have to run
    below the limit by as much as it may catch up on: it cannot see that the second before had room.
    """

    def __init__(self, pace: Pace, now: float) -> None:
        self._pace = pace
        self._next_ns = self._share_since_ns = _ns(now)  # a rested lane: a whole burst may leave at once
        self._share = 1.0
        self._left: deque[int] = deque(maxlen=pace.most)

    def reserve(self, now: float) -> float:
        """Take the next slot for one message: the seconds to wait before it may leave."""
        now_ns = _ns(now)
        interval = math.ceil(SECOND / (self._pace.steady * self.share(now)))
        caught_up = (self._pace.burst - 1) * interval  # a rest is worth a burst and no more
        slot = max(self._next_ns, now_ns - caught_up)
        leaves = max(slot, now_ns)
        if len(self._left) == self._left.maxlen and self._pace.per_second >= 1:
            leaves = max(leaves, self._left[0] + SECOND)
        self._left.append(leaves)
        self._next_ns = max(slot, leaves - caught_up) + interval
        # Rounded up by a nanosecond, since a slot that comes early would break the promise.
        return (leaves - now_ns + 1) / SECOND if leaves > now_ns else 0.0

    def left(self, now: float) -> None:
        """The message whose slot was reserved last leaves only now."""
        self._left[-1] = max(self._left[-1], _ns(now))

    def throttled(self, now: float, wait_s: float = 1.0) -> None:
        """WhatsApp said too fast: half the rate, and nothing within ``wait_s``.

        Answers of messages that were already under way count as the same throttle, so a burst of them halves it once.
        """
        now_ns = _ns(now)
        until_ns = now_ns + math.ceil(wait_s * SECOND)
        self._next_ns = max(self._next_ns, until_ns)
        if now_ns < self._share_since_ns:
            return
        least = min(1.0, 1.0 / self._pace.steady)
        self._share, self._share_since_ns = max(least, self.share(now) / 2), until_ns

    def share(self, now: float) -> float:
        """The share of the rate that may be used now, from 0 (excluded) to 1; it grows evenly after a throttle."""
        rested_s = max(0, _ns(now) - self._share_since_ns) / SECOND
        return min(1.0, self._share + rested_s / self._pace.recovery_s)


def _ns(now: float) -> int:
    return math.floor(now * SECOND)
