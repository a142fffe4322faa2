"""Rate limits. Pure: the caller says what time it is (seconds)."""

from collections import deque

# A float sum of intervals drifts by less than this; a caller exactly on time must not be refused.
_TOLERANCE = 1e-6
_FORGET_ABOVE = 65_536


class Limiter:
    """The generic cell rate algorithm: `per_second` for each key in the long run, `burst` of them at once.

    Meta's throughput is one Limiter per business number; its pair limit is one with 1/6 per second and a burst of 45.
    """

    def __init__(self, per_second: float, burst: int) -> None:
        self._interval = 1 / per_second
        self._slack = (burst - 1) * self._interval + _TOLERANCE
        self._due: dict[str, float] = {}

    def wait(self, key: str, now: float) -> float:
        """Return the seconds until one more is allowed for this key: 0.0 if it is allowed now. Takes nothing."""
        return max(0.0, self._due.get(key, now) - self._slack - now)

    def take(self, key: str, now: float) -> None:
        """Count one for this key, also one that could not be refused (an inbound message)."""
        self._due[key] = max(self._due.get(key, now), now) + self._interval
        if len(self._due) > _FORGET_ABOVE:
            self._due = {k: due for k, due in self._due.items() if due > now}


class Rolling:
    """So many calls in any window of `span_s` seconds, as Meta counts management calls over a rolling hour."""

    def __init__(self, limit: int, span_s: float) -> None:
        self.limit = limit
        self._span_s = span_s
        self._times: deque[float] = deque()

    def used(self, now: float) -> int:
        """Return how many calls the window holds."""
        while self._times and self._times[0] <= now - self._span_s:
            self._times.popleft()
        return len(self._times)

    def take(self, now: float) -> bool:
        """Count a call if there is room for it; say whether there was."""
        if self.used(now) >= self.limit:
            return False
        self._times.append(now)
        return True

    def regained_in(self, now: float) -> float:
        """Return the seconds until there is room again, 0.0 if there is."""
        return max(0.0, self._times[0] + self._span_s - now) if self.used(now) >= self.limit else 0.0
