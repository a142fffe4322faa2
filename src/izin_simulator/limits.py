"""Rate limits by the generic cell rate algorithm. Pure: the caller says what time it is (seconds)."""

# A float sum of intervals drifts by less than this; a caller exactly on time must not be refused.
_TOLERANCE = 1e-6
_FORGET_ABOVE = 65_536


class Limiter:
    """`per_second` messages for each key in the long run, `burst` of them at once.

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
