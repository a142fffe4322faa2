"""The inbox and its way into force: who may read, decide and answer, and that nothing waits unseen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from .addresses import address
from .conftest import wrote

pytestmark = pytest.mark.usefixtures("database")
NUMBER = "+60123456781"  # of the person in the file


@pytest.fixture
def desk(two, browse):
    """A, with a client for each of its roles."""
    ours, _ = two
    return ours, {str(role): browse(member) for role, member in ours.members.items()}


def wrote_here(house, text: str, number: str = NUMBER, **more):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount, SenderNumber

    with scope(house.organisation.id):
        return wrote(BusinessAccount.objects.get(), SenderNumber.objects.get(), number, text, **more)


def page_of(house, reply) -> str:
    return reverse("staff:reply", kwargs={"organisation": house.slug, "reply": reply.id})


def state_of(house, reply):
    from izin.inbound.models import Reply
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        return Reply.objects.get(id=reply.id)


def standing_of(house) -> str:
    from izin.consent.models import Standing
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        return Standing.objects.values_list("standing", flat=True).get()


def text_of(response) -> str:
    return response.content.decode()


def test_what_waits_is_counted_on_every_page_and_the_overview_links_to_it(desk):
    ours, clients = desk
    wrote_here(ours, "no", queue="unclear", intent="hold")
    for page in ("overview", "contacts", "policy"):
        assert "2 wait</span>" in text_of(clients["reviewer"].get(address(page, ours)))
    overview = text_of(clients["reviewer"].get(address("overview", ours)))
    assert "Replies that wait" in overview
    assert f'href="{address("replies", ours)}"' in overview


def test_the_most_urgent_queue_opens_first_with_the_oldest_on_top(desk):
    from izin.lib.clock import now

    ours, clients = desk
    wrote_here(ours, "baru", queue="unclear", intent="hold")
    wrote_here(ours, "lama", queue="unclear", intent="hold", at=now() - timedelta(hours=30))
    html = text_of(clients["marketer"].get(address("replies", ours)))
    assert html.index("lama") < html.index("baru")
    assert "waits 1\N{NO-BREAK SPACE}day" in html
    assert "Overdue" in html
    assert "boleh ke?" not in html, "that one waits in another queue"


def test_words_are_for_roles_that_need_them_and_numbers_for_nobody(desk):
    ours, clients = desk
    reply = wrote_here(ours, "siapa ni?", queue="unclear", intent="hold")
    for url in (address("replies", ours), page_of(ours, reply)):
        assert "siapa ni?" in text_of(clients["marketer"].get(url))
        reviewers = text_of(clients["reviewer"].get(url))
        assert "siapa ni?" not in reviewers
        assert ours.person not in reviewers
        assert "•••••• 81" in reviewers.replace("\N{NO-BREAK SPACE}", " ")


def test_a_role_that_does_not_read_does_not_decide(desk):
    ours, clients = desk
    reply = wrote_here(ours, "no", queue="unclear", intent="hold")
    assert clients["reviewer"].post(page_of(ours, reply), {"decision": "stop_all"}).status_code == 403
    assert state_of(ours, reply).queue == "unclear"


def test_a_stop_by_decision_is_in_force_at_once(desk):
    ours, clients = desk
    reply = wrote_here(ours, "no", queue="unclear", intent="hold")
    html = text_of(clients["officer"].post(page_of(ours, reply), {"decision": "stop_all"}, follow=True))
    assert "Stopped at once" in html
    assert standing_of(ours) == "refused"
    again = text_of(clients["officer"].post(page_of(ours, reply), {"decision": "other"}, follow=True))
    assert "Somebody has decided this already" in again
    assert standing_of(ours) == "refused"


@pytest.mark.parametrize("decision", ["", "delete", "stop_purpose", "stop_purpose:nothing", "stop_all:promosi", "hold"])
def test_a_decision_that_is_not_offered_changes_nothing(desk, decision):
    ours, clients = desk
    reply = wrote_here(ours, "no", queue="unclear", intent="hold")
    html = text_of(clients["marketer"].post(page_of(ours, reply), {"decision": decision}, follow=True))
    assert "no decision that can be taken here" in html
    assert state_of(ours, reply).decided_at is None


def test_an_answer_inside_the_window_and_none_outside(desk):
    from izin.lib import clock

    ours, clients = desk
    reply = wrote_here(ours, "Pukul berapa?", queue="talk")
    url = page_of(ours, reply)
    assert "WhatsApp takes a free answer until" in text_of(clients["marketer"].get(url))
    assert clients["marketer"].post(url, {"answer": "1", "text": ""}).status_code == 200
    sent = text_of(clients["marketer"].post(url, {"answer": "1", "text": "Pukul 9."}, follow=True))
    assert "Your answer is on its way" in sent
    assert "Pukul 9." in sent
    assert state_of(ours, reply).queue == "done"
    late = wrote_here(ours, "Hello?", queue="talk", at=clock.now() - timedelta(hours=25), number="+60199990009")
    with clock.frozen(clock.now() + timedelta(hours=25)):
        closed = text_of(clients["marketer"].get(url))
        assert "WhatsApp took a free answer until" in closed
        assert "<textarea" not in closed
        refused = text_of(clients["marketer"].post(url, {"answer": "1", "text": "Lewat."}, follow=True))
        assert "The 24 hours are over" in refused
    assert "Lewat." not in text_of(clients["marketer"].get(url))
    assert "not in your book" in text_of(clients["marketer"].get(page_of(ours, late)))


def test_the_link_of_somebodys_own_page_is_not_for_staff(desk):
    from izin.consent import preferences
    from izin.contacts import book
    from izin.dispatch import outbox
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    ours, clients = desk
    reply = wrote_here(ours, "no", queue="unclear", intent="hold")
    with scope(ours.organisation.id):
        person = book.find("phone", NUMBER)
        token = preferences.token_of(person.id)
        outbox.answer(person, SenderNumber.objects.get(), preferences.link(ours.slug, person.id, "ms"))
    html = text_of(clients["admin"].get(page_of(ours, reply)))
    assert token not in html
    assert "/pilihan/•••" in html


def test_corrections_are_lines_for_the_corpus(desk):
    ours, clients = desk
    reply = wrote_here(ours, "dah la tu 0123456789", queue="talk")
    clients["marketer"].post(page_of(ours, reply), {"decision": "stop_all"})
    response = clients["officer"].get(address("corrections", ours))
    assert "attachment" in response["Content-Disposition"]
    assert text_of(response).splitlines() == [
        "label\tlanguage\ttext\tnote",
        "stop_all\tms\tdah la tu 0000000000\twas other: nothing_said",
    ]


@pytest.mark.parametrize("role", ["admin", "marketer", "reviewer", "officer"])
def test_every_role_records_an_objection_and_learns_nothing_from_it(desk, role):
    ours, clients = desk
    pages = []
    for number in ("012-345 6781", "+60 19-876 5432"):
        given = {"number": number, "country": "MY", "method": "call", "note": "Jangan hubungi"}
        response = clients[role].post(address("objection_new", ours), given)
        assert response["Location"] == address("objection_recorded", ours)
        pages.append(text_of(clients[role].get(response["Location"])))
    assert pages[0].count("<li>") == pages[1].count("<li>")
    assert standing_of(ours) == "refused"


def test_an_objection_with_gaps_says_what_is_missing_and_keeps_what_was_typed(desk):
    ours, clients = desk
    html = text_of(clients["reviewer"].post(address("objection_new", ours), {"number": "12", "country": "MY"}))
    assert 'value="12"' in html
    assert 'aria-invalid="true"' in html
    assert standing_of(ours) == "granted"


def test_alarms_are_on_the_overview_and_on_the_campaigns_they_concern(desk):
    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.inbound import watch
    from izin.inbound.models import Alarm, Delivery
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, clients = desk
    campaign = ours.objects["campaign"]
    with scope(ours.organisation.id):
        lifecycle.approve(campaign, ours.members["reviewer"].id)
        outbox.start(campaign)
        for kind in (watch.SILENT, watch.CANARY):
            Alarm.objects.create(kind=kind, sender=campaign.sender, raised_at=now())
        outbox.hold_lane(campaign.sender_id, watch.SILENT, 60)
        Delivery.objects.update(state=Delivery.State.SET_ASIDE)
    for page in ("overview", "campaign"):
        html = text_of(clients["reviewer"].get(address(page, ours)))
        assert "WhatsApp is silent about +60 12-345 6789" in html
        assert "A test stop to +60 12-345 6789 was not heard" in html
        assert "Nothing leaves from" not in html, "the alarm says it already"
    assert "1 incoming message could not be read" in text_of(clients["reviewer"].get(address("overview", ours)))
    with scope(ours.organisation.id):
        Alarm.objects.update(lifted_at=now())
        outbox.hold_lane(campaign.sender_id, "registration", 120)
    html = text_of(clients["reviewer"].get(address("campaign", ours)))
    assert "was not heard" not in html
    assert "Nothing leaves from +60 12-345 6789 at the moment" in html
