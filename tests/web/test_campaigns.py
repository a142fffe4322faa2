"""From the template to the report: findings in words, four eyes, and steps that happen once (P6)."""

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from .addresses import address

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def desk(two, browse):
    """A, with a client for each of its roles."""
    ours, _ = two
    return ours, {str(role): browse(member) for role, member in ours.members.items()}


def compose(client, ours, **changes):
    import re

    url = address("campaign_new", ours)
    template = re.search(r'name="template" value="([^"]+)"', client.get(url).content.decode()).group(1)
    sender = re.search(r'<option value="([^"]+)"[^>]*>\+60 12', client.get(url).content.decode()).group(1)
    given = {
        "template": template,
        "name": "Kelas cuti",
        "purpose": str(ours.purpose.id),
        "sender": sender,
        "not_after": "2099-01-01T18:00",
        "source:nama": "name",
        "text:nama": "ibu bapa",
    }
    return client.post(url, given | changes)


def take(client, url: str, step: str):
    return client.post(f"{url}/{step}", follow=True).content.decode()


def state_of(ours, url: str):
    from izin.campaigns.models import Campaign
    from izin.organisations.scope import scope

    with scope(ours.organisation.id):
        return Campaign.objects.get(id=url.rsplit("/", 1)[1])


def test_from_draft_to_report(desk):
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    ours, clients = desk
    url = compose(clients["marketer"], ours)["Location"]
    draft = clients["marketer"].get(url).content.decode()
    assert "Nothing stands in the way" in draft
    assert "somebody else has to approve it" in draft
    assert "Hello Siti Aminah, holiday classes start." in draft
    assert state_of(ours, url).parameters == {"nama": {"field": "name", "fallback": "ibu bapa"}}
    assert "Approve this campaign" in clients["reviewer"].get(url).content.decode()
    assert "You have approved exactly this campaign" in take(clients["reviewer"], url, "approve")
    assert "The campaign is running" in take(clients["marketer"], url, "start")
    running = clients["marketer"].get(url).content.decode()
    assert "Waiting for the sending process" in running
    assert 'hx-trigger="every 1s"' in running
    assert "0 / 1" in clients["officer"].get(f"{url}/progress").content.decode()
    assert "Paused" in take(clients["marketer"], url, "pause")
    paused = clients["officer"].get(f"{url}/progress")
    assert (paused["HX-Retarget"], paused["HX-Reselect"]) == ("#main", "#main")
    assert "Go on sending" in clients["marketer"].get(f"{url}/progress").content.decode()
    assert "The campaign goes on" in take(clients["marketer"], url, "resume")
    report = clients["officer"].get(f"{url}/report").content.decode()
    assert "Messages decided after a withdrawal" in report
    assert "As promised: none." in report
    assert "Cancelled" in take(clients["marketer"], url, "cancel")
    with scope(ours.organisation.id):
        assert Message.objects.filter(campaign_id=url.rsplit("/", 1)[1]).count() == 1


def test_the_author_cannot_approve_even_as_administrator(desk):
    ours, clients = desk
    url = compose(clients["admin"], ours)["Location"]
    assert "Approve this campaign" not in clients["admin"].get(url).content.decode()
    assert "This step is not possible now" in take(clients["admin"], url, "approve")
    assert state_of(ours, url).state == "draft"


def test_nothing_starts_unapproved_and_nothing_happens_twice(desk):
    ours, clients = desk
    url = compose(clients["marketer"], ours)["Location"]
    assert "not possible now" in take(clients["marketer"], url, "start")
    take(clients["reviewer"], url, "approve")
    assert "not possible now" in take(clients["admin"], url, "approve")
    take(clients["marketer"], url, "start")
    assert "not possible now" in take(clients["admin"], url, "start")
    assert clients["admin"].post(f"{url}/delete").status_code == 404
    assert clients["reviewer"].post(f"{url}/pause").status_code == 403


