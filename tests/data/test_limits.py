"""WhatsApp's limits at the moment of decision: people in 24 hours over several lanes, and who must rest."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import cast as stage
import psycopg
import pytest

PEOPLE = [stage.Person(f"+6012346{number}", f"Orang {number}") for number in range(5101, 5113)]
QUEUED = len(PEOPLE) - 1  # one refused while the cast was founded
LEASE = """UPDATE dispatch_lane SET holder = 'test', epoch = epoch + 1, leased_until = now() + interval '1 minute'
            WHERE organisation_id = current_setting('izin.organisation_id')::uuid AND sender_id = %s
        RETURNING id, organisation_id, epoch"""


@pytest.fixture(scope="module")
def cast(opened: None) -> stage.Cast:
    """With a second number of the same business."""
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts
    from izin.whatsapp.models import SenderNumber

    cast = stage.found("had", PEOPLE)
    with scope(cast.id):
        account = SenderNumber.objects.select_related("account").get(id=cast.sender.id).account
        cast.letters["second"] = str(accounts.add_sender(account, phone_number_id="2", display="+60312345679").id)
    return cast


@pytest.fixture(autouse=True)
def clean(cast: stage.Cast) -> None:
    from izin.campaigns import lifecycle
    from izin.campaigns.models import Campaign
    from izin.dispatch.models import Message, Reached
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    with scope(cast.id):
        for earlier in Campaign.objects.filter(state=Campaign.State.RUNNING):
            lifecycle.cancel(earlier)
        Message.objects.all().update(failed_code=None)
        Reached.objects.all().delete()
        SenderNumber.objects.all().update(messaging_limit="TIER_UNLIMITED")


@pytest.fixture
def english() -> Iterator[None]:
    from django.utils import translation

    with translation.override("en"):
        yield


def start(cast: stage.Cast, sender_id: UUID | None = None, **more: Any) -> Any:
    """A running campaign to everybody."""
    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    with scope(cast.id):
        campaign = lifecycle.draft(
            "Had",
            purpose=cast.purpose,
            sender=SenderNumber.objects.get(id=sender_id or cast.sender.id),
            template_name=stage.TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}},
            author=cast.author.id,
            not_after=now() + timedelta(days=30),
            **more,
        )
        lifecycle.approve(campaign, cast.reviewer.id)
        assert outbox.start(campaign) == QUEUED
    return campaign


def limit(cast: stage.Cast, told: str) -> None:
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    with scope(cast.id):
        SenderNumber.objects.all().update(messaging_limit=told)


async def store_of(cast: stage.Cast, sender_id: Any) -> Any:
    """The store of this number's lane under a new lease, as a dispatch process of its own has it."""
    from izin.dispatch.store import Lease, Store

    opening = [psycopg.AsyncConnection.connect(stage.url("izin_dispatch"), autocommit=True) for _ in range(2)]
    deciding, recording = [await one for one in opening]
    await recording.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
    row = await (await recording.execute(LEASE, [sender_id])).fetchone()
    assert row is not None
    lane = Store(Lease(*row), deciding, recording)
    await lane.enter()
    return lane


async def close(*lanes: Any) -> None:
    for lane in lanes:
        await lane._deciding.close()
        await lane._recording.close()


def decided(cast: stage.Cast, size: int = 100) -> list[Any]:
    """What the first number's lane decides now, campaign after campaign."""

    async def run() -> list[Any]:
        lane = await store_of(cast, cast.sender.id)
        armed = [one for turn in await lane.turns() for one in await lane.arm_campaign(turn, size)]
        await close(lane)
        return armed

    return asyncio.run(run())


def test_two_processes_at_once_never_decide_more_than_the_limit(cast: stage.Cast, english: None) -> None:
    from izin.dispatch.allowances import left_for
    from izin.dispatch.models import Message, Reached
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.staff import campaign_limit

    second = UUID(cast.letters["second"])
    campaigns = [start(cast), start(cast, second)]
    limit(cast, "7")
    with scope(cast.id):  # two halves, so that each decision is about somebody else
        everybody = sorted(Message.objects.filter(campaign=campaigns[0]).values_list("contact_id", flat=True))
        for campaign, others in zip(campaigns, (everybody[6:], everybody[:6]), strict=True):
            Message.objects.filter(campaign=campaign, contact_id__in=others).update(state="cancelled")

    async def race() -> int:
        lanes = [await store_of(cast, cast.sender.id), await store_of(cast, second)]
        turns = [(await lane.turns())[0] for lane in lanes]
        rounds = [
            await asyncio.gather(*(lane.arm_campaign(turn, 2) for lane, turn in zip(lanes, turns, strict=True)))
            for _ in range(5)
        ]
        await close(*lanes)
        return sum(len(armed) for both in rounds for armed in both)

    assert asyncio.run(race()) == 7
    with scope(cast.id):
        left = left_for(campaigns[0].sender)
        assert left is not None
        assert (left.allowed, left.used) == (7, 7)
        assert left.goes_on_at is not None
        assert now() + timedelta(hours=23) < left.goes_on_at < now() + timedelta(hours=25)
        assert "7 of 7 people" in campaign_limit.shown(campaigns[0])["limit_reached"]
        oldest = Reached.objects.order_by("at")[:1].values_list("id", flat=True)
        Reached.objects.filter(id__in=list(oldest)).update(at=now() - timedelta(hours=24))
    assert len(decided(cast)) == 1, "the window has moved on by one person"


