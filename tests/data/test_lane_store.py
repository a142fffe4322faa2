"""What a lane's statements do when others are at the same rows, and when the answer of PostgreSQL itself was lost."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import cast as stage
import psycopg
import pytest

PEOPLE = [stage.Person(f"+6012345{number}", f"Orang {number}") for number in range(4101, 4109)]
LEASE = """UPDATE dispatch_lane SET holder = 'test', epoch = epoch + 1, leased_until = now() + interval '1 minute'
         WHERE organisation_id = current_setting('izin.organisation_id')::uuid
        RETURNING id, organisation_id, epoch"""


@pytest.fixture(scope="module")
def cast(opened: None) -> stage.Cast:
    return stage.found("lorong", PEOPLE)


@pytest.fixture
def queued(cast: stage.Cast) -> UUID:
    """A new running campaign, with everybody but the one who refused in line; the earlier ones are cancelled."""
    from izin.campaigns import lifecycle
    from izin.campaigns.models import Campaign
    from izin.dispatch import outbox
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(cast.id):
        for earlier in Campaign.objects.filter(state=Campaign.State.RUNNING):
            lifecycle.cancel(earlier)
        campaign = lifecycle.draft(
            "Sekali lagi",
            purpose=cast.purpose,
            sender=cast.sender,
            template_name=stage.TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}},
            author=cast.author.id,
            not_after=now() + timedelta(days=1),
        )
        lifecycle.approve(campaign, cast.reviewer.id)
        assert outbox.start(campaign) == len(PEOPLE) - 1
    return campaign.id


def in_lane(cast: stage.Cast, work: Callable[[Any], Awaitable[Any]]) -> Any:
    """Run this with the store of the lane under a new lease."""
    from izin.dispatch.store import Lease, Store

    async def run() -> Any:
        deciding = await psycopg.AsyncConnection.connect(stage.url("izin_dispatch"), autocommit=True)
        recording = await psycopg.AsyncConnection.connect(stage.url("izin_dispatch"), autocommit=True)
        async with deciding, recording:
            await recording.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
            row = await (await recording.execute(LEASE)).fetchone()
            assert row is not None
            lane = Store(Lease(*row), deciding, recording)
            await lane.enter()
            return await work(lane)

    return asyncio.run(run())


async def arm(lane: Any, campaign_id: UUID, size: int = 100) -> list[Any]:
    turn = next(turn for turn in await lane.turns() if turn.campaign_id == campaign_id)
    return list(await lane.arm_campaign(turn, size))


def test_each_attempt_has_a_token_of_its_own_whole_and_kept(
    cast: stage.Cast, queued: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from izin.dispatch import store
    from izin.dispatch.models import Attempt
    from izin.organisations.scope import scope

    drawn: list[bytes] = []

    def draw(size: int) -> bytes:
        drawn.extend(os.urandom(store.TOKEN_BYTES) for _ in range(size))
        return b"".join(drawn[-size:])

    monkeypatch.setattr(store, "_tokens", draw)

    async def arm_in_two(lane: Any) -> list[Any]:
        return [*await arm(lane, queued, 3), *await arm(lane, queued)]

    armed = in_lane(cast, arm_in_two)
    given = {one.token for one in armed if not one.reason}
    assert len(given) == len([one for one in armed if not one.reason]) == len(PEOPLE) - 1
    assert given <= set(drawn), "each is whole, and no two share a byte of chance"
    with scope(cast.id):
        kept = Attempt.objects.filter(message__campaign_id=queued).values_list("token", flat=True)
        assert {bytes(token) for token in kept} == given


def test_each_country_has_its_turn_and_its_hours(cast: stage.Cast, queued: UUID) -> None:
    from datetime import time

    from izin.campaigns import opening
    from izin.campaigns.hours import Hours
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    with scope(cast.id):
        abroad = sorted(Message.objects.filter(campaign_id=queued).values_list("contact_id", flat=True))[:2]
        Message.objects.filter(campaign_id=queued, contact_id__in=abroad).update(country="SG")
    turns = [turn for turn in in_lane(cast, lambda lane: lane.turns()) if turn.campaign_id == queued]
    assert [(turn.country, turn.opens, turn.closes) for turn in turns] == [
        ("MY", time(9), time(21)),
        ("SG", time(9), time(21)),
    ]
    armed = in_lane(cast, lambda lane: lane.arm_campaign(turns[1], 100))
    assert {one.contact_id for one in armed} == set(abroad), "Malaysians wait for a turn of their own"
    with scope(cast.id):
        opening.change(Hours(time(10), time(12)), by=cast.author.id)
    (left,) = [turn for turn in in_lane(cast, lambda lane: lane.turns()) if turn.campaign_id == queued]
    assert (left.country, left.opens, left.closes) == ("MY", time(10), time(12))


def states(cast: stage.Cast, campaign_id: UUID) -> dict[UUID, str]:
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    with scope(cast.id):
        return dict(Message.objects.filter(campaign_id=campaign_id).values_list("contact_id", "state"))


def test_whose_standing_is_changing_is_left_in_line_and_waits_for_nobody(
    cast: stage.Cast, queued: UUID, connect: Callable[..., psycopg.Connection[Any]]
) -> None:
    changing = next(iter(states(cast, queued)))
    other = connect("izin_web", autocommit=False)
    other.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
    other.execute("SELECT id FROM consent_standing WHERE contact_id = %s FOR UPDATE", [changing])

    async def decide(lane: Any) -> list[Any]:
        async with asyncio.timeout(20):  # it would wait for ever for the other one, which waits for us
            return await arm(lane, queued)

    armed = in_lane(cast, decide)
    other.rollback()
    assert changing not in {one.contact_id for one in armed}
    assert {one.reason for one in armed} == {""}
    after = states(cast, queued)
    assert after.pop(changing) == "queued"
    assert set(after.values()) == {"sending"}
    again = in_lane(cast, decide)
    assert [one.contact_id for one in again] == [changing], "decided next time"


def test_an_outcome_told_twice_does_not_send_again_what_was_decided_anew(cast: stage.Cast, queued: UUID) -> None:
    from izin.dispatch.outcomes import not_written

    async def tell_twice(lane: Any) -> None:
        first = await arm(lane, queued, 1)
        late = [not_written(one, withdrawn=False) for one in first]
        assert await lane.record(late) == 1
        second = await arm(lane, queued, 1)
        assert [one.message_id for one in second] == [one.message_id for one in first]
        assert await lane.record(late) == 0, "the first attempt has its outcome; this row is on the wire under another"
        assert await lane.record([not_written(one, withdrawn=False) for one in second]) == 1

    in_lane(cast, tell_twice)
    assert set(states(cast, queued).values()) == {"queued"}


def test_the_ear_survives_what_it_cannot_understand(
    cast: stage.Cast, connect: Callable[..., psycopg.Connection[Any]]
) -> None:
    from izin.dispatch.stop_list import StopList

    async def open_ear() -> Any:
        return await psycopg.AsyncConnection.connect(stage.url("izin_dispatch"), autocommit=True)

    def notify(payload: str) -> None:
        connect("izin_web").execute("SELECT pg_notify('izin_withdrawal', %s)", [payload])

    async def listen() -> None:
        stop_list = StopList(open_ear, lambda _: None)
        listening = asyncio.create_task(stop_list.listen())
        async with asyncio.timeout(30):
            await _until(lambda: stop_list.has_heard_since(time.monotonic()))
            before = time.monotonic()
            notify("rubbish")
            await _until(lambda: not stop_list.has_heard_since(before))
            await _until(lambda: stop_list.has_heard_since(time.monotonic()))
            assert not stop_list.has_heard_since(before), "what was decided before the gap may have missed a refusal"
            notify(f"{cast.id} {cast.author.id}")
            await _until(lambda: stop_list.holds(cast.author.id))
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

    asyncio.run(listen())


async def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.01)


def test_one_poisonous_webhook_is_set_aside_and_its_neighbours_are_handled(cast: stage.Cast) -> None:
    from izin.inbound.accounts import read_account
    from izin.inbound.door import Arrival
    from izin.inbound.drain import backlog, drain
    from izin.inbound.models import Delivery
    from izin.inbound.storing import store
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with stage.django_as("izin_dispatch"):
        account = read_account(cast.webhook_key)
        assert account is not None
        loop = asyncio.new_event_loop()
        batch = [Arrival(account, b'{"entry": []}', now(), loop.create_future()) for _ in range(3)]
        assert store(batch) == [True] * 3
        loop.close()
    with scope(cast.id):
        ids = list(Delivery.objects.filter(state="new").order_by("id").values_list("id", flat=True))
        Delivery.objects.filter(id=ids[1]).update(body_sealed=b"\x00" * 80)  # damaged on the disk
    while drain(cast.id):
        pass
    assert backlog(cast.id) == 0
    with scope(cast.id):
        found = [Delivery.objects.get(id=one).state for one in ids]
    assert found == ["done", "set_aside", "done"]


def test_nothing_is_decided_while_a_stop_stands_and_everything_after_it(cast: stage.Cast, queued: UUID) -> None:
    from izin.campaigns import stopping
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    with scope(cast.id):
        assert stopping.stop(by=cast.author.id)
        assert not stopping.stop(by=cast.author.id), "once is enough"
    assert stopping.stop_installation()
    assert in_lane(cast, lambda lane: arm(lane, queued)) == []
    assert in_lane(cast, lambda lane: lane.arm_answers(100)) == []
    with scope(cast.id):
        assert stopping.resume(by=cast.reviewer.id)
    assert in_lane(cast, lambda lane: arm(lane, queued)) == [], "the installation's stop still stands"
    assert stopping.resume_installation()
    assert len(in_lane(cast, lambda lane: arm(lane, queued))) == len(PEOPLE) - 1
    with scope(cast.id):
        told = list(
            Entry.objects.filter(kind__startswith="sending.")
            .exclude(kind="sending.hours_chosen")
            .order_by("seq")
            .values_list("kind", flat=True)
        )
    assert told == [
        "sending.stopped", "sending.installation_stopped", "sending.resumed", "sending.installation_resumed"
    ]  # fmt: skip


def test_the_cap_holds_exactly_over_campaigns_and_lanes(
    cast: stage.Cast, queued: UUID, connect: Callable[..., psycopg.Connection[Any]]
) -> None:
    """Two lanes decide for the same people at one time: the one that waits counts what the other has just decided."""
    from izin.campaigns import capping
    from izin.dispatch.models import Message
    from izin.dispatch.report import report_on
    from izin.organisations.scope import scope

    with scope(cast.id):
        Message.objects.exclude(campaign_id=queued).update(state="rejected")
        contacts = sorted(Message.objects.filter(campaign_id=queued).values_list("contact_id", flat=True))
        capping.stated(4)
        capping.stated(9)
        assert capping.in_force() == capping.Cap(4, 30, 4)
        capping.change(1, 7, by=cast.author.id)
        capping.stated(2)
        assert capping.in_force() == capping.Cap(1, 7, 2)
        assert capping.in_force().is_looser_than_stated
        earlier = list(Message.objects.exclude(campaign=None).exclude(campaign_id=queued).order_by("contact_id"))
        theirs = {row.contact_id: row.id for row in earlier}
        got, long_ago, failed, deciding = (contacts[place] for place in range(4))
        old, recent = "now() - interval '8 days'", "now() - interval '6 days'"
    with stage.connect(stage.SUPERUSER) as superuser:
        for contact, state, settled, failed_at in (
            (got, "accepted", recent, "NULL"),
            (long_ago, "accepted", old, "NULL"),
            (failed, "accepted", recent, "now()"),
        ):
            superuser.execute(
                f"UPDATE dispatch_message SET state = '{state}', settled_at = {settled}, failed_at = {failed_at}, "
                "delivered_at = NULL WHERE id = %s",
                [theirs[contact]],
            )
    other = connect("izin_web", autocommit=False)
    other.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
    other.execute("SELECT izin_reached('{}', 1, 7)")  # holds the lock, as another lane does while it decides
    other.execute("UPDATE dispatch_message SET state = 'sending' WHERE id = %s", [theirs[deciding]])

    watching = connect(stage.SUPERUSER)

    async def decide(lane: Any) -> list[Any]:
        async with asyncio.timeout(20):
            deciding_now = asyncio.create_task(arm(lane, queued))
            await _until(lambda: _waits_for_the_lock(watching))
            other.commit()
            return await deciding_now

    armed = in_lane(cast, decide)
    with scope(cast.id):
        report = report_on(queued)
        capping.change(None, 30, by=None)
    other.execute("UPDATE dispatch_message SET state = 'rejected' WHERE id = %s", [theirs[deciding]])
    other.commit()
    assert {one.contact_id for one in armed if one.reason == "frequency_cap"} == {got, deciding}
    assert {one.contact_id for one in armed if not one.reason} == set(contacts) - {got, deciding}
    assert all(one.identity_sealed is None for one in armed if one.reason)
    assert report.suppressed == {"frequency_cap": 2}


def _waits_for_the_lock(watching: psycopg.Connection[Any]) -> bool:
    row = watching.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone()
    return bool(row and row[0])


def test_a_test_goes_to_consenting_testers_alone_and_counts_for_nobody_else(cast: stage.Cast, queued: UUID) -> None:
    from izin.campaigns import capping, lifecycle, testers
    from izin.campaigns.models import Campaign
    from izin.contacts import book
    from izin.dispatch import outbox
    from izin.dispatch.models import Message
    from izin.dispatch.report import report_on
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(cast.id):
        own, refused, stranger = (book.find("phone", PEOPLE[place].number) for place in (0, 1, 2))
        assert own and refused and stranger
        assert testers.name_own(cast.author.id, own)
        assert not testers.name_own(cast.reviewer.id, own), "one number, one colleague"
        assert testers.name_own(cast.reviewer.id, refused)
        draft = lifecycle.draft(
            "Belum diluluskan", purpose=cast.purpose, sender=cast.sender, template_name=stage.TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}}, author=cast.author.id,
            not_after=now() + timedelta(days=1),
        )  # fmt: skip
        for nobody in ([refused.id], [stranger.id]):
            with pytest.raises(lifecycle.NotPossible, match="None of them"):
                outbox.test(draft, nobody, by=cast.author.id)
        assert outbox.test(draft, [own.id, refused.id, stranger.id], by=cast.author.id) == 1
        trial = Campaign.objects.get(test_of=draft, id__in=Message.objects.values("campaign_id"))
        capping.change(1, 30, by=None)

    armed = in_lane(cast, lambda lane: arm(lane, trial.id))
    assert [(one.contact_id, one.reason) for one in armed] == [(own.id, "")]
    with scope(cast.id):
        Message.objects.exclude(campaign__in=[trial.id, queued]).update(state="rejected")
    real = in_lane(cast, lambda lane: arm(lane, queued))
    with scope(cast.id):
        capping.change(None, 30, by=None)
        draft.refresh_from_db()
        assert (draft.state, report_on(draft.id).planned, report_on(trial.id).planned) == ("draft", 0, 1)
        told = Entry.objects.filter(kind="campaign.tested").count()
        with pytest.raises(lifecycle.NotPossible):
            outbox.test(trial, [own.id], by=cast.author.id)
    assert own.id in {one.contact_id for one in real if not one.reason}, "a test does not use up the cap"
    assert told >= 1


def test_a_lane_rests_only_while_nothing_waits_in_it(cast: stage.Cast, queued: UUID) -> None:
    from izin.campaigns import lifecycle
    from izin.campaigns.models import Campaign
    from izin.dispatch.models import Lane
    from izin.organisations.scope import scope

    async def rest(lane: Any) -> None:
        await lane.rest()

    def rests() -> bool:
        with scope(cast.id):
            return Lane.objects.exclude(rests_until=None).exists()

    in_lane(cast, rest)
    assert not rests(), "what was put in line while it lay down is seen"
    with scope(cast.id):
        lifecycle.pause(Campaign.objects.get(id=queued), "staff", by=cast.author.id)
    in_lane(cast, rest)
    assert rests(), "what may not leave keeps no process busy"

    async def rouse() -> None:
        from izin.dispatch import store

        looking = await psycopg.AsyncConnection.connect(stage.url("izin_dispatch"), autocommit=True)
        async with looking:
            await store.rouse(looking, [cast.id])

    asyncio.run(rouse())
    assert not rests()


def test_unresolved_people_are_sent_to_again_once_and_only_by_a_decision(cast: stage.Cast, queued: UUID) -> None:
    from izin.campaigns import lifecycle
    from izin.campaigns.models import Campaign, Resend
    from izin.consent.models import Standing
    from izin.dispatch import outbox, store
    from izin.dispatch.models import Attempt, Message
    from izin.dispatch.report import report_on
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    until = now() + timedelta(hours=6)
    first = in_lane(cast, lambda lane: arm(lane, queued))
    people = sorted(one.contact_id for one in first)
    with scope(cast.id):
        rows = Message.objects.filter(campaign_id=queued)
        rows.filter(contact_id__in=people[:4]).update(state="unresolved", settled_at=now())
        rows.filter(contact_id__in=people[4:]).update(state="accepted", settled_at=now())
        campaign = Campaign.objects.get(id=queued)
        lifecycle.complete(campaign, report_on(queued).as_json())
        for by, reason in ((cast.author.id, "outage"), (cast.reviewer.id, "because Siti said so")):
            with pytest.raises(lifecycle.NotPossible):
                outbox.send_again(campaign, by=by, reason=reason, until=until)
        assert outbox.send_again(campaign, by=cast.reviewer.id, reason="outage", until=until) == 4
        decided = Resend.objects.get(campaign_id=queued)
        assert (decided.by, decided.people, decided.reason) == (cast.reviewer.id, 4, "outage")
        assert Entry.objects.filter(kind="campaign.sent_again").count() == 1
        with pytest.raises(lifecycle.NotPossible):
            outbox.send_again(campaign, by=cast.reviewer.id, reason="outage", until=until)
        withdrawn, proved, *others = people[:4]
        Standing.objects.filter(contact_id=withdrawn).update(standing="refused")
        token = bytes(Attempt.objects.get(message__contact_id=proved, message__campaign_id=queued).token)
    with stage.connect("izin_web") as late:
        late.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
        told = {"tokens": [token], "wamid_indexes": [None], "statuses": ["sent"], "times": [now()], "codes": [None]}
        late.execute(store.QUERIES["apply_statuses"], told)
    again = in_lane(cast, lambda lane: arm(lane, queued))
    with scope(cast.id):
        Standing.objects.filter(contact_id=withdrawn).update(standing="granted")
        Message.objects.filter(campaign_id=queued, state="sending").update(state="unresolved", settled_at=now())
        assert outbox.unresolved(campaign) == {}, "each at most once again"
        assert report_on(queued).planned == len(people)
    assert {one.contact_id: one.reason for one in again} == {withdrawn: "withdrawn"} | dict.fromkeys(others, "")
    assert {one.token for one in again if one.token}.isdisjoint({one.token for one in first})