def test_what_stands_in_the_way_is_said_with_what_to_do(desk):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    ours, clients = desk
    url = compose(clients["marketer"], ours)["Location"]
    with scope(ours.organisation.id):
        Template.objects.filter(language="ms").update(
            status="PAUSED", components=[{"type": "BODY", "text": "Salam {{nama}}, kelas cuti {{bila}}."}]
        )
    html = clients["reviewer"].get(url).content.decode()
    assert "WhatsApp has not approved the template" in html
    assert "Add the opt-out line as its footer" in html
    assert "Choose the field that fills it" in html
    assert "Approve this campaign" not in html
    assert "not possible now" in take(clients["reviewer"], url, "approve")
    assert state_of(ours, url).state == "draft"


def test_nothing_starts_while_one_language_lacks_the_way_out(desk):
    """It is read from what WhatsApp approved, anew at each step: also when it changed after our own approval."""
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    ours, clients = desk

    def approved(footer: str | None) -> None:
        body = {"type": "BODY", "text": "Hello {{nama}}, holiday classes start."}
        with scope(ours.organisation.id):
            components = [body, {"type": "FOOTER", "text": footer}] if footer else [body]
            Template.objects.filter(language="en").update(components=components)

    url = compose(clients["marketer"], ours)["Location"]
    for footer in (None, "Our shop will stop at nothing."):
        approved(footer)
        assert "Add the opt-out line as its footer" in clients["reviewer"].get(url).content.decode()
        assert "not possible now" in take(clients["reviewer"], url, "approve")
    approved("Reply STOP to stop.")
    take(clients["reviewer"], url, "approve")
    approved(None)
    assert "not possible now" in take(clients["marketer"], url, "start")
    assert state_of(ours, url).state == "approved"
    with scope(ours.organisation.id):
        assert not Message.objects.filter(campaign_id=url.rsplit("/", 1)[1]).exists()


def test_a_form_with_gaps_keeps_what_was_typed(desk):
    ours, clients = desk
    response = compose(clients["marketer"], ours, name="", not_after="2001-01-01T10:00")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Please fill this in." in html
    assert "Choose a time in the future." in html
    assert "ibu bapa" in html
    shown = compose(clients["marketer"], ours, preview="1", **{"source:nama": "text", "text:nama": "kawan"})
    assert "Hello kawan, holiday classes start." in shown.content.decode()


def test_the_first_steps_lead_an_empty_organisation(build, browse):
    empty = build(filled=False)
    client = browse(empty.members["admin"])
    assert "First steps" in client.get(address("overview", empty)).content.decode()
    assert "Something must be there first" in client.get(address("campaign_new", empty)).content.decode()
    assert "First say what messages are for" in client.get(address("import", empty)).content.decode()


def test_who_waits_for_the_hours_is_said_and_the_hours_can_be_changed(desk):
    from datetime import timedelta

    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, clients = desk
    page, campaign = address("sending", ours), address("campaign", ours)
    assert "between 09:00 and 21:00" in clients["officer"].get(page).content.decode()
    away = timezone.localtime(now() + timedelta(hours=6))
    closed = {"hours": "1", "opens": f"{away:%H:%M}", "closes": f"{away + timedelta(hours=1):%H:%M}"}
    assert clients["officer"].post(page, closed).status_code == 403
    assert "The hours are saved" in clients["marketer"].post(page, closed, follow=True).content.decode()
    assert "Please fill this in." in clients["marketer"].post(page, {**closed, "opens": ""}).content.decode()
    with scope(ours.organisation.id):
        lifecycle.approve(ours.objects["campaign"], ours.members["reviewer"].id)
        outbox.start(ours.objects["campaign"])
    shown = clients["marketer"].get(campaign).content.decode()
    assert "These people wait for their hours" in shown
    with translation.override("en"):  # the month's name is not the same in every one of them
        assert f"MY: 1 people, from {date_format(away, 'j F, H:i')}" in shown
    clients["marketer"].post(page, {"hours": "1", "opens": "00:00", "closes": "00:00"})
    shown = clients["marketer"].get(campaign).content.decode()
    assert "These people wait for their hours" not in shown
    assert "at any hour" in shown