def test_an_unlimited_number_writes_nothing_down_and_an_unknown_one_begins_as_meta_begins(cast: stage.Cast) -> None:
    from izin.contacts import book
    from izin.dispatch import outbox
    from izin.dispatch.models import Message, Reached
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    start(cast)
    assert len(decided(cast, 5)) == 5
    with scope(cast.id):
        assert not Reached.objects.exists()
    limit(cast, "")
    assert len(decided(cast)) == QUEUED - 5
    with scope(cast.id):
        assert Reached.objects.count() == QUEUED - 5
        Message.objects.filter(state="sending").update(state="accepted")
        (erased,) = book.open_many([Reached.objects.values_list("contact_id", flat=True)[0]])
        outbox.forget(erased)
        assert Reached.objects.count() == QUEUED - 5, "WhatsApp goes on counting who was erased"
        assert not Reached.objects.filter(contact_id=erased.id).exists()
        Reached.objects.all().update(at=now() - timedelta(hours=24))
        outbox.close_ended(60)
        assert not Reached.objects.exists(), "what no longer counts is not kept"


def test_whom_whatsapp_held_us_back_from_rests_a_day_in_every_campaign(cast: stage.Cast, english: None) -> None:
    from izin.dispatch.models import Message
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.staff import campaign_limit

    def held_back(contact_id: UUID, **how: Any) -> None:
        Message.objects.filter(campaign=first, contact_id=contact_id).update(settled_at=now(), **how)

    first = start(cast)
    early, late, healed, *others = [one.contact_id for one in decided(cast)]
    with scope(cast.id):
        held_back(early, state="rejected", reason="ecosystem")
        held_back(late, state="accepted", failed_at=now() - timedelta(hours=2), failed_code=131049)
        held_back(healed, state="rejected", reason="ecosystem")
        Message.objects.filter(contact_id=healed).update(settled_at=now() - timedelta(hours=25))
    second = start(cast)
    told = {one.contact_id: one for one in decided(cast)}
    assert {one for one, armed in told.items() if not armed.reason} == {healed, *others}
    assert {told[one].reason for one in (early, late)} == {"resting"}
    assert told[early].identity_sealed is None, "a forgetful caller has no number"
    with scope(cast.id):
        rows = Message.objects.filter(campaign=second, reason="resting")
        assert {(one.state, one.tries, one.settled_at) for one in rows} == {("queued", 0, None)}
        assert all(now() + timedelta(hours=21) < one.retry_at < now() + timedelta(hours=25) for one in rows)
        assert "from 2 people" in campaign_limit.shown(second)["rest_line"]
        assert not decided(cast), "they are not looked at again before that"
        Message.objects.filter(contact_id__in=[early, late]).update(
            retry_at=now(), settled_at=None, failed_at=None, failed_code=None
        )
        Message.objects.filter(campaign=first).update(reason="")
    assert {one.contact_id for one in decided(cast)} == {early, late}, "the day is over"


