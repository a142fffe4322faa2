"""Meta's cloud in one piece: the parts that the endpoints talk to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from izin_simulator.aftermath import Aftermath
from izin_simulator.config import Config
from izin_simulator.courier import Courier
from izin_simulator.gate import Gate
from izin_simulator.memory import Memory
from izin_simulator.oracle import Log


@dataclass
class Cloud:
    """One business account with its numbers and templates, and the people it writes to."""

    config: Config
    memory: Memory
    log: Log
    courier: Courier
    gate: Gate
    aftermath: Aftermath
    in_flight: int = 0

    @contextmanager
    def request_under_way(self) -> Iterator[None]:
        """Count a send request until it is answered."""
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1

    @property
    def quiet(self) -> bool:
        """Say whether no request is being answered and no webhook is still to come."""
        return self.in_flight == 0 and self.courier.pending == 0

    def state(self) -> dict[str, Any]:
        """Return the counts. Those of messages, replies and acknowledgements include earlier runs on the same log."""
        counts = self.memory.counts
        names = ("accepted", "answer_lost", "dropped", "rejected", "replies", "replies_acked", "statuses_acked")
        return {name: counts[name] for name in names} | {
            "rejected_by_code": {str(code): n for code, n in sorted(self.memory.rejections.items())},
            "in_flight": self.in_flight,
            "webhooks_pending": self.courier.pending,
            "webhooks_sent": self.courier.sent,
            "webhooks_refused": self.courier.refused,
            "faults_struck": self.gate.faults.struck(),
        }
