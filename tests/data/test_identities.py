"""People by every name that WhatsApp gives them: user ids, numbers, new numbers; and what Meta tells of the account."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import cast as stage
import pytest

PEOPLE = [stage.Person(f"+6012346{number}", f"Orang {number}") for number in range(5101, 5117)]
TURNS = count(2)  # everybody of these tests is somebody else; the first two are the cast's own


@pytest.fixture(scope="module")
def cast(opened: None) -> stage.Cast:
    return stage.found("nama", PEOPLE)


@pytest.fixture
def person() -> stage.Person:
    return PEOPLE[next(TURNS)]


def user_id(person: stage.Person) -> str:
    return f"MY.{person.digits}00"


def say(cast: stage.Cast, text: str, *, number: str | None = None, user: str | None = None, **item: Any) -> None:
    """A message from somebody whom WhatsApp names so."""
    said = stage.message(PEOPLE[0], text)
    [message], named = said["messages"], {"from": number, "from_user_id": user}
    message |= item
    del message["from"]
    message |= {key: value for key, value in named.items() if value}
    contact = {key: value for key, value in {"wa_id": number, "user_id": user}.items() if value}
    stage.hear(cast, {"contacts": [contact | {"profile": {"username": "u"}}], "messages": [message]})


def moves(cast: stage.Cast, old: dict[str, str], **system: str) -> None:
    said = stage.message(PEOPLE[0], "")
    [message] = said["messages"]
    del message["from"], message["text"]
    kind = "user_changed_number" if "wa_id" in system else "user_changed_user_id"
    message |= {**old, "type": "system", "system": {"body": "User changed", "type": kind, **system}}
    stage.hear(cast, {"messages": [message]})


def standing(cast: stage.Cast, kind: str, value: str) -> str | None:
    from izin.consent.models import Standing
    from izin.contacts import book
    from izin.organisations.scope import scope

    with scope(cast.id):
        found = book.find(kind, value)
        rows = Standing.objects.filter(contact_id=found.id if found else None, purpose=cast.purpose)
        return rows.values_list("standing", flat=True).first()


def suppressed(cast: stage.Cast, kind: str, value: str) -> bool:
    from izin.consent.models import Suppression
    from izin.contacts import book
    from izin.organisations.scope import scope

    with scope(cast.id):
        return Suppression.objects.filter(kind=kind, index=book.suppression_index(kind, value)).exists()


def join(cast: stage.Cast, *, number: str | None = None, user: str | None = None, **item: Any) -> None:
    """By the form and the person's own message."""
    from izin.consent import joining
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(cast.id):
        code = joining.issue_code(joining.wordings([cast.purpose]), language="ms", shown_at=now())
    say(cast, f"SERTAI {code}", number=number, user=user, **item)


def status(person: stage.Person, user: str, name: str = "delivered") -> dict[str, Any]:
    named = {"recipient_id": person.digits, "recipient_user_id": user}
    return {"statuses": [{"id": "wamid.x", "status": name, "timestamp": "1795600000", **named}]}


def sent_to(cast: stage.Cast, campaign_id: UUID) -> dict[str, dict[str, Any]]:
    """Arm and write everything that waits in the campaign: the bodies by recipient."""
    import asyncio

    import psycopg

    from izin.dispatch.letters import wording_of, write_letter
    from izin.dispatch.store import Lease, Store
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope

    take = """UPDATE dispatch_lane SET holder = 'test', epoch = epoch + 1, leased_until = now() + interval '1 minute'
               WHERE organisation_id = %s RETURNING id, organisation_id, epoch"""

    async def run(wording: Any, opened: Any) -> list[bytes]:
        opening = [psycopg.AsyncConnection.connect(stage.url("izin_dispatch"), autocommit=True) for _ in range(2)]
        deciding, recording = [await one for one in opening]
        async with deciding, recording:
            await recording.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
            row = await (await recording.execute(take, [cast.id])).fetchone()
            assert row is not None
            lane = Store(Lease(*row), deciding, recording)
            await lane.enter()
            turn = next(turn for turn in await lane.turns() if turn.campaign_id == campaign_id)
            armed = await lane.arm_campaign(turn, 100)
            letters = [write_letter(one, wording, opened, marketing_endpoint=True) for one in armed if not one.reason]
        assert all(letter.is_marketing for letter in letters)
        return [letter.body for letter in letters]

    with scope(cast.id):
        wording, opened = wording_of(campaign_id), keys()
    bodies = [json.loads(body) for body in asyncio.run(run(wording, opened))]
    assert all(body["message_activity_sharing"] is False for body in bodies)
    return {body.get("to") or body["recipient"]: body for body in bodies}


