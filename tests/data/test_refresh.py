"""Renewal: asked is whose consent ends soon and still stands, once in its lifetime; a yes renews, silence ends it."""

from datetime import timedelta

import pytest
import talk as stage
from cast import TEMPLATE, hear, message
from talk import Talk

from izin.accountability import living
from izin.campaigns import lifecycle, preflight
from izin.campaigns.models import Campaign
from izin.consent import consent_forms, records, refresh
from izin.consent.models import Standing
from izin.consent.purposes import current_wording
from izin.consent.records import Act, NewFact
from izin.contacts import book
from izin.contacts.book import Newcomer
from izin.dispatch import outbox
from izin.dispatch.models import Message
from izin.dispatch.refreshing import to_ask
from izin.lib.clock import now
from izin.lib.phone import PhoneNumber
from izin.notices import wording
from izin.organisations.scope import scope

DAY = timedelta(days=1)
WHO = wording.Particulars("Kedai Semula", "1 Jalan", "p@example.test", "03-1")


@pytest.fixture(scope="module")
def talk(opened: None) -> Talk:
    one = stage.opened("semula")
    with scope(one.id):
        form = consent_forms.start("semula", {"ms": "Semula", "en": "Again"}, WHO)
        consent_forms.publish(form)
        living.publish(living.first_texts(WHO))
    return one


def agreed(talk: Talk, who: object, left: int) -> None:
    """A consent of which so many days are left."""
    purpose = talk.cast.purpose
    at = now() - timedelta(days=purpose.lifetime_days - left)
    person = book.find_or_add(Newcomer(PhoneNumber(who.number)))  # type: ignore[attr-defined]
    fact = NewFact(person, Act.ATTESTED, "paper", at, purpose, current_wording(purpose), "ms", {}, grade=2)
    records.attest([fact], body={"purpose": purpose.key})


def ask(talk: Talk, days: int | None) -> tuple[Campaign, set[object]]:
    """A campaign over everybody, or for renewal: and whom it is planned for."""
    campaign = lifecycle.draft(
        "Semula",
        purpose=talk.cast.purpose,
        sender=talk.cast.sender,
        template_name=TEMPLATE,
        parameters={"nama": {"field": "name", "fallback": "tuan"}},
        author=talk.cast.author.id,
        not_after=now() + 7 * DAY,
        refresh_days=days,
    )
    lifecycle.approve(campaign, talk.cast.reviewer.id)
    outbox.start(campaign)
    return campaign, set(Message.objects.filter(campaign=campaign).values_list("contact_id", flat=True))


def test_who_is_asked_is_whose_consent_ends_soon_once_in_its_lifetime(talk: Talk) -> None:
    soon, later, over, refused = (next(talk.strangers) for _ in range(4))
    with scope(talk.id):
        for who, left in ((soon, 20), (later, 200), (over, -1), (refused, 20)):
            agreed(talk, who, left)
        records.withdraw("phone", refused.number, method="wa_keyword", at=now())
        wanted = book.find("phone", soon.number)
        assert wanted is not None
        previewed = set(to_ask(talk.cast.purpose, 30).values_list("contact_id", flat=True))
        assert previewed == {wanted.id}
        assert refresh.ending(talk.cast.purpose, 30).count() == 1
        campaign, planned = ask(talk, 30)
        assert planned == previewed, "the preview is the plan"
        assert sum(preflight.audience_of(talk.cast.purpose, refresh_days=30).values()) == 1
        assert to_ask(talk.cast.purpose, 30).count() == 0, "asked once"
        lifecycle.cancel(campaign)
        Message.objects.filter(campaign=campaign).update(state="cancelled")
        assert to_ask(talk.cast.purpose, 30).count() == 1, "what never left was no question"
        _, planned = ask(talk, 30)
        assert planned == {wanted.id} and ask(talk, 30)[1] == set()
        everybody = ask(talk, None)[1]
        assert wanted.id in everybody and len(everybody) > 2, "another campaign reaches everybody as before"


def test_a_yes_renews_by_the_text_that_was_shown_and_silence_lets_it_end(talk: Talk) -> None:
    who = next(talk.strangers)
    with scope(talk.id):
        agreed(talk, who, 10)
        words = refresh.words_to_renew(talk.cast.purpose, "ms")
        assert words == ["SERTAI SEMULA"]
    before = until(talk, who)
    hear(talk.cast, message(who, words[0]))
    assert until(talk, who) == before, "the question renews nothing"
    talk.says(who, "DEWASA 1")
    assert until(talk, who) > before + 700 * DAY
    with scope(talk.id):
        assert to_ask(talk.cast.purpose, 60).filter(contact_id=talk.known(who).id).count() == 0


def until(talk: Talk, who: object) -> object:
    person = talk.known(who)  # type: ignore[arg-type]
    with scope(talk.id):
        return Standing.objects.get(contact_id=person.id, purpose=talk.cast.purpose).valid_until


def test_what_a_renewal_says_and_to_whom_is_what_was_approved(talk: Talk) -> None:
    with scope(talk.id):
        campaign = Campaign.objects.filter(refresh_days=30).first()
        assert campaign is not None
        asked = lifecycle.digest_of(campaign)
        campaign.refresh_days = 60
        assert lifecycle.digest_of(campaign) != asked
