"""Each table with a person in it says who deletes its rows; the daily job does it, and leaves what must stay."""

from datetime import timedelta
from typing import Any

import pytest
from cast import Cast, Person, found, hear, message, send

pytestmark = pytest.mark.usefixtures("opened")
STAYS, LEFT = Person("+601123885021", "Aminah Kekal"), Person("+601123885022", "Budi Pergi")


def test_every_table_with_a_person_says_who_deletes_its_rows() -> None:
    from django.apps import apps

    from izin.compliance.retention import BY_KEY, HOLDERS, Keeper
    from izin.compliance.sweeping import SWEEPS
    from izin.contacts.models import Contact

    listed = {one.table: one for one in HOLDERS}
    tables, missing = set(), []
    for model in apps.get_models():
        if not model.__module__.startswith("izin."):
            continue
        tables.add(model._meta.db_table)
        for field in model._meta.local_fields:
            leads_there = getattr(field, "related_model", None) is Contact
            keyed = field.name in ("subject_ref", "index", "wamid_index", "token", "user_id", "user")
            if (leads_there or keyed or field.name.endswith("_sealed")) and model._meta.db_table not in listed:
                missing.append(f"{model._meta.db_table}.{field.name}")
    assert missing == []
    assert len(listed) == len(HOLDERS) and listed.keys() <= tables
    assert {rule for one in HOLDERS for rule in one.rules} == set(BY_KEY) == set(SWEEPS)
    for one in HOLDERS:
        assert bool(one.rules) == (one.keeper is Keeper.RULE)
        assert (one.why is None) == (one.keeper is not Keeper.NEVER), one.table


@pytest.fixture(scope="module")
def house(opened: None) -> Cast:
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.rights import acts

    cast = found("simpan", [STAYS, LEFT])
    hear(cast, message(STAYS, "kelas pukul berapa"))
    send(cast)  # the confirmation of the stop, so that nothing waits any more
    with scope(cast.id):
        acts.record("access", "+601123885029", channel="letter", asked="Data?", received_at=now(), by=cast.author.id)
    return cast


def state(cast: Cast) -> dict[str, Any]:
    from izin.consent.models import Evidence, Suppression
    from izin.contacts.models import Contact
    from izin.dispatch.models import Message
    from izin.inbound.models import Delivery, Reply

    return {
        "evidence": Evidence.objects.count(),
        "suppression": Suppression.objects.count(),
        "people": Contact.objects.count(),
        "bodies": Delivery.objects.exclude(body_sealed=b"").count(),
        "replies": Reply.objects.exclude(text_sealed=None).count(),
        "sent": Message.objects.exclude(campaign=None).count(),
        "sent to somebody": Message.objects.exclude(campaign=None).exclude(contact=None).count(),
    }


def test_days_pass_and_each_thing_goes_at_its_own(house: Cast) -> None:
    from izin.campaigns import lifecycle
    from izin.cli.ledger import verify
    from izin.compliance import sweeping
    from izin.compliance.models import RetentionRun
    from izin.dispatch.report import report_on
    from izin.inbound.models import Reply
    from izin.lib.clock import frozen, now
    from izin.organisations.scope import scope

    with scope(house.id):
        lifecycle.complete(house.campaign, report_on(house.campaign.id).as_json())
        Reply.objects.update(queue="done")
        before, figures = state(house), report_on(house.campaign.id)
        assert set(sweeping.preview(now()).values()) == {0}
        assert sweeping.preview(now() + timedelta(days=31))["webhook"] == before["bodies"] > 0
    with frozen(now() + timedelta(days=31)) as hands:
        assert sweeping.run(house.id)["webhook"] == before["bodies"]
        with scope(house.id):
            assert state(house) == before | {"bodies": 0}
            assert not sweeping.is_due(RetentionRun.objects.get().day)
        assert set(sweeping.run(house.id).values()) == {0}
        hands.move(timedelta(days=60))  # the one who said stop is 91 days silent now
        assert sweeping.run(house.id)["person"] == 1
        with scope(house.id):
            later = state(house)
            assert later["people"] == before["people"] - 1
            assert later["suppression"] >= before["suppression"] and later["evidence"] > before["evidence"]
            sweeping.choose("reply", 100, by=house.author.id)
            with pytest.raises(sweeping.OutOfBounds):
                sweeping.choose("reply", 1, by=house.author.id)
        hands.move(timedelta(days=10))
        assert sweeping.run(house.id)["reply"] == later["replies"] > 0
        hands.move(timedelta(days=640))
        sweeping.run(house.id)
        with scope(house.id):
            assert state(house)["sent to somebody"] == 0 and state(house)["sent"] == before["sent"]
            after = report_on(house.campaign.id)
            sums = (figures.planned, figures.settled, figures.delivered)
            assert (after.planned, after.settled, after.delivered) == sums, "the sums stay true"
            assert RetentionRun.objects.count() == 4
    assert verify(house.id)["problems"] == []


def test_what_waits_for_somebody_never_goes(house: Cast) -> None:
    from izin.compliance import sweeping
    from izin.inbound.models import Delivery
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.rights.models import SubjectRequest

    with scope(house.id):
        one = Delivery.objects.first()
        assert one is not None
        Delivery.objects.filter(id=one.id).update(state="set_aside", body_sealed=b"x")
        due = sweeping.preview(now() + timedelta(days=4_000))
        assert due["webhook"] == 0, "a message that could not be read may say stop"
        assert SubjectRequest.objects.filter(state="open").exists() and due["request"] == 0
