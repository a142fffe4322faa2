"""A campaign in parts: when the next opens, when it stops by itself; and whose turn it is in a lane."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import comb
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.campaigns.allowance import allowance, days_needed, kept, least_time
from izin.campaigns.choosing import Choice, choose, differ
from izin.campaigns.staging import (
    LEAST_CASES,
    LEAST_PEOPLE,
    THRESHOLDS,
    Signals,
    Step,
    alarm,
    check_steps,
    next_move,
    people_in,
    ramp,
)
from izin.dispatch.turns import in_order

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNTS = st.integers(0, 5_000)
CALM = Signals()
SIGNALS = st.builds(Signals, sent=COUNTS, opt_outs=COUNTS, blocks=COUNTS, failed=COUNTS)


@given(SIGNALS)
def test_an_alarm_is_never_about_few_people_or_few_cases(signals: Signals) -> None:
    reason = alarm(signals)
    over = [one for one in THRESHOLDS if one.cases(signals) > one.share * signals.sent]
    if reason:
        assert signals.sent >= LEAST_PEOPLE
        (named,) = (one for one in over if one.reason == reason)
        assert named.cases(signals) >= LEAST_CASES
    else:
        assert signals.sent < LEAST_PEOPLE or all(one.cases(signals) < LEAST_CASES for one in over)


@given(SIGNALS, st.sampled_from(["opt_outs", "blocks", "failed"]), COUNTS)
def test_more_of_what_is_bad_never_silences_an_alarm(signals: Signals, what: str, more: int) -> None:
    if alarm(signals):
        assert alarm(replace(signals, **{what: getattr(signals, what) + more}))


def test_the_thresholds_at_their_edges() -> None:
    assert alarm(Signals(sent=49, opt_outs=49)) == ""
    assert alarm(Signals(sent=50, opt_outs=2)) == "", "two may be chance"
    assert alarm(Signals(sent=50, opt_outs=3)) == "stage_opt_outs"
    assert alarm(Signals(sent=1_000, opt_outs=20)) == ""
    assert alarm(Signals(sent=1_000, opt_outs=21)) == "stage_opt_outs"
    assert alarm(Signals(sent=1_000, blocks=11, failed=500)) == "stage_blocks", "the worst is named"
    assert alarm(Signals(sent=1_000, failed=101)) == "stage_failures"


@given(st.integers(1, 2_000_000), st.integers(1, 100))
def test_a_part_is_rounded_up_and_never_more_than_all(planned: int, percent: int) -> None:
    people = people_in(percent, planned)
    assert 1 <= people <= planned
    assert people - 1 < planned * percent / 100 <= people


def test_what_comes_next() -> None:
    def move(signals: Signals = CALM, *, is_last: bool = False, **change: object) -> str:
        given: dict[str, object] = {"people": 10, "settled": 9, "through_at": None, "wait": HOUR, "at": NOW}
        return next_move(signals, is_last=is_last, **(given | change))  # type: ignore[arg-type]

    assert move(settled=8) == "wait"
    assert move() == "through"
    assert move(through_at=NOW - HOUR + timedelta(seconds=1)) == "wait"
    assert move(through_at=NOW - HOUR) == "open"
    assert move(is_last=True, through_at=NOW - HOUR) == "wait"
    assert move(Signals(sent=100, opt_outs=9), through_at=NOW - HOUR) == "stop"
    assert move(Signals(sent=100, opt_outs=9), is_last=True) == "stop"


def test_parts_grow_to_everybody() -> None:
    check_steps(ramp(HOUR))
    for wrong in ((), (Step(10, HOUR),), (Step(10, HOUR), Step(5, HOUR), Step(100, HOUR)), (Step(0, HOUR),)):
        with pytest.raises(ValueError, match="everybody"):
            check_steps(wrong)


@dataclass(frozen=True)
class Waiting:
    campaign_id: UUID
    priority: int
    country: str


def test_turns_are_strict_by_priority_and_fair_within_it() -> None:
    many, one, urgent, low = uuid4(), uuid4(), uuid4(), uuid4()
    turns = [Waiting(many, 1, str(country)) for country in range(7)]
    turns += [Waiting(one, 1, "MY"), Waiting(low, 2, "MY")]
    firsts = [next(in_order(turns, count)) for count in range(140)]
    assert Counter(turn.campaign_id for turn in firsts) == {many: 70, one: 70}, "seven countries are no seven turns"
    assert len({turn for turn in firsts if turn.campaign_id == many}) == 7, "each country has its turn"
    turns.append(Waiting(urgent, 0, "MY"))
    for count in range(20):
        order = list(in_order(turns, count))
        assert [turn.priority for turn in order] == [0, *[1] * 8, 2]
        assert set(order) == set(turns), "everybody is tried"
    assert list(in_order([], 3)) == []


def test_the_limit_in_24_hours() -> None:
    meta, other = "https://graph.facebook.com/", "https://waba.example"
    assert allowance("TIER_2K", meta) == kept("TIER_2K", other) == 2_000
    assert allowance("", meta) == kept("", meta) == 250
    assert (allowance("", other), kept("", other)) == ("unlimited", None)
    assert (allowance("TIER_UNLIMITED", meta), kept("TIER_UNLIMITED", meta)) == ("unlimited", None)
    assert (allowance("TIER_NOT_SET", meta), kept("TIER_NOT_SET", meta)) == (None, 250)
    assert (allowance("0", meta), kept("0", meta)) == (None, 250)
    assert [days_needed(people, 250) for people in (0, 250, 251, 1_000)] == [1, 1, 2, 4]
    assert least_time(1_000, 250) == timedelta(days=3)


@given(SIGNALS, SIGNALS)
def test_which_one_is_called_the_first_decides_nothing(one: Signals, other: Signals) -> None:
    one, other = _possible(one), _possible(other)
    swapped = {"first": "variant", "variant": "first", "none": "none"}
    there, back = choose(one, other), choose(other, one)
    assert (swapped[there.winner], there.rule) == (back.winner, back.rule)


@given(SIGNALS, SIGNALS)
def test_nobody_wins_with_more_refusals_or_against_chance(one: Signals, other: Signals) -> None:
    one, other = _possible(one), _possible(other)
    choice = choose(one, other)
    if choice.winner == "none":
        assert choice.rule in ("chance", "few")
        return
    assert min(one.sent, other.sent) >= 50
    won, lost = (one, other) if choice.winner == "first" else (other, one)
    if choice.rule == "refusals":
        assert (won.opt_outs + won.blocks) / won.sent < (lost.opt_outs + lost.blocks) / lost.sent
    else:
        assert won.read / won.sent > lost.read / lost.sent
        assert not differ(one.opt_outs + one.blocks, one.sent, other.opt_outs + other.blocks, other.sent)


def _possible(signals: Signals) -> Signals:
    """Nobody refuses twice or reads twice."""
    sent = signals.sent
    return replace(signals, opt_outs=min(signals.opt_outs, sent // 2), blocks=0, read=min(signals.read, sent))


def test_the_winner_at_the_edges_of_chance() -> None:
    calm = Signals(sent=1_000, opt_outs=10, read=600)
    assert choose(calm, calm) == Choice("none", "chance")
    assert choose(calm, replace(calm, opt_outs=30)) == Choice("first", "refusals")
    assert choose(calm, replace(calm, opt_outs=17)) == Choice("none", "chance"), "1.0 % and 1.7 % of 1,000"
    assert choose(calm, replace(calm, read=650)) == Choice("variant", "reads")
    assert choose(calm, replace(calm, read=640)) == Choice("none", "chance")
    assert choose(calm, replace(calm, opt_outs=30, read=900)) == Choice("first", "refusals"), "refusals come first"
    few = Signals(sent=49, read=49)
    assert choose(few, Signals(sent=5_000)) == Choice("none", "few")
    assert not differ(0, 1_000, 4, 50), "four cases are few"


def test_chance_alone_wins_about_one_time_in_twenty() -> None:
    """Two groups of 400 with the same share of 10 %: summed over all pairs of counts, with their exact chances."""
    chances = [comb(400, cases) * 0.1**cases * 0.9 ** (400 - cases) for cases in range(100)]
    false = sum(
        chances[one] * chances[other] for one in range(100) for other in range(100) if differ(one, 400, other, 400)
    )
    assert 0.03 < false < 0.06
