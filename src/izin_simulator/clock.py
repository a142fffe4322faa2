"""The simulator's clock: real time, or time that runs faster or was moved on, so that a day need not last one.

Hours and days go by this clock: the 24-hour window, limits per day, pauses of templates, seven days of repetition.
Milliseconds and rates per second (latency, throughput, the pair limit) stay real.
"""

import time

DAY_S = 86_400.0


class Clock:
    """Epoch seconds. Never behind `earliest`, the last time that an existing log knows."""

    def __init__(self, seconds_per_day: float = DAY_S, earliest: float = 0.0) -> None:
        self._speed = DAY_S / seconds_per_day
        self._real = time.time()
        self._shown = max(self._real, earliest)

    def now(self) -> float:
        """Return the simulated time: real time while nothing was compressed or moved."""
        return self._shown + (time.time() - self._real) * self._speed

    def real(self, simulated_s: float) -> float:
        """Return how many real seconds a simulated span takes."""
        return simulated_s / self._speed

    def advance(self, seconds: float) -> None:
        """Move on by simulated seconds. What was due in between is due at once."""
        self._shown += seconds

    def run(self, seconds_per_day: float) -> None:
        """Let a day pass in so many real seconds from now on."""
        self._shown, self._real = self.now(), time.time()
        self._speed = DAY_S / seconds_per_day

    @property
    def seconds_per_day(self) -> float:
        """Return the real seconds of a simulated day."""
        return DAY_S / self._speed
