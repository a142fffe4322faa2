"""What every part stands on: configuration, time, memory and the log."""

from dataclasses import dataclass

from izin_simulator.clock import Clock
from izin_simulator.config import Config
from izin_simulator.media import Media
from izin_simulator.memory import Memory
from izin_simulator.oracle import Log
from izin_simulator.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Ground:
    """`real` is the timetable of real seconds, `simulated` the one of the simulator's clock."""

    config: Config
    seed: int
    clock: Clock
    real: Timetable
    simulated: Timetable
    memory: Memory
    media: Media
    log: Log
