"""Meta's cloud in one piece: the parts that the endpoints talk to."""

from dataclasses import dataclass
from typing import Any

from izin_simulator.access import Access
from izin_simulator.aftermath import Aftermath
from izin_simulator.clock import Clock
from izin_simulator.config import Config
from izin_simulator.courier import Courier
from izin_simulator.estate import Estate
from izin_simulator.gate import Gate
from izin_simulator.ground import Ground
from izin_simulator.memory import Memory
from izin_simulator.oracle import Log
from izin_simulator.phones import Phones


@dataclass
class Cloud:
    """One business account with its numbers and templates, and the people it writes to."""

    ground: Ground
    access: Access
    courier: Courier
    gate: Gate
    estate: Estate
    aftermath: Aftermath
    phones: Phones
    in_flight: int = 0

    @property
    def config(self) -> Config:
        """Return the configuration."""
        return self.ground.config

    @property
    def clock(self) -> Clock:
        """Return the clock."""
        return self.ground.clock

    @property
    def memory(self) -> Memory:
        """Return what the log says."""
        return self.ground.memory

    @property
    def log(self) -> Log:
        """Return the log."""
        return self.ground.log

    @property
    def quiet(self) -> bool:
        """Say whether no request is being answered and no webhook is still to come."""
        return self.in_flight == 0 and self.courier.pending == 0

    def state(self) -> dict[str, Any]:
        """Return the counts. Those of messages, replies and acknowledgements include earlier runs on the same log."""
        counts = self.memory.counts
        names = ("accepted", "answer_lost", "dropped", "rejected", "replies", "replies_acked", "statuses_acked")
        return {name: counts[name] for name in (*names, "webhooks_dropped")} | {
            "rejected_by_code": {str(code): n for code, n in sorted(self.memory.rejections.items())},
            "held": sum(len(wamids) for wamids in self.memory.holdings.held.values()),
            "reached_within_a_day": self.memory.crowd.reached_within_a_day(self.clock.now()),
            "in_flight": self.in_flight,
            "webhooks_pending": self.courier.pending,
            "webhooks_sent": self.courier.sent,
            "webhooks_refused": self.courier.refused,
            "webhook_answers": self.courier.answer_times(),
            "faults_struck": self.gate.faults.struck(),
            "clock": self.clock.now(),
        }