def test_anybody_stops_all_sending_and_an_administrator_lets_it_go_on(desk):
    ours, clients = desk
    page, elsewhere = address("sending", ours), address("contacts", ours)
    assert "All sending is stopped" not in clients["reviewer"].get(elsewhere).content.decode()
    clients["reviewer"].post(page, {"stop": "1"})
    for role in clients:
        assert "All sending is stopped" in clients[role].get(elsewhere).content.decode(), "on every page"
    assert clients["marketer"].post(page, {"resume": "1"}).status_code == 403
    assert "An administrator lets it go on." in clients["marketer"].get(page).content.decode()
    assert "Yes, go on" in clients["admin"].get(page).content.decode()
    assert "Sending goes on." in clients["admin"].post(page, {"resume": "1"}, follow=True).content.decode()
    assert "All sending is stopped" not in clients["reviewer"].get(elsewhere).content.decode()


def test_a_campaign_in_parts_says_so_and_a_stop_of_its_own_is_for_an_approver(desk):
    from izin.campaigns import lifecycle
    from izin.organisations.scope import scope

    ours, clients = desk
    url = compose(clients["marketer"], ours, way="ramp", wait="14400", priority="0")["Location"]
    page = clients["marketer"].get(url).content.decode()
    assert "In parts" in page
    assert "A rate counts from 50 people and 3 cases" in page
    assert "urgent" in page
    take(clients["reviewer"], url, "approve")
    take(clients["marketer"], url, "start")
    page = clients["marketer"].get(url).content.decode()
    assert "going out; 4 hours after nine of ten have an outcome" in page
    assert "0 of 250 people were written to" in page
    with scope(ours.organisation.id):
        lifecycle.pause(state_of(ours, url), "stage_opt_outs", by=None)
    page = clients["marketer"].get(url).content.decode()
    assert "too many of the people written to said stop" in page
    assert "Go on sending" not in page
    assert clients["marketer"].post(f"{url}/resume").status_code == 403
    assert "Go on sending" in clients["reviewer"].get(url).content.decode()
    assert "The campaign goes on" in take(clients["reviewer"], url, "resume")
    assert "when it was decided that it goes on" in clients["reviewer"].get(url).content.decode()


def test_two_templates_are_compared_by_a_rule_that_stands_on_the_page(desk):
    from uuid import uuid4

    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    ours, clients = desk
    with scope(ours.organisation.id):
        for one in list(Template.objects.all()):
            one.pk, one.name = uuid4(), "kelas_lain"
            one.components = [{"type": "BODY", "text": "Kelas {{bila}} dibuka."}, *one.components[1:]]
            one.save(force_insert=True)
        chosen = str(Template.objects.get(name="kelas_cuti", language="en").id)
    given = {"template": chosen, "way": "split", "share": "50"}
    assert "Choose the second template." in _draft(clients["marketer"], ours, given).content.decode()
    more = given | {"variant": "kelas_lain"}
    assert "Text of {{bila}}" in _draft(clients["marketer"], ours, more).content.decode(), "it asks for what that needs"
    url = _draft(clients["marketer"], ours, more | {"source:bila": "text", "text:bila": "Isnin"})["Location"]
    page = clients["reviewer"].get(url).content.decode()
    assert "Nothing stands in the way" in page
    assert "Kelas Isnin dibuka." in page
    assert "Fewer refusals win" in page
    assert "50%" in page
    with scope(ours.organisation.id):
        Template.objects.filter(name="kelas_lain", language="en").delete()
    assert "The second template is missing in language en" in clients["reviewer"].get(url).content.decode()


def _draft(client, ours, more):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    with scope(ours.organisation.id):
        sender = str(SenderNumber.objects.get().id)
    given = {"name": "Dua templat", "purpose": str(ours.purpose.id), "sender": sender, "not_after": "2099-01-01T18:00"}
    return client.post(address("campaign_new", ours), given | {"source:nama": "name", "text:nama": "ibu"} | more)


