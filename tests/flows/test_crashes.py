"""Dispatch killed, stopped and suspended at every point: nobody gets it twice, and everybody is accounted for."""

import os
import random
import signal

import pytest

from .house import House, Running, until
from .stage import Stage, stage

pytestmark = pytest.mark.flow

PEOPLE = 120
BATCH = 20  # one decision at 100 messages a second
KILLS = 50 if os.environ.get("IZIN_TIER") == "release" else 3
MOST_IN_FLIGHT = 3 * BATCH  # the batch that is written, the one decided ahead, and answers under way


@pytest.mark.parametrize("point", ["C1:3", "C3:3", "C5:40", "C6:8"])
def test_killed_at_a_crash_point(home: House, point: str) -> None:
    with stage(home, PEOPLE, latency_ms=60) as play:
        play.control("webhooks", {"paused": True})
        play.start_campaign()
        crashing = home.run("dispatch", IZIN_CRASHPOINT=point)
        until(crashing.has_ended, what="dispatch reaches the crash point")
        assert crashing.code == -signal.SIGKILL
        before = play.states()
        _take_over(home, play)
        if point.startswith("C3"):
            assert play.states()["unresolved"] >= BATCH, "decided, not written, and known as such"
        assert before["queued"] > 0, "it was killed in the middle"


def test_killed_between_the_last_byte_and_the_answer(home: House) -> None:
    """C4: WhatsApp has them, and nobody told us."""
    with stage(home, PEOPLE, latency_ms=400) as play:
        play.control("webhooks", {"paused": True})
        play.start_campaign()
        _kill_when_reached(home.run("dispatch"), play, BATCH)
        stranded = _take_over(home, play)
        assert stranded & set(play.oracle.reached()), "some were written and not answered"


def test_killed_again_and_again(home: House) -> None:
    seed = int(os.environ.get("IZIN_TEST_SEED") or random.randrange(10**6))
    print(f"IZIN_TEST_SEED={seed}")
    dice = random.Random(seed)
    with stage(home, people=100 * KILLS, latency_ms=80) as play:  # each time up to 40, and all that was in flight
        play.start_campaign()
        for _ in range(KILLS):
            _kill_when_reached(home.run("dispatch"), play, dice.randint(1, 40))
        home.run("dispatch")
        play.finish()
        play.check()
        assert play.states()["unresolved"] <= KILLS * MOST_IN_FLIGHT, f"seed {seed}"


def test_asked_to_end_it_leaves_nothing_uncertain(home: House) -> None:
    with stage(home, PEOPLE, latency_ms=300) as play:
        play.start_campaign()
        for _ in range(2):
            dispatch = home.run("dispatch")
            sent = play.oracle.reached().total()
            until(lambda sent=sent: play.oracle.reached().total() >= sent + 30)
            assert dispatch.terminate() == 0
            states = play.states()
            assert not states["sending"] and not states["uncertain"], states
            assert states["queued"], "it was asked in the middle"
        home.run("dispatch")
        play.finish()
        play.check()
        assert play.states() == {"accepted": PEOPLE}


def test_suspended_and_woken_after_its_lease_it_sends_nothing_more(home: House) -> None:
    with stage(home, people=240, latency_ms=200) as play:
        play.start_campaign()
        sleeper = home.run("dispatch")
        until(lambda: play.oracle.reached().total() >= 30)
        sleeper.send(signal.SIGSTOP)
        sent = play.oracle.reached().total()
        home.run("dispatch")
        until(lambda: play.oracle.reached().total() >= sent + 20, what="the second one takes over")
        sleeper.send(signal.SIGCONT)
        play.finish()
        assert not sleeper.has_ended(), "it lives on, for other lanes"
        play.check()
        assert sleeper.terminate() == 0


def _kill_when_reached(dispatch: Running, play: Stage, more: int) -> None:
    wanted = play.oracle.reached().total() + more
    until(lambda: play.oracle.reached().total() >= wanted, what="it sends")
    dispatch.kill()


def _take_over(home: House, play: Stage) -> set[str]:
    """Let another one finish the campaign while no webhook comes, then let them come; who was stranded."""
    home.run("dispatch")
    until(lambda: not play.states().keys() & {"queued", "sending"}, what="the rest is sent")
    stranded = {who for who, (state, _) in play.rows().items() if state in ("uncertain", "unresolved")}
    assert len(stranded) <= MOST_IN_FLIGHT
    play.control("webhooks", {"paused": False})
    play.finish()
    play.check()
    reached, rows = set(play.oracle.reached()), play.rows()
    assert {rows[who] for who in stranded & reached} <= {("accepted", "proved_by_status")}
    assert {rows[who] for who in stranded - reached} <= {("unresolved", "holder_lost")}
    return stranded
