"""What is kept for staff: nobody waits unseen, an answer goes out inside its window, an objection works by any way."""

from datetime import timedelta

import pytest
import talk as stage
from talk import STOP, TALK, UNCLEAR, Talk

from izin.consent.models import Evidence
from izin.dispatch.models import Message
from izin.inbound import corrections, replies
from izin.inbound.models import Reply
from izin.lib import clock
from izin.lib.keyring import Unreadable
from izin.organisations.scope import scope

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def talk(opened: None) -> Talk:
    return stage.opened("balas")


def answer(talk: Talk, reply: Reply, text: str = "Kelas mula pukul 9.", **more: object) -> None:
    with scope(talk.id):
        replies.answer(talk.again(reply), text, by=talk.cast.author.id, **more)  # type: ignore[arg-type]


def test_each_kind_waits_in_its_queue_with_a_clock(talk: Talk) -> None:
    who, stranger = next(talk.people), next(talk.strangers)
    waits = [
        (talk.says(who, TALK), "talk"),
        (talk.says(who, UNCLEAR), "unclear"),
        (talk.says(stranger, TALK), "stranger"),
    ]
    for reply, queue in waits:
        assert (reply.queue, reply.due_at) == (queue, reply.received_at + replies.WORKING_DAY)
    stop = talk.says(who, STOP)
    assert (stop.queue, stop.due_at) == ("done", None)
    with scope(talk.id):
        listed = list(replies.waiting())
        assert [one.due_at for one in listed] == sorted(one.due_at for one in listed if one.due_at)
        assert {reply.id for reply, queue in waits if queue != "unclear"} <= {one.id for one in listed}


def test_words_and_number_are_sealed_and_open_for_staff(talk: Talk) -> None:
    who, stranger = next(talk.people), next(talk.strangers)
    said = [talk.says(one, "Anak saya Aminah, boleh daftar?") for one in (who, stranger)]
    for reply in said:
        assert "Aminah" not in repr([bytes(reply.text_sealed), bytes(reply.identity_sealed)])
    with scope(talk.id):
        assert set(replies.texts(said).values()) == {"Anak saya Aminah, boleh daftar?"}
        assert [replies.identity_in_clear(reply) for reply in said] == [who.number, stranger.number]


def test_a_reply_of_one_person_does_not_open_as_anothers(talk: Talk) -> None:
    mine, other = talk.says(next(talk.people), TALK), talk.says(next(talk.people), TALK)
    with scope(talk.id):
        other.text_sealed = mine.text_sealed
        with pytest.raises(Unreadable):
            replies.texts([other])


def test_a_message_is_kept_once_however_often_it_comes(talk: Talk) -> None:
    who = next(talk.people)
    message = stage.stage.message(who, TALK)
    for _ in range(3):
        stage.stage.hear(talk.cast, message)
    with scope(talk.id):
        assert Reply.objects.filter(contact_id=talk.known(who).id).count() == 1


def test_the_campaign_that_was_answered_is_named(talk: Talk) -> None:
    assert talk.says(next(talk.people), TALK).campaign_id == talk.cast.campaign.id
    assert talk.says(next(talk.strangers), TALK).campaign_id is None


def test_the_conversation_is_in_order_from_both_sides(talk: Talk) -> None:
    who = next(talk.people)
    reply = talk.says(who, TALK)
    answer(talk, reply)
    person = talk.known(who)
    with scope(talk.id):
        lines = replies.conversation(person)
    assert [(line.from_us, line.is_campaign) for line in lines if line.text != "Kelas mula pukul 9."] == [
        (True, True),
        (False, False),
    ]
    assert "Kelas mula pukul 9." in [line.text for line in lines if line.from_us]