def test_a_ramp_opens_part_by_part_and_stops_by_itself(
    cast: stage.Cast, english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from izin.campaigns import lifecycle, staging
    from izin.campaigns.models import Stage
    from izin.dispatch import stages
    from izin.dispatch.models import Message
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.staff import campaign_stages

    monkeypatch.setattr(staging, "LEAST_PEOPLE", 3)  # the cast is small
    campaign = start(cast, steps=staging.ramp(timedelta(hours=1)))

    def accept(**more: Any) -> None:
        sending = Message.objects.filter(campaign=campaign, state="sending")
        sending.update(state="accepted", settled_at=now(), **more)

    def look(*, waited: bool = False) -> None:
        """What the worker does every second, when it is time to look again."""
        if waited:
            Stage.objects.filter(campaign=campaign, through_at__isnull=False).update(
                through_at=now() - timedelta(hours=1)
            )
        Stage.objects.filter(campaign=campaign).update(looked_at=None)
        stages.advance()
        campaign.refresh_from_db()

    first = decided(cast)
    assert len(first) == 1, "one of eleven"
    with scope(cast.id):
        look(waited=True)
        assert not Stage.objects.filter(campaign=campaign, through_at__isnull=False).exists(), "not through yet"
        accept()
        look()
        look()
    assert not decided(cast), "it is looked at for an hour"
    with scope(cast.id):
        look(waited=True)
    assert len(decided(cast)) == 1, "two of eleven"
    with scope(cast.id):
        accept()
        look()
        assert "went out" in campaign_stages.shown(campaign)["stage_rows"][1][2]
        look(waited=True)
    rest = decided(cast)
    assert len(rest) == QUEUED - 2
    with scope(cast.id):
        accept(failed_at=now(), failed_code=131026)
        look()
        assert campaign.state == "paused"
        assert campaign_stages.shown(campaign)["stage_stopped"]
        for nobody in (None, cast.author.id):
            with pytest.raises(lifecycle.NotPossible):
                lifecycle.resume(campaign, by=nobody)
        lifecycle.resume(campaign, by=cast.reviewer.id)
        look()
        assert campaign.state == "running", "only who is written to from now on counts"
        mine = Entry.objects.filter(kind__startswith="campaign.").order_by("-seq")[:7]
        assert [one.kind.removeprefix("campaign.") for one in reversed(mine)] == [
            "approved", "started", "stage_opened", "stage_opened", "stage_opened", "paused", "resumed"
        ]  # fmt: skip


def test_the_better_of_two_templates_goes_to_the_rest(
    cast: stage.Cast, english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from izin.campaigns import choosing, staging
    from izin.campaigns.models import Stage
    from izin.dispatch import stages
    from izin.dispatch.letters import wording_of
    from izin.dispatch.models import Message
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.staff import campaign_stages
    from izin.whatsapp.models import Template

    monkeypatch.setattr(choosing, "LEAST_EACH", 3)  # the cast is small
    monkeypatch.setattr(choosing, "LEAST_CASES", 3)
    with scope(cast.id):
        for mine in Template.objects.filter(name=stage.TEMPLATE):
            mine.pk, mine.name = uuid4(), "kelas_lain"
            mine.save(force_insert=True)
    campaign = start(cast, steps=staging.split(50, timedelta(hours=1)), variant_name="kelas_lain")
    tried = {one.contact_id for one in decided(cast)}
    with scope(cast.id):
        mine = Message.objects.filter(campaign=campaign)
        named = Counter(mine.filter(contact_id__in=tried).values_list("template__name", flat=True))
        assert named == {stage.TEMPLATE: 3, "kelas_lain": 3}
        assert set(mine.exclude(contact_id__in=tried).values_list("template__name", flat=True)) == {stage.TEMPLATE}
        assert set(mine.values_list("template_id", flat=True)) <= set(wording_of(campaign.id).templates)
        mine.filter(state="sending").update(state="accepted", settled_at=now())
        mine.filter(template__name="kelas_lain").update(read_at=now())
        stages.advance()
        Stage.objects.filter(campaign=campaign, place=1).update(through_at=now() - timedelta(hours=1), looked_at=None)
        stages.advance()
        campaign.refresh_from_db()
        shown = campaign_stages.shown(campaign)
    rest = [one.template_id for one in decided(cast)]
    with scope(cast.id):
        assert set(Template.objects.filter(id__in=rest).values_list("name", flat=True)) == {"kelas_lain"}
        assert len(rest) == QUEUED - 6
        assert campaign.winner == "variant"
        assert shown["split_result"] == "kelas_lain won and goes to the rest."
        assert shown["split_rows"] == [[stage.TEMPLATE, "3", "0", "0"], ["kelas_lain", "3", "0", "3"]]
        kinds = list(Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2])
        assert kinds == ["campaign.stage_opened", "campaign.winner_chosen"]


def test_signals_tell_who_said_stop_from_who_was_not_reached(cast: stage.Cast) -> None:
    from izin.campaigns.staging import Signals
    from izin.dispatch import stages
    from izin.dispatch.models import Message
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    campaign = start(cast)
    decided(cast)
    with scope(cast.id):
        sent = Message.objects.filter(campaign=campaign)
        sent.update(state="accepted", settled_at=now())
        unreached, blocked, *_ = sent.values_list("id", flat=True)
        sent.filter(id=unreached).update(state="rejected", reason="undeliverable")
        sent.filter(id=blocked).update(state="rejected", reason="user_stopped")
    stage.hear(cast, stage.message(cast.people[-1], "berhenti"))
    with scope(cast.id):
        counted = stages.tally_of(campaign)
    assert counted == {stage.TEMPLATE: Signals(sent=QUEUED, opt_outs=1, blocks=0, failed=1, read=0)}
