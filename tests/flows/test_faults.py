"""What WhatsApp and the network can do to a message: each accident ends in the outcome that the design states."""

from collections.abc import Iterator

import pytest

from .house import House, until
from .stage import FACTS, Stage, fault, stage

pytestmark = pytest.mark.flow

PEOPLE = 120
# what happens to whom, and the state and reason in which they may end
PLAN: dict[str, tuple[dict[str, object], set[tuple[str, str]]]] = {
    "answer lost": ({"do": "accept_no_answer"}, {("accepted", "proved_by_status"), ("accepted", "")}),
    "status first": ({"do": "delay", "ms": 900}, {("accepted", "")}),
    "dropped": ({"do": "drop"}, {("unresolved", "no_answer")}),
    "page": ({"do": "html500"}, {("unresolved", "no_answer")}),
    "reset": ({"do": "reset"}, {("unresolved", "no_answer")}),
    "throttled": ({"do": "error", "code": 130429, "http": 400}, {("accepted", "")}),
    "failed at meta": ({"do": "error", "code": 131000, "http": 500}, {("unresolved", "unknown_at_meta")}),
    "stopped": ({"do": "error", "code": 131050, "http": 400}, {("rejected", "user_stopped")}),
    "undeliverable": ({"do": "error", "code": 131026, "http": 400}, {("rejected", "undeliverable")}),
}


@pytest.fixture(scope="module")
def played(home: House) -> Iterator[Stage]:
    """One campaign with every accident in it, its webhooks tripled and shuffled."""
    with stage(home, PEOPLE) as play:
        play.control("webhooks", {"duplicate": 2, "shuffle": True})
        plan = [line for name, (deed, _) in PLAN.items() for line in fault(**deed, to=_struck(play, name))]
        play.control("faults", plan)
        play.start_campaign()
        home.run("dispatch")
        play.finish()
        yield play


def _struck(play: Stage, name: str) -> list[str]:
    """Three people for each accident, spread over the campaign so that no line looks down."""
    place = list(PLAN).index(name)
    return [play.people[10 + place + step] for step in (0, 30, 60)]


@pytest.mark.parametrize("name", PLAN)
def test_each_accident_ends_as_stated(played: Stage, name: str) -> None:
    rows = played.rows()
    assert {rows[who] for who in _struck(played, name)} <= PLAN[name][1]


def test_the_sums_and_the_oracle_agree(played: Stage) -> None:
    played.check()
    struck = {who for name in PLAN for who in _struck(played, name)}
    rows = played.rows()
    assert {rows[who] for who in set(played.people) - struck} == {("accepted", "")}
    assert set(played.control("state")["faults_struck"]) == {1}, "every accident happened"
    report = played.report()
    assert report.delivered == report.accepted, "webhooks three times and in any order count once"


def test_who_stopped_in_whatsapp_itself_has_withdrawn(played: Stage) -> None:
    standings = played.standings()
    stopped = set(_struck(played, "stopped"))
    assert {who for who, standing in standings.items() if standing == "refused"} == stopped
    played.check_other()


def test_a_refused_token_holds_the_lane_and_loses_nobody(home: House) -> None:
    from izin.dispatch.models import Lane
    from izin.organisations.scope import scope

    with stage(home, people=60) as play:
        play.control("faults", [{"do": "error", "code": 190, "http": 401}])
        play.start_campaign()
        home.run("dispatch")

        def held() -> bool:
            with scope(play.organisation_id):
                return Lane.objects.filter(held_because="token_expired").exists()

        until(held, what="the lane is on hold")
        until(lambda: play.states() == {"queued": 60}, what="everybody waits in line")
        assert not play.oracle.messages(*FACTS)
        play.control("faults", [])
        with scope(play.organisation_id):
            Lane.objects.update(held_until=None)  # somebody has entered a new token
        play.finish()
        play.check()
        assert play.states() == {"accepted": 60}
