"""An audience's rules in SQL say what a naive reading of them says; a campaign freezes them and narrows only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import cast as stage
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from izin.campaigns.audience import (
    Audience,
    Consent,
    Countries,
    Languages,
    Reached,
    Read,
    Replied,
    RepliedTo,
    Tags,
)

PEOPLE = [stage.Person(f"+6013345{number}", f"Orang {number}") for number in range(6101, 6131)]
CAMPAIGNS = [str(uuid4()), str(uuid4())]
DAYS = (0, 3, 10, 30)


@dataclass
class Facts:
    """What is true of one person; days count back from the moment of the test."""

    id: UUID
    tags: list[str]
    language: str
    country: str
    agreed: float | None
    way: str
    replied: dict[str, float] = field(default_factory=dict)
    reached: dict[str, bool] = field(default_factory=dict)
    read: float | None = None


def holds(rule: Any, one: Facts) -> bool:
    """The rule as its sentence says it, without any cleverness."""
    match rule:
        case Tags(tags):
            return bool(set(tags) & set(one.tags))
        case Languages(languages):
            return one.language in languages
        case Countries(countries):
            return one.country in countries
        case Consent(at_least, at_most, ways):
            if one.agreed is None or (ways and one.way not in ways):
                return False
            return (at_least is None or one.agreed >= at_least) and (at_most is None or one.agreed <= at_most)
        case Replied(days):
            return any(ago <= days for ago in one.replied.values())
        case Read(days):
            return one.read is not None and one.read <= days
        case Reached(campaigns):
            return any(one.reached.get(campaign) for campaign in campaigns)
        case RepliedTo(campaigns):
            return any(campaign in one.replied for campaign in campaigns)
    raise AssertionError(rule)


def meant(audience: Audience, everybody: list[Facts]) -> set[UUID]:
    return {
        one.id
        for one in everybody
        if all(holds(rule, one) for rule in audience.include) and not any(holds(rule, one) for rule in audience.exclude)
    }


@dataclass
class House:
    cast: stage.Cast
    facts: list[Facts]
    at: datetime


@pytest.fixture(scope="module")
def house(opened: None) -> House:
    """Thirty people who differ in everything that a rule can ask for."""
    from izin.contacts.models import Contact
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    cast = stage.found("khalayak", PEOPLE)
    at = now()
    with scope(cast.id):
        ids = list(Contact.objects.order_by("id").values_list("id", flat=True))
    chance = Random(4)
    facts = [_facts(chance, one) for one in ids]
    with stage.connect(stage.SUPERUSER) as superuser:
        _write(superuser, cast, facts, at)
    return House(cast, facts, at)


def _facts(chance: Random, contact_id: UUID) -> Facts:
    def ago() -> float:
        return chance.choice((0.5, 2.5, 5, 20, 100))

    reached = {campaign: chance.random() < 0.6 for campaign in CAMPAIGNS if chance.random() < 0.6}
    return Facts(
        contact_id,
        tags=chance.sample(["vip", "ibu bapa", "spm"], chance.randrange(4)),
        language=chance.choice(["ms", "en", "zh"]),
        country=chance.choice(["MY", "SG", ""]),
        agreed=None if chance.random() < 0.2 else ago(),
        way=chance.choice(["qr", "paper"]),
        replied={place: ago() for place in (*CAMPAIGNS, "") if chance.random() < 0.2},
        reached=reached,
        read=ago() if any(reached.values()) and chance.random() < 0.5 else None,
    )


def _write(superuser: psycopg.Connection[Any], cast: stage.Cast, facts: list[Facts], at: datetime) -> None:
    """The facts as rows, in place of what the cast did."""
    run, mine = superuser.execute, {"org": cast.id, "campaign": cast.campaign.id}
    run("SET session_replication_role = replica")  # evidence cannot be changed otherwise
    run("DELETE FROM inbound_reply WHERE organisation_id = %(org)s", mine)
    run("UPDATE dispatch_message SET delivered_at = NULL, read_at = NULL WHERE organisation_id = %(org)s", mine)
    for campaign in CAMPAIGNS:
        _copy(superuser, "campaigns_campaign", cast.campaign.id, id=campaign, state="completed")
    message = run("SELECT id FROM dispatch_message WHERE organisation_id = %(org)s LIMIT 1", mine).fetchone()
    delivery = run("SELECT id FROM inbound_delivery WHERE organisation_id = %(org)s LIMIT 1", mine).fetchone()
    assert message and delivery
    for one in facts:
        run(
            "UPDATE contacts_contact SET tags = %s, language = %s, country = %s WHERE id = %s",
            [one.tags, one.language, one.country, one.id],
        )
        run(
            "UPDATE consent_evidence SET at = %s, method = %s WHERE contact_id = %s",
            [at - timedelta(days=one.agreed or 0), one.way, one.id],
        )
        run(
            "UPDATE consent_standing SET standing = %s, valid_until = NULL WHERE contact_id = %s",
            ["granted" if one.agreed is not None else "refused", one.id],
        )
        for campaign, was_delivered in one.reached.items():
            read = at - timedelta(days=one.read) if was_delivered and one.read is not None else None
            delivered = at - timedelta(days=200) if was_delivered else None
            given = {"contact_id": one.id, "campaign_id": campaign, "delivered_at": delivered, "read_at": read}
            _copy(superuser, "dispatch_message", message[0], id=uuid4(), state="accepted", wamid_index=None, **given)
        for campaign, days in one.replied.items():
            run(
                "INSERT INTO inbound_reply SELECT r.* FROM jsonb_populate_record(NULL::inbound_reply, %s::jsonb) r",
                [_reply(cast, one.id, campaign or None, delivery[0], at - timedelta(days=days))],
            )


def _copy(superuser: psycopg.Connection[Any], table: str, like: UUID, **changes: Any) -> None:
    from psycopg.types.json import Jsonb

    plain = {name: None if value is None else str(value) for name, value in changes.items()}
    superuser.execute(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, %s)).* FROM {table} t WHERE t.id = %s",
        [Jsonb(plain), like],
    )


def _reply(cast: stage.Cast, contact_id: UUID, campaign: str | None, delivery: UUID, at: datetime) -> str:
    import json

    told = {
        "id": str(uuid4()), "organisation_id": str(cast.id), "contact_id": str(contact_id), "campaign_id": campaign,
        "delivery_id": str(delivery), "received_at": at.isoformat(), "wamid_index": "\\x" + uuid4().hex,
        "identity_kind": "phone", "identity_sealed": "\\x00", "text_sealed": "\\x00", "kind": "text", "intent": "other",
        "confidence": 0, "because": "", "queue": "done", "decided_as": "",
    }  # fmt: skip
    return json.dumps(told)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


days = st.sampled_from(DAYS)
RULES = (
    some("vip", "ibu bapa", "spm", "tiada").map(Tags),
    some("ms", "en", "zh").map(Languages),
    some("MY", "SG").map(Countries),
    st.builds(lambda least, more, ways: Consent(least, least + more, ways), days, days, some("qr", "paper"))
    | st.builds(Consent, days)
    | st.builds(Consent, ways=some("qr", "paper")),
    days.map(Replied),
    days.map(Read),
    some(*CAMPAIGNS).map(Reached),
    some(*CAMPAIGNS).map(RepliedTo),
)
sides = st.lists(st.sampled_from(range(len(RULES))), max_size=3, unique=True).flatmap(
    lambda places: st.tuples(*(RULES[place] for place in places))
)


@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sides, sides)
def test_sql_finds_whom_a_naive_reading_finds(house: House, include: tuple, exclude: tuple) -> None:
    from izin.campaigns import selection
    from izin.organisations.scope import scope

    audience = Audience(include, exclude)
    with scope(house.cast.id):
        found = {one for (one,) in selection.ask("people", audience, house.cast.purpose.id, at=house.at)}
        assert found == meant(audience, house.facts)


def test_each_rule_tells_people_apart(house: House) -> None:
    """So that the comparison above would notice a rule that holds for nobody, or for everybody."""
    for rule in (
        Tags(("vip",)), Languages(("ms",)), Countries(("SG",)), Consent(3), Consent(ways=("qr",)), Replied(10),
        Read(10), Reached((CAMPAIGNS[0],)), RepliedTo((CAMPAIGNS[0],)),
    ):  # fmt: skip
        assert 2 < len(meant(Audience((rule,)), house.facts)) < len(PEOPLE) - 2, rule


def test_a_campaign_keeps_the_rules_it_started_with_and_never_widens(house: House) -> None:
    from izin.campaigns import audiences, lifecycle
    from izin.consent.models import Standing
    from izin.dispatch import outbox
    from izin.dispatch.models import Message
    from izin.ledger.chain import json_of
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    cast = house.cast
    chosen = Audience(include=(Languages(("ms", "en")),), exclude=(Tags(("spm",)),))
    expected = {one.id for one in house.facts if one.agreed is not None} & meant(chosen, house.facts)
    with scope(cast.id):
        saved = audiences.save("Tanpa SPM", chosen, by=cast.author.id)
        with pytest.raises(audiences.NameTaken):
            audiences.save("Tanpa SPM", chosen, by=cast.author.id)
        (counted,) = audiences.count(chosen)
        assert (counted.people, counted.stand) == (len(meant(chosen, house.facts)), len(expected))
        campaign = lifecycle.draft(
            "Hanya sebahagian", purpose=cast.purpose, sender=cast.sender, template_name=stage.TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}}, author=cast.author.id,
            not_after=now() + timedelta(days=1), audience=saved,
        )  # fmt: skip
        lifecycle.approve(campaign, cast.reviewer.id)
        audiences.change(saved, "Tanpa SPM", Audience(include=(Languages(("ms",)),)), by=cast.author.id)
        with pytest.raises(lifecycle.NotPossible, match="changed after it was approved"):
            outbox.start(campaign)
        audiences.change(saved, "Tanpa SPM", chosen, by=cast.author.id)
        assert outbox.start(campaign) == len(expected)
        audiences.change(saved, "Semua", Audience(), by=cast.author.id)
        campaign.refresh_from_db()
        assert audiences.of(campaign) == chosen
        planned = Message.objects.filter(campaign=campaign).values_list("contact_id", flat=True)
        assert set(planned) == expected
        assert expected <= set(Standing.objects.filter(standing="granted").values_list("contact_id", flat=True))
        started = Entry.objects.filter(kind="campaign.started").order_by("-seq").first()
        assert started is not None
        assert json_of(bytes(started.leaf))["body"]["audience"] == chosen.as_json()


def test_tags_of_one_organisation_are_nobody_elses(
    house: House,
) -> None:
    from izin.contacts import book, tagging
    from izin.contacts.models import Contact
    from izin.lib.phone import PhoneNumber
    from izin.organisations import registry
    from izin.organisations.scope import scope

    foreign = house.facts[0].id
    theirs = registry.found("Lain", slug=f"lain-{uuid4().hex[:8]}")
    with scope(theirs.id):
        own = book.find_or_add(book.Newcomer(PhoneNumber(PEOPLE[0].number))).id
        assert tagging.add({foreign: ["rahsia"], own: ["kelas", "kelas", "alumni"]}) == 1
        assert tagging.known() == ["alumni", "kelas", "rahsia"]
        assert Contact.objects.get(id=own).tags == ["alumni", "kelas"]
        assert tagging.add({own: ["kelas"]}) == 0
        assert tagging.remove([own, foreign], "kelas") == 1
    with scope(house.cast.id):
        assert "rahsia" not in Contact.objects.get(id=foreign).tags
        assert "kelas" not in tagging.known()
