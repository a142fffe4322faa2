"""A person's own link: it proves itself, works for years, and can refuse and pause but never consent."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
import talk as stage
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import Talk

from izin.consent import preferences
from izin.consent.addresses import hide_links
from izin.consent.models import Evidence
from izin.consent.proof import open_payload
from izin.contacts.models import SubjectKey
from izin.lib import clock
from izin.organisations.scope import scope

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture(scope="module")
def talk(opened: None) -> Talk:
    return stage.opened("pilih", 8)


@pytest.fixture(scope="module")
def token(talk: Talk) -> str:
    """The token of somebody whom no test here changes."""
    contact_id = talk.known(next(talk.people)).id
    with scope(talk.id):
        return preferences.token_of(contact_id)


def owner(talk: Talk, token: str) -> UUID | None:
    with scope(talk.id):
        person = preferences.person_of(token)
    return person.id if person else None


def test_a_link_leads_to_the_one_person_it_was_made_for(talk: Talk) -> None:
    one, other = talk.known(next(talk.people)), talk.known(next(talk.people))
    with scope(talk.id):
        tokens = [preferences.token_of(person.id) for person in (one, other)]
    assert [owner(talk, token) for token in tokens] == [one.id, other.id]


@pytest.mark.parametrize(
    ("language", "path"), [("ms", "pilihan"), ("en", "preferences"), ("en_GB", "preferences"), ("ta", "pilihan")]
)
def test_the_address_says_nothing_of_the_person(talk: Talk, token: str, language: str, path: str) -> None:
    contact_id = owner(talk, token)
    assert contact_id is not None
    with scope(talk.id):
        link = preferences.link(talk.cast.slug, contact_id, language)
    assert urlsplit(link).path == f"/{talk.cast.slug}/{path}/{token}"
    assert hide_links(f"Pilihan anda: {link} ya") == f"Pilihan anda: {link.removesuffix(token)}••• ya"


def test_it_is_valid_for_more_than_a_year_and_all_that_time_the_same(talk: Talk, token: str) -> None:
    with clock.frozen(clock.now() + timedelta(days=800)):
        contact_id = owner(talk, token)
        assert contact_id is not None
        with scope(talk.id):
            assert preferences.token_of(contact_id) == token


@given(place=st.integers(0, 42), letter=st.sampled_from(ALPHABET))
@settings(max_examples=60, deadline=None)
def test_one_other_letter_opens_nothing(talk: Talk, token: str, place: int, letter: str) -> None:
    forged = token[:place] + letter + token[place + 1 :]
    if place < 42:  # the last letter carries two bits that mean nothing
        assert (owner(talk, forged) is not None) == (forged == token)


@given(rubbish=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_rubbish_opens_nothing_and_breaks_nothing(talk: Talk, rubbish: str) -> None:
    assert owner(talk, rubbish) is None


def test_nobody_and_another_organisations_token_open_nothing(talk: Talk, token: str) -> None:
    other = stage.opened("lain", 1)
    assert owner(other, token) is None
    with scope(talk.id):
        assert preferences.person_of(preferences.token_of(uuid4())) is None


def test_somebody_who_was_erased_has_no_page(talk: Talk) -> None:
    person = talk.known(next(talk.people))
    with scope(talk.id):
        token = preferences.token_of(person.id)
    with stage.stage.connect("postgres") as superuser:
        superuser.execute("DELETE FROM contacts_subjectkey WHERE contact_id = %s", [person.id])
    with scope(talk.id):
        assert not SubjectKey.objects.filter(contact_id=person.id).exists()
        assert preferences.person_of(token) is None


def test_one_purpose_is_stopped_and_the_evidence_says_where(talk: Talk) -> None:
    who = next(talk.people)
    person = talk.known(who)
    with scope(talk.id):
        preferences.stop(person, talk.cast.purpose, language="en")
        evidence = Evidence.objects.filter(contact_id=person.id).latest("entry_seq")
        payload = open_payload(evidence, person.key)
    assert (evidence.act, evidence.method, payload) == (
        "withdrawn",
        "preferences",
        {"page": "preferences", "language": "en"},
    )
    assert talk.standings(who) == {"promosi": "refused", "jadual": "unknown"}


def test_everything_is_stopped_and_no_pause_brings_it_back(talk: Talk) -> None:
    who = next(talk.people)
    person = talk.known(who)
    with clock.frozen(clock.now()) as hands, scope(talk.id):
        preferences.pause(person, language="ms")
        preferences.stop(person, None, language="ms")
        preferences.stop(person, None, language="ms")
        preferences.pause(person, language="ms")
        hands.move(2 * preferences.PAUSE)
        assert {choice.state for choice in preferences.choices_of(person)} == {"refused"}
    assert not talk.reached(who)
    assert talk.suppressed(who.number) == {False}
