"""The way out under load: people who stop at every moment of a campaign, and a door that is killed again and again.

``IZIN_TIER=release`` (``make faults TIER=release``) runs the full size: 500 people in each part of the race, and
10,000 opt-outs with the door killed eighty times.
"""

import http.client
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from .house import House, Running, until
from .stage import Stage, stage
from .test_door import post, stop

pytestmark = pytest.mark.flow

RELEASE = os.environ.get("IZIN_TIER") == "release"
EACH = 500 if RELEASE else 30  # people in each part of the race
AHEAD = 180  # so far ahead of the front somebody still waits in line when the stop is put into force
OPT_OUTS, KILL_EACH = (10_000, 125) if RELEASE else (40, 8)  # the door is killed after so many answers
ON_THE_WAY_S = 2.0  # what was decided before the stop leaves within this time, or never (design: the arming limit)


def test_the_race_between_a_campaign_and_those_who_stop(home: House) -> None:
    """One of three people stops: those who have it, those whose message is just leaving, and those who wait in line."""
    people = EACH * 6 + AHEAD
    with stage(home, people=people, per_second=80, latency_ms=80) as play:
        play.start_campaign()
        dispatch = home.run("dispatch")
        silent: dict[str, float] = {}

        def say(who: str) -> None:
            assert post(play, stop(play, who)) == 200
            silent[who] = time.time()

        with ThreadPoolExecutor(8) as crowd:
            said = []
            for step in range(EACH):
                front = 6 * step + 3  # in the order in which people are written to
                until(lambda front=front: play.reached_count() >= front, 120)
                near = (front - 3, front + 5, front + AHEAD)
                said += [crowd.submit(say, play.people[place]) for place in near]
            for one in said:
                one.result()
        play.finish(180)
        play.check()
        play.check_other()
        report = play.report()
        assert report.decided_after_withdrawal == 0
        reached = {record["to"]: record["at"] for record in play.oracle.messages("accepted", "answer_lost")}
        late = [who for who, at in silent.items() if reached.get(who, 0.0) > at + ON_THE_WAY_S]
        assert not late, f"{len(late)} people got a message that was decided after they had stopped"
        standings, rows = play.standings(), play.rows()
        assert {standings[who] for who in silent} == {"refused"}
        counted = {state: sum(rows[who][0] == state for who in silent) for state in ("accepted", "suppressed")}
        print(f"{len(silent)} stopped: {counted}; silence p50 {report.silence_p50_ms}, p99 {report.silence_p99_ms} ms")
        assert all(counted.values()), "some came before their stop, some did not"
        assert dispatch.terminate() == 0


def test_no_stop_that_was_answered_is_lost_however_often_the_door_is_killed(home: House) -> None:
    """Whoever is answered as the next ``KILL_EACH`` are full kills the door, while the others of the crowd speak to it.

    By count and not by the clock: a quick door answers a small crowd before any clock has struck.
    """
    with stage(home, people=OPT_OUTS) as play:
        home.end_all("door")
        door = home.run_door()
        answered: set[str] = set()
        killed: list[Running] = []
        one_at_a_time = threading.Lock()

        def count(who: str) -> None:
            nonlocal door
            with one_at_a_time:
                answered.add(who)
                if len(answered) % KILL_EACH == 0:
                    door.kill()
                    killed.append(door)
                    door = home.run_door()

        def say(who: str) -> None:
            """As WhatsApp does: again, until it is answered 200."""
            while who not in answered:
                try:
                    if post(play, stop(play, who, wamid=f"wamid.{who}")) == 200:
                        count(who)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.05)  # WhatsApp waits longer

        with ThreadPoolExecutor(8) as crowd:
            list(crowd.map(say, play.people))
        standings = play.standings()
        lost = [who for who in answered if standings[who] != "refused"]
        print(f"{len(answered)} opt-outs answered 200, the door killed {len(killed)} times, {len(lost)} lost")
        assert len(killed) == OPT_OUTS // KILL_EACH
        assert not lost
        assert _acts(play) == len(play.people), "each is one withdrawal, however often it was said"
        play.check_other()


def _acts(play: Stage) -> int:
    from izin.consent.models import Evidence
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        return Evidence.objects.filter(act="withdrawn").count()
