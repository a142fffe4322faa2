"""Several machines: lanes are shared out, and go over when a machine dies, freezes or is cut off; nobody twice.

Each machine is a network namespace of its own, in which nothing is reached but by two lines: one to the database, one
to WhatsApp. ``IZIN_TIER=release`` makes it four times as long.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from .house import House, Running, until
from .stage import Stage, stage

pytestmark = pytest.mark.flow

LINE = Path(__file__).with_name("line.py")
PEOPLE, PER_SECOND = (2_400, 40) if os.environ.get("IZIN_TIER") == "release" else (240, 20)
TAKEN_OVER_S = 15.0


class Machine:
    """A dispatch process in a network of its own, with a line to the database and one to each simulator."""

    def __init__(self, home: House, plays: list[Stage], outside: Path, number: int) -> None:
        self._home, self._plays = home, plays
        self.inside = outside / f"m{number}"
        self.inside.mkdir()
        self.to_database = self._line(str(self.inside / ".s.PGSQL.5432"), str(_socket_of(home)))
        network = ["unshare", "--net", sys.executable, str(LINE), "--bring-up"]
        self._network = home.launch("network", [*network, str(self.inside / "nothing"), "1"])
        _await_line(self._network)
        self.to_whatsapp = [self._line(str(play.port), str(outside / str(play.port)), inside=True) for play in plays]
        self.dispatch = home.launch(
            "dispatch",
            [*self._enter(), sys.executable, "-m", "izin", "run", "dispatch"],
            IZIN_DATABASE_URL=f"postgresql://izin_dispatch@/izin?host={self.inside}&port=5432",
            IZIN_LANE_RESTS_AFTER_S="600",  # what is held is what is looked at, also when a campaign is complete
        )

    def _enter(self) -> list[str]:
        return ["nsenter", f"--net=/proc/{self._network.pid}/ns/net"]

    def _line(self, listening: str, beyond: str, *, inside: bool = False) -> Running:
        enter = self._enter() if inside else []
        line = self._home.launch("line", [*enter, sys.executable, str(LINE), listening, beyond])
        _await_line(line)
        return line

    def holds(self) -> int:
        """How many lanes are its own."""
        from izin.dispatch.models import Lane
        from izin.organisations.scope import scope

        count = 0
        for organisation_id in (one for play in self._plays for one in (play.organisation_id, play.other_id)):
            with scope(organisation_id):
                count += Lane.objects.filter(holder__endswith=f":{self.dispatch.pid}").count()
        return count

    def end(self) -> None:
        for process in (self.dispatch, *self.to_whatsapp, self.to_database, self._network):
            if not process.has_ended():
                process.send(signal.SIGCONT)
                process.kill()


@pytest.fixture
def machines(home: House) -> Iterator[tuple[list[Machine], list[Stage]]]:
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("nsenter")):
        pytest.skip("a network of its own is for root to make, with unshare and nsenter")
    if subprocess.run(["unshare", "--net", "true"], check=False).returncode:
        pytest.skip("this machine allows nobody a network of its own")
    with ExitStack() as closing:
        outside = Path(closing.enter_context(TemporaryDirectory(prefix="izin-m-")))
        plays = [closing.enter_context(stage(home, PEOPLE, PER_SECOND, latency_ms=80)) for _ in range(3)]
        for play in plays:
            # What the simulator listens on is reached from every network by a socket in the file system.
            line = home.launch("line", [sys.executable, str(LINE), str(outside / str(play.port)), str(play.port)])
            _await_line(line)
            closing.callback(line.kill)
        built: list[Machine] = []
        closing.callback(lambda: [machine.end() for machine in built])
        built += [Machine(home, plays, outside, number) for number in range(3)]
        yield built, plays


def test_what_one_machine_cannot_do_another_does(home: House, machines: tuple[list[Machine], list[Stage]]) -> None:
    (first, second, third), plays = machines
    until(lambda: _processes(home) == 3, what="each machine is known")
    for play in plays:
        play.start_campaign()
    until(lambda: all(machine.holds() for machine in (first, second, third)), what="each machine has its part")
    _sent_more(plays)

    for line in first.to_whatsapp:
        line.kill()
    _over(first, "lost WhatsApp")
    _sent_more(plays)

    second.dispatch.send(signal.SIGSTOP)
    _over(second, "froze")
    _sent_more(plays)
    second.dispatch.send(signal.SIGCONT)
    until(second.holds, what="it lives again, and gets its part")

    third.to_database.send(signal.SIGSTOP)
    _over(third, "lost the database")
    _sent_more(plays)
    third.to_database.send(signal.SIGCONT)
    until(third.holds, what="it hears the database again, and gets its part")

    second.dispatch.kill()
    _over(second, "died")
    for play in plays:
        play.finish(120)
        play.check()
        play.check_other()
        assert set(play.states()) <= {"accepted", "unresolved"}
        print(f"{play.states()['unresolved']} of {PEOPLE} were under way when a machine fell silent")


def _sent_more(plays: list[Stage], more: int = 30) -> None:
    """Wait until as many more were sent in every campaign that goes on."""
    for play in plays:
        sent = play.oracle.reached().total()
        until(
            lambda play=play, sent=sent: play.oracle.reached().total() >= sent + more or play.is_complete(),
            what="it goes on",
        )


def _over(machine: Machine, what: str) -> None:
    began = time.monotonic()
    until(lambda: not machine.holds(), TAKEN_OVER_S, what=f"others have what the machine held that {what}")
    print(f"a machine {what}: its lanes were another's after {time.monotonic() - began:.1f} s")


def _await_line(line: Running) -> None:
    until(lambda: "listening" in line.lines or line.has_ended(), what="the line is laid")
    assert not line.has_ended(), line.lines


def _processes(home: House) -> int:
    from izin.lib import embedded_postgres

    with psycopg.connect(embedded_postgres.location(home.data).url("izin_dispatch")) as connection:
        row = connection.execute("SELECT count(*) FROM dispatch_process").fetchone()
    return row[0] if row else 0


def _socket_of(home: House) -> Path:
    from izin.lib import embedded_postgres

    place = embedded_postgres.location(home.data)
    return place.socket / f".s.PGSQL.{place.port}"
