"""Everything at once: processes killed, frozen and ended, the database gone, answers lost, people who say stop.

The order is drawn from a seed, which is printed: ``IZIN_TEST_SEED=… make faults`` plays the same storm again.
``IZIN_TIER=release`` makes it twenty times as long.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg
import pytest

from .house import LEASE_TTL_S, House, until
from .stage import Stage, stage
from .test_door import post, stop

pytestmark = pytest.mark.flow

ROUNDS = 20 if os.environ.get("IZIN_TIER") == "release" else 1
PER_DEED, PER_SECOND = 40, 40  # messages, at most, between one accident and the next; a second
MOST_IN_FLIGHT = 60
ON_THE_WAY_S = 2.0


class Storm:
    """A campaign, what may happen to it, and who said stop meanwhile."""

    def __init__(self, home: House, play: Stage, dice: random.Random) -> None:
        self.home, self.play, self.dice = home, play, dice
        self.stopped: dict[str, float] = {}
        self.over = threading.Event()
        self.deeds: list[Callable[[], None]] = [
            self.kill_dispatch,
            self.end_dispatch,
            self.freeze_dispatch,
            self.kill_worker,
            self.kill_door,
            self.close_connections,
            self.kill_a_backend,
            self.kill_postgres,
            self.hold_rows,
            self.lose_answers,
        ]

    # --- the processes ---

    def kill_dispatch(self) -> None:
        self.home.end_all("dispatch")
        self.home.run("dispatch")

    def end_dispatch(self) -> None:
        """As at a new version: each finishes what is in flight."""
        for process in self.home.processes:
            if process.name == "dispatch" and not process.has_ended():
                assert process.terminate() in (0, 143), "143: before it had begun"
        self.home.run("dispatch")

    def freeze_dispatch(self) -> None:
        """Longer than its lease: another one takes the lane over, and the sleeper wakes into it."""
        sleepers = [one for one in self.home.processes if one.name == "dispatch" and not one.has_ended()]
        for process in sleepers:
            process.send(signal.SIGSTOP)
        self.home.run("dispatch")
        self.wait(0, at_least_s=LEASE_TTL_S)
        for process in sleepers:
            process.send(signal.SIGCONT)

    def kill_worker(self) -> None:
        self.home.end_all("worker")
        self.home.run("worker")

    def kill_door(self) -> None:
        self.home.end_all("door")
        self.home.run_door()

    # --- the database ---

    def close_connections(self) -> None:
        with self.superuser() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'izin%'")
        self.database_is_back()

    def kill_a_backend(self) -> None:
        """PostgreSQL then ends every connection, and recovers."""
        with suppress(psycopg.OperationalError), self.superuser() as connection:
            found = connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'izin_dispatch' LIMIT 1")
            if row := found.fetchone():
                os.kill(row[0], signal.SIGKILL)
                connection.execute("SELECT pg_sleep(60)")  # ends with our connection, as soon as it was noticed
        self.database_is_back()

    def kill_postgres(self) -> None:
        from izin.lib import embedded_postgres

        place = embedded_postgres.location(self.home.data)
        os.kill(int((place.cluster / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        embedded_postgres.start(self.home.data, durable=False)  # it waits until the last of the killed one is gone
        self.database_is_back()

    def hold_rows(self) -> None:
        """Somebody's long transaction keeps a tenth of the people's standings for a while."""
        with self.superuser() as connection:
            connection.execute("SELECT 1 FROM consent_standing WHERE hashtext(id::text) % 10 = 0 FOR UPDATE")
            self.wait(20, at_least_s=0.5)

    def database_is_back(self) -> None:
        until(self.answers, what="the database is back")

    def answers(self) -> bool:
        from django.db import connections

        connections.close_all()
        try:
            with self.superuser():
                return True
        except psycopg.OperationalError:
            return False

    def superuser(self) -> "psycopg.Connection[tuple[object, ...]]":
        from izin.lib import embedded_postgres

        place = embedded_postgres.location(self.home.data)
        return psycopg.connect(place.url("postgres"))

    # --- WhatsApp and people ---

    def lose_answers(self) -> None:
        """WhatsApp takes these over, and the line breaks before it says so."""
        self.play.control("faults", [{"do": "accept_no_answer", "match": {"share": 0.2}}])
        self.wait(20)
        self.play.control("faults", [])

    def say_stop(self, people: list[str]) -> None:
        """As WhatsApp does: again, until the door has answered 200."""
        for who in people:
            while who not in self.stopped and not self.over.is_set():
                try:
                    if post(self.play, stop(self.play, who, wamid=f"wamid.{who}")) == 200:
                        self.stopped[who] = time.time()
                except OSError:
                    time.sleep(0.05)  # WhatsApp waits longer

    # --- the course of it ---

    def wait(self, more: int, *, at_least_s: float = 0.0) -> None:
        """Until so many more were sent, or everything is."""
        began, sent = time.monotonic(), self.play.oracle.reached().total()
        until(
            lambda: (
                time.monotonic() - began >= at_least_s
                and (self.play.oracle.reached().total() >= sent + more or self.settled())
            ),
            60,
            what=f"{more} more are sent",
        )

    def settled(self) -> bool:
        return not self.play.states().keys() & {"queued", "sending"}

    def rage(self) -> list[str]:
        """Every deed in a drawn order, round after round; their names."""
        done = []
        for _ in range(ROUNDS):
            for deed in self.dice.sample(self.deeds, len(self.deeds)):
                self.wait(self.dice.randint(5, PER_DEED))
                print(f"{deed.__name__} at {self.play.oracle.reached().total()}", flush=True)
                deed()
                done.append(deed.__name__)
                self.supervise()
        return done

    def is_complete(self) -> bool:
        self.supervise()
        return self.play.is_complete()

    def tell(self) -> str:
        """Where everything stands: what to read when a storm did not end."""
        running = [one for one in self.home.processes if not one.has_ended()]
        lines = [f"{one.name} {one.pid}: {one.lines[-500:]}" for one in running]
        return "\n".join([str(dict(self.play.states())), *lines])

    def supervise(self) -> None:
        """Start again what has ended by itself, as ``izin up`` does."""
        running = {one.name for one in self.home.processes if not one.has_ended()}
        for name in {"worker", "dispatch"} - running:
            self.home.run(name)
        if "door" not in running:
            self.home.run_door()


def test_a_campaign_through_a_storm(home: House) -> None:
    seed = int(os.environ.get("IZIN_TEST_SEED") or random.randrange(10**6))
    print(f"IZIN_TEST_SEED={seed}")
    dice = random.Random(seed)
    with stage(home, people=ROUNDS * 10 * 60 + 100, per_second=PER_SECOND, latency_ms=60) as play:
        storm = Storm(home, play, dice)
        play.start_campaign()
        home.run("dispatch")
        leavers = threading.Thread(target=storm.say_stop, args=(dice.sample(play.people, len(play.people) // 10),))
        leavers.start()
        try:
            deeds = storm.rage()
            leavers.join(60)
        finally:
            storm.over.set()
            leavers.join()
        try:
            until(storm.is_complete, 180, what="the campaign is complete")
        except AssertionError:
            print(storm.tell())
            raise
        play.finish()
        play.check()
        play.check_other()
        reached = {record["to"]: record["at"] for record in play.oracle.messages("accepted", "answer_lost")}
        late = [who for who, at in storm.stopped.items() if reached.get(who, 0.0) > at + ON_THE_WAY_S]
        assert not late, f"seed {seed}: {len(late)} people got a message that was decided after they had stopped"
        standings = play.standings()
        assert {standings[who] for who in storm.stopped} == {"refused"}, f"seed {seed}"
        states = play.states()
        assert states["unresolved"] <= len(deeds) * MOST_IN_FLIGHT, f"seed {seed}"
        n = len(play.people)
        print(f"{len(deeds)} accidents, {len(storm.stopped)} of {n} people stopped: {dict(states)}")
        print(f"twice, or after a stop: 0 of {n} (with 95 % certainty at most {3 / n:.1e})")
