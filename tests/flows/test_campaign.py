"""A whole campaign with nothing going wrong but people: promises P1, P3, P4, P5, P8 and P11 on real processes."""

import time
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from .house import House, until
from .stage import Stage, stage

pytestmark = pytest.mark.flow


def test_a_campaign_keeps_its_promises_while_people_say_stop(home: House) -> None:
    with stage(home, people=300, per_second=50, latency_ms=80) as play:
        play.start_campaign()
        dispatch = home.run("dispatch")
        until(lambda: sum(play.oracle.reached().values()) >= 20, what="some are sent")
        _stop_and_go_on(play)
        until(lambda: sum(play.oracle.reached().values()) >= 60, what="a fifth is sent")
        early = play.people[-12:]  # sent in the order in which contacts were added: these still wait in line
        for who in early:
            play.say(who)
        play.say(play.people[0], "tolong jangan hantar lagi")  # got it already
        play.finish()
        play.check()
        play.check_other()
        _check_silence(play, early)
        assert play.oracle.busiest_second() <= play.per_second + play.oracle.texts().total()
        assert not play.oracle.messages("rejected"), "throttled: too fast for the simulator"
        assert dispatch.terminate() == 0
        _check_ledger(play)


def _stop_and_go_on(play: Stage) -> None:
    """All sending is stopped: nothing reaches WhatsApp later than two seconds after it, until it is lifted."""
    from izin.campaigns import stopping
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        assert stopping.stop(by=None)
    stopped_at = time.monotonic()
    until(lambda: play.states()["sending"] == 0 and time.monotonic() > stopped_at + 2.0, what="all is settled")
    so_far = sum(play.oracle.reached().values())
    until(lambda: time.monotonic() > stopped_at + 3.0, what="twenty more would have been sent")
    assert sum(play.oracle.reached().values()) == so_far < 200
    with scope(play.organisation_id):
        assert stopping.resume(by=None)


def _check_silence(play: Stage, early: list[str]) -> None:
    report, rows = play.report(), play.rows()
    assert report.planned == 300
    assert report.accepted == 300 - len(early)
    assert report.suppressed == {"withdrawn": len(early)}
    assert report.withdrawn_mid_campaign == len(early) + 1
    assert report.decided_after_withdrawal == 0
    assert report.delivered == report.accepted
    assert {rows[who] for who in early} == {("suppressed", "withdrawn")}
    assert not set(early) & set(play.oracle.reached())
    answered = play.oracle.texts()
    assert answered == dict.fromkeys([*early, play.people[0]], 1), "each is told once that it is done"
    standings = play.standings()
    assert {standings[who] for who in [*early, play.people[0]]} == {"refused"}
    print(f"opt-out to silence: p50 {report.silence_p50_ms} ms, p99 {report.silence_p99_ms} ms")


def _check_ledger(play: Stage) -> None:
    from izin.cli.ledger import verify

    for organisation_id in (play.organisation_id, play.other_id):
        found = verify(organisation_id)
        assert found["verified"], found["problems"]


def test_who_is_asleep_until_the_end_gets_nothing_and_is_expired(home: House) -> None:
    """Half of the people live where it is London's time of day, and only there it is an hour to write to them."""
    from izin.campaigns import opening
    from izin.campaigns.hours import Hours, is_open
    from izin.campaigns.models import Campaign
    from izin.dispatch.models import Message
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with stage(home, people=8, per_second=50) as play:
        in_london = now().astimezone(ZoneInfo("Europe/London"))
        hours = Hours(*((in_london + timedelta(hours=away)).time() for away in (-2, 2)))
        assert not is_open("MY", now(), hours)
        with scope(play.organisation_id):
            opening.change(hours, by=None)
        campaign_id = play.start_campaign()
        with scope(play.organisation_id):
            waiting = Message.objects.filter(campaign_id=campaign_id).order_by("id")
            abroad = list(waiting.values_list("id", flat=True)[:4])
            waiting.filter(id__in=abroad).update(country="GB")
        dispatch = home.run("dispatch")
        until(lambda: sum(play.oracle.reached().values()) >= 4, what="who is awake has it")
        with scope(play.organisation_id):
            Campaign.objects.filter(id=campaign_id).update(not_after=now())
        play.finish()
        assert dispatch.terminate() == 0
        states = Counter(state for state, _ in play.rows().values())
        assert states == {"accepted": 4, "expired": 4}
        assert sum(play.oracle.reached().values()) == 4
        assert play.report().expired == 4


def test_whatsapps_limit_is_kept_before_it_is_met(home: House) -> None:
    """WhatsApp takes 250 people: nobody is refused by it, and who waits goes on as soon as it takes more."""
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    def told(play: Stage, limit: str) -> None:
        play.control("number", {"messaging_limit": limit})
        with scope(play.organisation_id):
            SenderNumber.objects.update(messaging_limit=limit)

    with stage(home, people=256, per_second=200, messaging_limit="TIER_250") as play:
        play.start_campaign()
        told(play, "TIER_250")
        dispatch = home.run("dispatch")
        until(lambda: play.states()["accepted"] == 250, what="the limit is used up")
        until(lambda: play.states()["sending"] == 0, what="nothing is on the way")
        assert play.states() == {"accepted": 250, "queued": 6}
        told(play, "TIER_2K")
        play.finish()
        play.check()
        assert not play.oracle.messages("rejected"), "131048: more than WhatsApp takes"
        assert play.report().failed == 0
        assert dispatch.terminate() == 0


def test_a_template_that_is_changed_in_the_middle_pauses_its_campaign(home: House) -> None:
    from izin.campaigns.models import Campaign, Pause
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    with stage(home, people=400, per_second=20, latency_ms=20) as play:
        campaign_id = play.start_campaign()
        home.run("dispatch")
        until(lambda: sum(play.oracle.reached().values()) >= 10, what="some are sent")
        with scope(play.organisation_id):
            Template.objects.update(components=[{"type": "BODY", "text": "Kelas lain. Balas BERHENTI."}])

        def reason() -> str:
            with scope(play.organisation_id):
                return "".join(Pause.objects.filter(campaign_id=campaign_id).values_list("reason", flat=True))

        until(reason, what="the campaign is paused")
        assert reason() == "content_changed"
        assert play.states()["queued"], "what nobody agreed to is not sent"
        with scope(play.organisation_id):
            assert Campaign.objects.get(id=campaign_id).state == Campaign.State.PAUSED