@pytest.fixture
def campaign(cast: stage.Cast) -> Iterator[Any]:
    """A campaign that is approved and not yet started."""
    from izin.campaigns import lifecycle
    from izin.campaigns.models import Campaign
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    with scope(cast.id):
        Template.objects.update(status=Template.Status.APPROVED)  # an earlier test may have had WhatsApp pause it
        campaign = lifecycle.draft(
            "Nama",
            purpose=cast.purpose,
            sender=cast.sender,
            template_name=stage.TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}},
            author=cast.author.id,
            not_after=now() + timedelta(days=1),
        )
        lifecycle.approve(campaign, cast.reviewer.id)
    yield campaign
    with scope(cast.id):
        campaign.refresh_from_db()
        if campaign.state in (Campaign.State.RUNNING, Campaign.State.PAUSED):
            lifecycle.cancel(campaign)


# --- names


def test_a_stop_under_a_user_id_that_a_status_told_refuses_the_number(cast: stage.Cast, person: stage.Person) -> None:
    stage.hear(cast, status(person, user_id(person)))
    say(cast, "BERHENTI", user=user_id(person))
    assert standing(cast, "phone", person.number) == "refused"
    assert suppressed(cast, "phone", person.number) and suppressed(cast, "bsuid", user_id(person))


def test_a_stop_under_an_unknown_user_id_is_applied_once_it_is_known_whose_it_is(
    cast: stage.Cast, person: stage.Person
) -> None:
    say(cast, "BERHENTI", user=user_id(person))
    assert standing(cast, "phone", person.number) == "granted"
    stage.hear(cast, status(person, user_id(person)))
    assert standing(cast, "phone", person.number) == "refused"
    assert suppressed(cast, "phone", person.number)


def test_a_failed_status_ties_nobody(cast: stage.Cast, person: stage.Person) -> None:
    stage.hear(cast, status(person, user_id(person), "failed"))
    assert standing(cast, "bsuid", user_id(person)) is None


def test_a_stop_that_names_number_and_user_id_refuses_whoever_has_either(
    cast: stage.Cast, person: stage.Person
) -> None:
    join(cast, user=user_id(person))
    assert standing(cast, "bsuid", user_id(person)) == "granted"
    say(cast, "BERHENTI", number=person.digits, user=user_id(person))
    assert standing(cast, "phone", person.number) == "refused"
    assert standing(cast, "bsuid", user_id(person)) == "refused"


def test_whatsapps_own_switch_without_a_number(cast: stage.Cast, person: stage.Person) -> None:
    from izin.lib.clock import now

    stage.hear(cast, status(person, user_id(person)))
    told = {"user_id": user_id(person), "value": "stop", "category": "marketing_messages"}
    told["timestamp"] = int(now().timestamp())
    stage.hear(cast, {"user_preferences": [told]}, field="user_preferences")
    assert standing(cast, "phone", person.number) == "refused"


def test_who_joins_without_a_number_is_written_to_by_the_user_id(cast: stage.Cast, campaign: Any) -> None:
    from izin.dispatch import outbox
    from izin.organisations.scope import scope

    newcomer = "MY.99001"
    join(cast, user=newcomer)
    with scope(cast.id):
        outbox.start(campaign)
    sent = sent_to(cast, campaign.id)
    assert "to" not in sent[newcomer] and sent[newcomer]["recipient"] == newcomer
    assert PEOPLE[0].number in sent  # the others by their number, user id or not


def test_who_shows_a_number_later_stays_one_person(cast: stage.Cast) -> None:
    join(cast, user="MY.99002")
    say(cast, "Terima kasih", number="60123465999", user="MY.99002")
    assert standing(cast, "phone", "+60123465999") == "granted"


def test_a_refusal_under_any_name_counts_when_it_is_decided(
    cast: stage.Cast, person: stage.Person, campaign: Any
) -> None:
    from izin.consent.models import Suppression
    from izin.contacts import book
    from izin.dispatch import outbox
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    stage.hear(cast, status(person, user_id(person)))
    with scope(cast.id):
        outbox.start(campaign)
        index = book.suppression_index("bsuid", user_id(person))
        Suppression.objects.create(kind="bsuid", index=index, since=now())
    assert person.number not in sent_to(cast, campaign.id)


# --- new numbers


def test_a_new_number_takes_no_consent_along(cast: stage.Cast, person: stage.Person) -> None:
    new = "60123469001"
    moves(cast, {"from": person.digits}, wa_id=new, user_id="MY.99101", previous_user_id=user_id(person))
    assert standing(cast, "phone", person.number) == "refused"
    assert standing(cast, "phone", "+" + new) is None
    assert not suppressed(cast, "phone", "+" + new)
    join(cast, number=new, user="MY.99101")
    assert standing(cast, "phone", "+" + new) == "granted"
    assert standing(cast, "phone", person.number) == "refused"


