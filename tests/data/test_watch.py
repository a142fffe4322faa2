"""Nobody notices a dead exit by accident: the daily canary, and WhatsApp's silence while messages are going out."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import talk as stage
from talk import TALK, Talk

from izin.dispatch import outbox
from izin.dispatch.models import Message
from izin.inbound import watch
from izin.inbound.accounts import read_account
from izin.inbound.door import Arrival
from izin.inbound.drain import drain
from izin.inbound.models import Alarm, Delivery, Reply
from izin.inbound.storing import store
from izin.ledger.models import Entry
from izin.lib import clock
from izin.organisations.scope import scope
from izin.whatsapp.wire import signature

LIMIT = timedelta(minutes=10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def talk(opened: None) -> Talk:
    return stage.opened("jaga", 2)


@pytest.fixture
def hands() -> Iterator[clock.Hands]:
    with clock.frozen(clock.now()) as hands:
        yield hands


def alarms(talk: Talk) -> list[str]:
    with scope(talk.id):
        return [alarm.kind for alarm in watch.open_alarms()]


def check(talk: Talk) -> bool:
    with scope(talk.id):
        return watch.check_silence(LIMIT)


def held_because(talk: Talk) -> str:
    """Why the lane decides nothing at this moment; empty when it does."""
    with scope(talk.id):
        lane = outbox.lane_of(talk.cast.sender.id)
    assert lane is not None
    return lane.held_because if lane.held_until and lane.held_until > clock.now() else ""


def accept_one(talk: Talk) -> None:
    """WhatsApp has just taken a message, and nothing was heard of it yet."""
    with scope(talk.id):
        one = Message.objects.filter(campaign=talk.cast.campaign, state=Message.State.ACCEPTED).values("id")[:1]
        Message.objects.filter(id__in=one).update(settled_at=clock.now(), sent_at=None)


def letter(talk: Talk) -> watch.Letter:
    with scope(talk.id):
        return watch.canary_letter(talk.cast.sender)


def deliver(talk: Talk, one: watch.Letter) -> None:
    """What our door does with it."""
    loop = asyncio.new_event_loop()
    with stage.stage.django_as("izin_dispatch"):
        account = read_account(talk.cast.webhook_key)
        assert store([Arrival(account, one.body, clock.now(), loop.create_future())]) == [True]
    loop.close()


def is_refused(talk: Talk, one: watch.Letter) -> bool:
    with scope(talk.id):
        return watch.is_refused(one)


# --- silence ---


def test_while_whatsapp_speaks_nothing_is_held(talk: Talk, hands: clock.Hands) -> None:
    accept_one(talk)
    hands.move(LIMIT - SECOND)
    assert not check(talk)
    assert (alarms(talk), held_because(talk)) == ([], "")


def test_silence_after_a_message_holds_the_lane_until_it_ends(talk: Talk, hands: clock.Hands) -> None:
    accept_one(talk)
    hands.move(LIMIT)
    assert check(talk)
    assert check(talk)
    assert (alarms(talk), held_because(talk)) == ([watch.SILENT], watch.SILENT)
    talk.says(next(talk.people), TALK)
    assert not check(talk)
    assert alarms(talk) == []
    hands.move(timedelta(seconds=watch.HOLD_S))
    assert held_because(talk) == "", "the hold runs out by itself once nobody renews it"


def test_nothing_sent_is_no_silence(talk: Talk, hands: clock.Hands) -> None:
    hands.move(timedelta(days=30))
    assert not check(talk)


def test_a_backlog_that_nobody_reads_holds_the_lane_as_well(talk: Talk, hands: clock.Hands) -> None:
    talk.says(next(talk.people), TALK)
    with scope(talk.id):
        Delivery.objects.update(state=Delivery.State.NEW)
    hands.move(LIMIT)
    assert check(talk)
    with scope(talk.id):
        Delivery.objects.update(state=Delivery.State.DONE)
    assert not check(talk)


def test_our_own_canary_is_not_whatsapp_speaking(talk: Talk, hands: clock.Hands) -> None:
    accept_one(talk)
    hands.move(LIMIT)
    deliver(talk, letter(talk))
    with scope(talk.id):
        Delivery.objects.filter(reason=watch.OF_CANARY).update(state=Delivery.State.DONE)
    assert check(talk)


def test_a_longer_hold_for_another_reason_stays(talk: Talk, hands: clock.Hands) -> None:
    with scope(talk.id):
        outbox.hold_lane(talk.cast.sender.id, "registration", 3_600)
    accept_one(talk)
    hands.move(LIMIT)
    assert check(talk)
    assert held_because(talk) == "registration"


# --- canary ---


def test_the_canary_is_signed_as_whatsapp_signs_and_refused_by_its_own_letter(talk: Talk) -> None:
    first, second = letter(talk), letter(talk)
    assert first.signature == signature(b"rahsia", first.body)
    assert first.url.endswith(f"/webhooks/{talk.cast.webhook_key}")
    deliver(talk, first)
    assert is_refused(talk, first)
    assert not is_refused(talk, second), "yesterday's refusal says nothing about today's letter"


def test_the_canary_is_nobody_and_waits_for_no_staff(talk: Talk) -> None:
    before = talk.entries("consent.withdrawn")
    deliver(talk, letter(talk))
    drain(talk.id)
    assert talk.entries("consent.withdrawn") == before + 1
    with scope(talk.id):
        assert not Reply.objects.filter(contact=None).exists()


def test_an_unheard_canary_alarms_until_it_is_heard(talk: Talk) -> None:
    with scope(talk.id):
        for _ in range(2):
            watch.note_canary(talk.cast.sender, heard=False)
        assert [alarm.kind for alarm in watch.open_alarms()] == [watch.CANARY]
        assert Entry.objects.filter(kind="canary.unheard").count() == 2
        watch.note_canary(talk.cast.sender, heard=True)
        assert watch.open_alarms() == []
        assert Alarm.objects.get().lifted_at is not None


def test_it_sings_once_a_day_and_again_at_once_while_unheard(talk: Talk, hands: clock.Hands) -> None:
    def is_due() -> bool:
        with scope(talk.id):
            return watch.canary_is_due()

    assert is_due()
    deliver(talk, letter(talk))
    assert not is_due()
    hands.move(watch.CANARY_EVERY + SECOND)
    assert is_due()
    deliver(talk, letter(talk))
    with scope(talk.id):
        watch.note_canary(talk.cast.sender, heard=False)
    assert is_due()


@pytest.fixture
def nowhere(settings: Any) -> Iterator[str]:
    """A public address at which nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.DOOR_URL = f"http://127.0.0.1:{closed.getsockname()[1]}"
        yield settings.DOOR_URL


def test_a_door_that_cannot_be_reached_is_not_heard(talk: Talk, nowhere: str) -> None:
    one = letter(talk)
    assert one.url.startswith(nowhere)
    assert not watch.post(one)
