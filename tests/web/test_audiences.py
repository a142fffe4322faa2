"""Tags, audiences and what a campaign makes of them, as members of staff meet them."""

import pytest

from .addresses import address
from .test_campaigns import compose, state_of, take

pytestmark = pytest.mark.usefixtures("database")


def test_people_get_tags_an_audience_counts_them_and_a_campaign_keeps_to_it(two, browse):
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope

    ours, _ = two
    clients = {str(role): browse(member) for role, member in ours.members.items()}
    marketer, contacts, new = clients["marketer"], address("contacts", ours), address("audience_new", ours)
    person = str(ours.objects["contact"].id)

    def say(**given):
        return marketer.post(contacts, given, follow=True).content.decode()

    assert "Tick the people first." in say(tag="alumni")
    assert "Numbers of people are no tags" in say(tag="012-345 6789", person=person)
    assert "1 person got the tag “alumni”" in say(tag=" Alumni ", person=person)
    assert clients["reviewer"].post(contacts, {"tag": "x", "person": person}).status_code == 403
    assert ours.person in marketer.get(f"{contacts}?tag=alumni").content.decode()
    assert "alumni" in clients["officer"].get(address("contact", ours)).content.decode()

    rules = {"name": "Alumni baharu", "include_tags": "alumni", "include_languages": ["ms", "en"]}
    counted = marketer.post(new, {**rules, "count": "1"}).content.decode()
    assert "Only people who have the tag “alumni”." in counted
    part = marketer.post(address("audience_count", ours), {"exclude_tags": "alumni"}).content.decode()
    assert "Without people who have the tag “alumni”." in part
    wrong = marketer.post(new, {**rules, "include_at_least_days": "9", "include_at_most_days": "3"}).content.decode()
    assert "Nobody can be both" in wrong
    assert "It can be counted once" in wrong
    assert "The audience is saved" in marketer.post(new, rules, follow=True).content.decode()
    assert "Another audience has this name." in marketer.post(new, rules).content.decode()

    from izin.campaigns.models import SavedAudience

    with scope(ours.organisation.id):
        saved = SavedAudience.objects.get(name="Alumni baharu")
        assert saved.rules == {
            "include": [{"kind": "tags", "tags": ["alumni"]}, {"kind": "languages", "languages": ["ms", "en"]}],
            "exclude": [],
        }
    edit = f"{address('audiences', ours)}/{saved.id}"
    assert 'value="alumni" id="id_include_tags_0" checked' in marketer.get(edit).content.decode()
    assert "Only people who" in clients["reviewer"].get(edit).content.decode()

    url = compose(marketer, ours, audience=str(saved.id))["Location"]
    shown = clients["reviewer"].get(url).content.decode()
    assert "Alumni baharu" in shown
    assert "Only people who have the tag “alumni”." in shown
    take(clients["reviewer"], url, "approve")
    assert "need a new approval" in marketer.post(edit, {**rules, "include_tags": []}, follow=True).content.decode()
    assert "not possible now" in take(marketer, url, "start")
    marketer.post(edit, rules)
    say(tag="alumni", person=person, remove="1")
    assert "not possible now" in take(marketer, url, "start"), "nobody is in it any more"
    say(tag="alumni", person=person)
    assert "The campaign is running" in take(marketer, url, "start")
    assert state_of(ours, url).audience_rules == saved.rules
    with scope(ours.organisation.id):
        assert Message.objects.filter(campaign_id=url.rsplit("/", 1)[1]).count() == 1