def test_a_new_number_takes_a_refusal_along(cast: stage.Cast, person: stage.Person) -> None:
    new = "60123469002"
    say(cast, "BERHENTI", number=person.digits)
    moves(cast, {"from": person.digits}, wa_id=new, user_id="MY.99102")
    assert suppressed(cast, "phone", "+" + new) and suppressed(cast, "bsuid", "MY.99102")


def test_a_new_number_that_is_in_the_book_is_refused_what_the_old_one_refused(cast: stage.Cast) -> None:
    old, new = PEOPLE[next(TURNS)], PEOPLE[next(TURNS)]
    assert standing(cast, "phone", new.number) == "granted"
    say(cast, "BERHENTI", number=old.digits)
    moves(cast, {"from": old.digits}, wa_id=new.digits)
    assert standing(cast, "phone", new.number) == "refused"


def test_the_next_holder_of_an_old_number_may_join(cast: stage.Cast, person: stage.Person) -> None:
    moves(cast, {"from": person.digits}, wa_id="60123469003")
    # Within one second of WhatsApp's clock the refusal counts. What lies in the future is taken as this very moment.
    join(cast, number=person.digits, user="MY.99103", timestamp="4000000000")
    assert standing(cast, "phone", person.number) == "granted"


def test_a_new_user_id_behind_a_hidden_number_takes_no_consent_along(cast: stage.Cast) -> None:
    join(cast, user="MY.99104")
    moves(cast, {"from_user_id": "MY.99104"}, user_id="MY.99105", previous_user_id="MY.99104")
    assert standing(cast, "bsuid", "MY.99104") == "refused"
    assert standing(cast, "bsuid", "MY.99105") is None


def test_a_new_user_id_beside_the_same_number_is_one_more_name(cast: stage.Cast, person: stage.Person) -> None:
    moves(cast, {"from": person.digits, "from_user_id": "MY.99106"}, user_id="MY.99107", previous_user_id="MY.99106")
    assert standing(cast, "phone", person.number) == "granted"
    assert standing(cast, "bsuid", "MY.99107") == "granted"


def test_another_device_is_no_new_number(cast: stage.Cast, person: stage.Person) -> None:
    moves(cast, {"from": person.digits}, wa_id=person.digits)
    assert standing(cast, "phone", person.number) == "granted"


# --- what Meta tells


def tell(cast: stage.Cast, field: str, value: dict[str, Any]) -> None:
    stage.hear(cast, value, field=field)


def pauses(campaign: Any) -> list[str]:
    from izin.campaigns.models import Pause

    return list(Pause.objects.filter(campaign=campaign).values_list("reason", flat=True))


@pytest.mark.parametrize("times", [1, 2])
def test_a_paused_template_pauses_its_campaigns_once(cast: stage.Cast, campaign: Any, times: int) -> None:
    from izin.dispatch import outbox
    from izin.organisations.scope import scope

    with scope(cast.id):
        outbox.start(campaign)
    value = {"event": "PAUSED", "message_template_name": stage.TEMPLATE, "message_template_language": "ms"}
    for _ in range(times):
        tell(cast, "message_template_status_update", value | {"message_template_id": times})
    with scope(cast.id):
        campaign.refresh_from_db()
        assert (campaign.state, pauses(campaign)) == ("paused", ["template_paused"])


def test_another_template_pauses_nothing(cast: stage.Cast, campaign: Any) -> None:
    from izin.dispatch import outbox
    from izin.organisations.scope import scope

    with scope(cast.id):
        outbox.start(campaign)
    tell(cast, "message_template_status_update", {"event": "DISABLED", "message_template_name": "lain"})
    with scope(cast.id):
        campaign.refresh_from_db()
        assert campaign.state == "running"


def test_a_barred_account_holds_its_lanes_until_it_is_reinstated(cast: stage.Cast) -> None:
    from izin.dispatch import outbox
    from izin.ledger.models import Entry
    from izin.organisations.scope import scope

    def held() -> str:
        with scope(cast.id):
            lane = outbox.lane_of(cast.sender.id)
            assert lane is not None
            return lane.held_because if lane.held_until else ""

    tell(cast, "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}})
    assert held() == "account_locked"
    tell(cast, "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}})
    assert held() == ""
    with scope(cast.id):
        assert Entry.objects.filter(kind="whatsapp.told").count() >= 2


def test_the_names_of_many_are_learned_in_as_many_statements_as_of_one(cast: stage.Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from izin.consent import identities
    from izin.contacts import book
    from izin.organisations.scope import scope

    def statements(named: list[Any]) -> int:
        with CaptureQueriesContext(connection) as made:
            identities.recognise(named)
        return len(made)

    with scope(cast.id):
        known = list(book.find_many("phone", [person.number for person in PEOPLE]).values())
        assert len(known) > 3
        one = statements([(known[0], "bsuid", "MY.77000")])
        many = statements([(person, "bsuid", f"MY.7710{place}") for place, person in enumerate(known)])
    assert many == one