def test_the_cap_comes_from_the_notice_until_marketing_chooses_one(desk):
    from izin.campaigns import capping
    from izin.organisations.scope import scope

    ours, clients = desk
    page = address("sending", ours)
    assert "There is no cap" in clients["officer"].get(page).content.decode()
    with scope(ours.organisation.id):
        capping.stated(4)
    assert "at most 4 messages of your campaigns in 30 days" in clients["officer"].get(page).content.decode()
    chosen = {"cap": "1", "most": "8", "days": "30"}
    assert clients["reviewer"].post(page, chosen).status_code == 403
    assert "Please fill this in." in clients["marketer"].post(page, {**chosen, "days": ""}).content.decode()
    shown = clients["marketer"].post(page, chosen, follow=True).content.decode()
    assert "The cap is saved" in shown
    assert "at most 4 messages a month. Choose a cap that keeps to it." in shown
    assert "There is no cap" in clients["marketer"].post(page, {**chosen, "most": ""}, follow=True).content.decode()


def test_a_draft_is_tested_on_the_own_number_only(desk):
    from izin.campaigns.models import Campaign
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    ours, clients = desk
    page, marketer = address("campaign_test", ours), clients["marketer"]
    assert "No colleague has named a number yet." in marketer.get(page).content.decode()
    own = {"own": "1", "country": "MY", "number": "012-345 6781"}
    assert clients["officer"].post(page, own).status_code == 403
    unknown = marketer.post(page, {**own, "number": "012-345 6799"}).content.decode()
    assert "Nobody among the contacts has this number." in unknown
    shown = marketer.post(page, own, follow=True).content.decode()
    assert "Your number can get tests now." in shown
    assert "+60 •••••• 81" in shown
    assert "A colleague has named this number already." in clients["admin"].post(page, own).content.decode()
    person = str(ours.objects["contact"].id)
    assert "Tick one to 5 people." in marketer.post(page, {}, follow=True).content.decode()
    assert (
        "The test is on its way to 1 of you." in marketer.post(page, {"person": person}, follow=True).content.decode()
    )
    with scope(ours.organisation.id):
        trial = Campaign.objects.get(test_of=ours.objects["campaign"])
        assert Message.objects.filter(campaign=trial).count() == 1
    listed = clients["admin"].get(address("campaigns", ours)).content.decode()
    assert str(trial.id) not in listed
    assert clients["admin"].get(f"{address('campaigns', ours)}/{trial.id}").status_code == 404
    assert "somebody else has to approve it" in marketer.get(address("campaign", ours)).content.decode()
    assert "gets no more tests" in marketer.post(page, {"leave": "1"}, follow=True).content.decode()


def test_sending_again_is_a_decision_of_somebody_who_may_approve(desk):
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    ours, clients = desk
    url = compose(clients["marketer"], ours)["Location"]
    take(clients["reviewer"], url, "approve")
    take(clients["marketer"], url, "start")
    report, again = f"{url}/report", f"{url}/again"
    assert "Send again to the unresolved" not in clients["reviewer"].get(report).content.decode()
    with scope(ours.organisation.id):
        Message.objects.filter(campaign_id=url.rsplit("/", 1)[1]).update(state="unresolved")
    assert "may decide to send again" in clients["marketer"].get(report).content.decode()
    assert "Some may get it twice" in clients["reviewer"].get(report).content.decode()
    given = {"reason": "outage", "hours": "24", "understood": "on"}
    assert clients["marketer"].post(again, given).status_code == 403
    lacking = clients["reviewer"].post(again, {**given, "understood": ""}, follow=True).content.decode()
    assert "confirm that some may get it twice" in lacking
    done = clients["reviewer"].post(again, given, follow=True).content.decode()
    assert "Decided and recorded: 1 wait to be sent to again." in done
    assert "decided to send again to 1 people, because a failure" in done
    assert "It cannot be sent again" in clients["admin"].post(again, given, follow=True).content.decode()
