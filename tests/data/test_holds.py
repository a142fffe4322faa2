"""An unclear wish holds at once, is asked about once, and is decided by the person, by staff or by seven days."""

from datetime import timedelta

import pytest
import talk as stage
from talk import STOP, UNCLEAR, YES, Talk

from izin.consent import preferences, records
from izin.inbound import replies
from izin.lib import clock
from izin.organisations.scope import scope

DAY = timedelta(days=1)
HELD = {"promosi": "held", "jadual": "held"}
STOPPED = {"promosi": "refused", "jadual": "refused"}
AS_BEFORE = {"promosi": "granted", "jadual": "unknown"}


@pytest.fixture(scope="module")
def talk(opened: None) -> Talk:
    return stage.opened("tahan")


def test_it_holds_everything_at_once_and_asks_once(talk: Talk) -> None:
    who = next(talk.people)
    assert talk.reached(who)
    first = talk.says(who, UNCLEAR)
    assert (first.intent, first.queue) == ("hold", "unclear")
    assert talk.standings(who) == HELD
    assert not talk.reached(who)
    talk.says(who, UNCLEAR)
    assert talk.answers_to(who) == 1, "it is asked once, not each time"
    assert talk.methods(who) == [("held", "wa_keyword")] * 2


def test_the_persons_yes_lifts_it_and_gives_nothing_new(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    talk.says(who, YES)
    assert talk.standings(who) == AS_BEFORE
    assert talk.reached(who)
    assert (talk.again(unclear).queue, talk.again(unclear).decided_as) == ("done", "confirm")


def test_a_yes_that_answers_no_question_of_ours_does_nothing(talk: Talk) -> None:
    who = next(talk.people)
    talk.says(who, STOP)
    talk.says(who, YES)
    assert talk.standings(who) == STOPPED


def test_the_persons_stop_decides_it_and_is_confirmed_once(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    talk.says(who, STOP)
    talk.says(who, STOP)
    assert talk.standings(who) == STOPPED
    assert (talk.again(unclear).queue, talk.again(unclear).decided_as) == ("done", "stop_all")
    assert talk.answers_to(who) == 2, "the question, and one confirmation; then silence"


def test_staff_make_it_a_stop(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    second = talk.says(who, UNCLEAR)
    corrections = talk.entries("reply.corrected")
    assert talk.decide(unclear, "stop_all")
    assert talk.standings(who) == STOPPED
    assert talk.methods(who)[-1] == ("withdrawn", "staff")
    assert {talk.again(one).queue for one in (unclear, second)} == {"done"}, "the others ask nothing any more"
    assert talk.entries("reply.corrected") == corrections + 1


def test_staff_make_it_a_stop_of_one_purpose(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    assert talk.decide(unclear, "stop_purpose", talk.cast.purpose)
    assert talk.standings(who) == {"promosi": "refused", "jadual": "unknown"}


def test_staff_lift_it(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    assert talk.decide(unclear, "other")
    assert talk.standings(who) == AS_BEFORE
    assert talk.methods(who)[-1] == ("released", "staff")


def test_of_two_unclear_replies_the_last_one_lifts_it(talk: Talk) -> None:
    who = next(talk.people)
    first, second = talk.says(who, UNCLEAR), talk.says(who, UNCLEAR)
    talk.decide(first, "other")
    assert talk.standings(who) == HELD
    talk.decide(second, "other")
    assert talk.standings(who) == AS_BEFORE


def test_of_two_colleagues_the_first_one_decides(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    assert talk.decide(unclear, "stop_all")
    assert not talk.decide(unclear, "other")
    assert talk.standings(who) == STOPPED
    assert talk.again(unclear).decided_as == "stop_all"


def test_calling_a_stop_a_mistake_is_noted_and_lifts_nothing(talk: Talk) -> None:
    who = next(talk.people)
    stop = talk.says(who, STOP)
    corrections = talk.entries("reply.corrected")
    assert talk.decide(stop, "other")
    assert talk.standings(who) == STOPPED
    assert talk.entries("reply.corrected") == corrections + 1


def test_an_import_lifts_no_hold(talk: Talk) -> None:
    who = next(talk.people)
    talk.says(who, UNCLEAR)
    talk.attest(who)
    assert talk.standings(who)["promosi"] == "held"


def test_joining_anew_lifts_it(talk: Talk) -> None:
    who = next(talk.people)
    with clock.frozen(clock.now()) as hands:  # WhatsApp tells whole seconds
        unclear = talk.says(who, UNCLEAR)
        hands.move(timedelta(seconds=2))
        talk.give(who)
    assert talk.standings(who)["promosi"] == "granted"
    assert talk.again(unclear).queue == "done"


def test_after_seven_days_of_silence_it_is_a_stop(talk: Talk) -> None:
    who = next(talk.people)
    with clock.frozen(clock.now()) as hands:
        unclear = talk.says(who, UNCLEAR)
        hands.move(replies.SILENCE - DAY)
        with scope(talk.id):
            replies.close_silent()
        assert talk.standings(who) == HELD
        hands.move(DAY + timedelta(seconds=2))
        with scope(talk.id):
            assert replies.close_silent() >= 1
            assert replies.close_silent() == 0, "once"
    assert talk.standings(who) == STOPPED
    assert talk.methods(who)[-1] == ("withdrawn", "silence")
    assert talk.again(unclear).decided_as == "stop_all"


@pytest.mark.parametrize(("intent", "left"), [("other", set()), ("stop_all", {False})])
def test_somebody_who_is_not_in_the_book(talk: Talk, intent: str, left: set[bool]) -> None:
    who = next(talk.strangers)
    unclear = talk.says(who, UNCLEAR)
    assert (unclear.contact_id, unclear.queue) == (None, "unclear")
    assert talk.suppressed(who.number) == {True}
    assert talk.decide(unclear, intent)
    assert talk.suppressed(who.number) == left


def test_lifting_a_strangers_hold_lifts_no_stop(talk: Talk) -> None:
    who = next(talk.strangers)
    unclear = talk.says(who, UNCLEAR)
    talk.says(who, STOP)
    talk.decide(unclear, "other")
    assert talk.suppressed(who.number) == {False}


def test_a_pause_ends_by_itself_and_the_consent_goes_on(talk: Talk) -> None:
    who = next(talk.people)
    with clock.frozen(clock.now()) as hands:
        person = talk.known(who)
        with scope(talk.id):
            until = preferences.pause(person, language="ms")
        assert until == clock.now() + preferences.PAUSE
        assert talk.standings(who)["promosi"] == "paused"
        assert not talk.reached(who)
        hands.move(preferences.PAUSE)
        assert talk.standings(who)["promosi"] == "granted"
        assert talk.reached(who)
    assert talk.methods(who) == [("paused", "preferences")]


def test_a_pause_gives_no_consent_and_lifts_no_stop(talk: Talk) -> None:
    who = next(talk.people)
    talk.says(who, STOP)
    person = talk.known(who)
    with scope(talk.id):
        preferences.pause(person, language="ms")
        assert not records.is_held(person)
    assert talk.standings(who) == STOPPED


def test_joining_anew_ends_a_pause(talk: Talk) -> None:
    who = next(talk.people)
    person = talk.known(who)
    with clock.frozen(clock.now()) as hands:
        with scope(talk.id):
            preferences.pause(person, language="ms")
        hands.move(timedelta(seconds=2))
        talk.give(who)
        assert talk.reached(who)


def test_everything_can_be_recomputed(talk: Talk) -> None:
    assert stage.problems(talk) == []
