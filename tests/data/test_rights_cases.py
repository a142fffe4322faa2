"""Where it is not plain whose right it is: recycled numbers, two on one number, another's data, a running campaign."""

from datetime import timedelta
from typing import Any

import cast as stage
import pytest
from cast import Cast, Person
from importing import let_in

pytestmark = pytest.mark.usefixtures("database")
FIRST, SECOND, THIRD = (Person(f"+60112388405{place}", f"Zqorang {place}") for place in range(3))
TWO_NAMES = "+601123884059"


@pytest.fixture(scope="module")
def house(database: None) -> Cast:
    return stage.found("kes", [FIRST, SECOND, THIRD])


def code_of(house: Cast) -> str:
    from izin.organisations.scope import scope
    from izin.rights import proving

    with scope(house.id):
        return proving.issue()


def opened(house: Cast, code: str) -> Any:
    from izin.organisations.scope import scope
    from izin.rights import proving

    with scope(house.id):
        return proving.prove(code)


def says(house: Cast, person: Person, text: str, user_id: str) -> None:
    said = stage.message(person, text)
    said["messages"][0]["from_user_id"] = said["contacts"][0]["user_id"] = user_id
    stage.hear(house, said)


def known(number: str) -> Any:
    from izin.contacts import book

    return book.find("phone", number)


def test_a_number_that_was_given_to_somebody_else_opens_nothing_of_its_former_holder(house: Cast) -> None:
    from izin.inbound.models import Reply
    from izin.organisations.scope import scope

    says(house, THIRD, "salam", "MY.770001")
    mine = code_of(house)
    says(house, THIRD, f"DATA SAYA {mine}", "MY.770001")
    assert opened(house, mine).person is not None, "the same user id as ever"
    for _ in range(2):  # also when the new holder has written before
        theirs = code_of(house)
        says(house, THIRD, f"DATA SAYA {theirs}", "MY.770002")
        assert opened(house, theirs) is None
    with scope(house.id):
        assert Reply.objects.order_by("-id")[0].queue == "talk", "staff find out whose it is"


def test_two_people_on_one_number_are_one_and_neither_sees_the_others_name(house: Cast) -> None:
    from izin.consent import files
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope
    from izin.rights.package import package

    with scope(house.id):
        before = Contact.objects.count()
        both = stage.csv_of([Person(TWO_NAMES, "Ibu Zqsatu"), Person(TWO_NAMES, "Anak Zqdua")])
        file, _ = files.receive(both, name="dua.csv", purpose=house.purpose)
    let_in(house.id, file.id)
    with scope(house.id):
        assert Contact.objects.count() == before + 1
        held = str(package(known(TWO_NAMES), "ms"))
    assert ("Zqsatu" in held) != ("Zqdua" in held)


def test_a_code_for_somebody_elses_page_shows_the_senders_own_data_and_never_theirs(house: Cast) -> None:
    from izin.organisations.scope import scope
    from izin.rights import acts, register

    code = code_of(house)
    stage.hear(house, stage.message(SECOND, f"MY DATA {code}"))
    with scope(house.id):
        assert opened_inside(code).person.id == known(SECOND.number).id
        asked = acts.record(
            "erase", FIRST.number, channel="letter", asked="untuk jiran", received_at=at(), by=by(house)
        )
        with pytest.raises(register.Unproven):
            acts.erase_as_asked(asked, by=by(house))
        register.answer(asked, "Tidak dapat.", by=by(house), ground="unproven")
        assert known(FIRST.number) is not None


def test_an_erasure_in_the_middle_of_a_campaign_waits_for_what_leaves_and_stops_what_waits(house: Cast) -> None:
    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope
    from izin.rights import acts
    from izin.rights.models import SubjectRequest

    with scope(house.id):
        campaign = lifecycle.draft(
            "Di tengah",
            purpose=house.purpose,
            sender=house.sender,
            template_name=stage.TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}},
            author=house.author.id,
            not_after=at() + timedelta(days=1),
        )
        lifecycle.approve(campaign, house.reviewer.id)
        assert outbox.start(campaign) >= 1
        person = known(FIRST.number)
        theirs = Message.objects.filter(campaign=campaign, contact_id=person.id)
        theirs.update(state=Message.State.SENDING)
        message_id = theirs.get().id
    with pytest.raises(outbox.StillSending), scope(house.id):
        acts.erase(person, channel="page", identity="number")
    with scope(house.id):
        assert known(FIRST.number) is not None
        assert not SubjectRequest.objects.filter(kind="erase", channel="page").exists(), "nothing was changed"
        Message.objects.filter(id=message_id).update(state=Message.State.QUEUED)
        acts.erase(person, channel="page", identity="number")
        after = Message.objects.get(id=message_id)
        assert (after.state, after.reason, after.contact_id) == ("suppressed", "erased", None)
        assert known(FIRST.number) is None


def opened_inside(code: str) -> Any:
    from izin.rights import proving

    return proving.prove(code)


def at() -> Any:
    from izin.lib.clock import now

    return now()


def by(house: Cast) -> Any:
    return house.author.id