def test_an_answer_is_put_in_line_sealed_and_closes_what_it_answers(talk: Talk) -> None:
    who = next(talk.people)
    reply = talk.says(who, TALK)
    answer(talk, reply)
    with scope(talk.id):
        message = Message.objects.get(contact_id=talk.known(who).id, campaign=None)
        assert b"Kelas" not in bytes(message.text_sealed)
    closed = talk.again(reply)
    assert (closed.queue, closed.decided_as, closed.decided_by) == ("done", "", talk.cast.author.id)


def test_an_answer_closes_what_was_seen_and_nothing_newer(talk: Talk) -> None:
    who = next(talk.people)
    with clock.frozen(clock.now()) as hands:
        said = []
        for text in ("Salam", TALK, "Kelas Sains pula?"):
            said.append(talk.says(who, text))
            hands.move(timedelta(seconds=5))
        answer(talk, said[0], seen=said[1].received_at)
    assert [talk.again(one).queue for one in said] == ["done", "done", "talk"]


def test_an_answer_does_not_decide_an_unclear_wish(talk: Talk) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    answer(talk, unclear, "Maaf, maksud tuan?")
    assert talk.again(unclear).queue == "unclear"
    assert talk.standings(who)["promosi"] == "held"


def test_the_window_is_a_day_after_the_last_word(talk: Talk) -> None:
    who = next(talk.people)
    with clock.frozen(clock.now()) as hands:
        first = talk.says(who, TALK)
        hands.move(20 * HOUR)
        talk.says(who, "Hello?")
        hands.move(23 * HOUR)
        with scope(talk.id):
            until = replies.answer_until(talk.again(first))
        assert until == clock.now() + HOUR
        answer(talk, first)
        hands.move(HOUR)
        with pytest.raises(replies.TooLate):
            answer(talk, first)
    assert talk.answers_to(who) == 1


def test_a_stranger_cannot_be_answered(talk: Talk) -> None:
    reply = talk.says(next(talk.strangers), TALK)
    with scope(talk.id):
        assert replies.answer_until(reply) is None
    with pytest.raises(replies.TooLate):
        answer(talk, reply)


@pytest.mark.parametrize("method", [Evidence.Method.CALL, Evidence.Method.LETTER, Evidence.Method.COUNTER])
def test_an_objection_works_at_once_and_says_how_it_came(talk: Talk, method: str) -> None:
    who = next(talk.people)
    unclear = talk.says(who, UNCLEAR)
    with scope(talk.id):
        replies.object_to(who.number, method=method, by=talk.cast.reviewer.id, note="Jangan hubungi lagi")
    assert talk.standings(who) == {"promosi": "refused", "jadual": "refused"}
    assert talk.methods(who)[-1] == ("objected", method)
    assert talk.suppressed(who.number) == {False}
    assert talk.again(unclear).queue == "done"


def test_an_objection_of_somebody_unknown_beats_a_later_import(talk: Talk) -> None:
    who = next(talk.strangers)
    with scope(talk.id):
        replies.object_to(who.number, method=Evidence.Method.CALL, by=talk.cast.author.id)
    assert talk.suppressed(who.number) == {False}
    talk.attest(who)
    with scope(talk.id):
        assert stage.book.find("phone", who.number) is None or talk.standings(who)["promosi"] == "refused"


def test_a_correction_becomes_a_line_of_the_corpus(talk: Talk) -> None:
    right, wrong = (
        talk.says(next(talk.people), UNCLEAR),
        talk.says(next(talk.people), "Kelas\tmula\n12 Mac ya 0123456789"),
    )
    talk.decide(right, "hold")
    talk.decide(wrong, "stop_all")
    with scope(talk.id):
        lines = [one.as_line() for one in corrections.lines()]
        because = talk.again(wrong).because
    assert f"stop_all\tms\tKelas mula 00 Mac ya 0000000000\twas other: {because}" in lines
    assert not [line for line in lines if line.startswith("hold\t")], "what staff confirmed is no correction"
    assert all(line.count("\t") == len(corrections.COLUMNS) - 1 for line in lines)


def test_everything_can_be_recomputed(talk: Talk) -> None:
    assert stage.problems(talk) == []
