"""Purposes, notices and the policy: complete in both languages or not published; the ledger is verified."""

import pytest

from .addresses import address

pytestmark = pytest.mark.usefixtures("database")

ABOUT = {
    "name_ms": "Peringatan jadual",
    "name_en": "Timetable reminders",
    "kinds_ms": "peringatan jadual kelas",
    "kinds_en": "class timetable reminders",
    "key": "jadual",
    "category": "UTILITY",
    "per_month": "4",
    "months": "24",
}


@pytest.fixture
def office(two, browse):
    ours, _ = two
    return ours, browse(ours.members["officer"])


def texts_in(html: str) -> dict[str, str]:
    """The notice as the page has filled it in."""
    import re
    from html import unescape

    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', html, flags=re.DOTALL)
    return {name: unescape(text).strip() for name, text in areas}


def test_a_purpose_from_its_name_to_its_published_notice(office):
    ours, client = office
    url = address("purpose_new", ours)
    second = client.post(url, ABOUT).content.decode()
    texts = texts_in(second)
    assert "class timetable reminders" in texts["statement_en"]
    published = client.post(url, ABOUT | texts | {"step": "text"}, follow=True).content.decode()
    assert "Published as jadual@1." in published
    assert "Timetable reminders" in client.get(address("purposes", ours)).content.decode()
    assert "Another purpose has this key." in client.post(url, ABOUT).content.decode()


def test_what_is_missing_is_said_where_it_is_missing(office):
    ours, client = office
    url = address("purpose_new", ours)
    texts = texts_in(client.post(url, ABOUT).content.decode())
    texts |= {"rights_en": "", "withdraw_ms": "Tulis surat kepada kami.", "retention_ms": "Sah selama 3 bulan."}
    html = client.post(url, ABOUT | texts | {"step": "text"}).content.decode()
    assert "Write this part." in html
    assert "Name the word that stops the messages" in html
    assert "The numbers in the two languages differ" in html
    assert "jadual@1" not in client.get(address("purposes", ours)).content.decode()


def test_a_vague_purpose_is_refused(office):
    ours, client = office
    html = client.post(address("purpose_new", ours), ABOUT | {"name_en": "Marketing"}).content.decode()
    assert "too vague to agree to" in html


def test_a_new_version_keeps_the_old_one(office):
    ours, client = office
    url = address("purpose", ours)
    texts = texts_in(client.get(url).content.decode())
    assert "there is no new version" in client.post(url, texts, follow=True).content.decode()
    texts["data_ms"] += " Tiada data lain."
    texts["data_en"] += " No other data."
    html = client.post(url, texts, follow=True).content.decode()
    assert "Published as promosi@2." in html
    assert "promosi@1" in html


def test_the_policy_is_published_anew(office, browse):
    ours, client = office
    url = address("policy", ours)
    texts = texts_in(client.get(url).content.decode())
    html = client.post(url, texts | {"changes_en": ""}).content.decode()
    assert "Write this part." in html
    texts |= {"changes_ms": "Kami memberitahu anda dahulu.", "changes_en": "We tell you first."}
    assert "Version 2 is published." in client.post(url, texts, follow=True).content.decode()
    assert "We tell you first." in browse().get(f"/{ours.slug}/privacy").content.decode()


def test_an_empty_organisation_gets_a_first_policy_whose_gaps_are_named(build, browse):
    from izin.organisations.models import Organisation
    from izin.organisations.scope import scope

    empty = build(filled=False)
    with scope(empty.organisation.id):
        Organisation.objects.filter(id=empty.organisation.id).update(address="")
    client, url = browse(empty.members["officer"]), address("policy", empty)
    texts = texts_in(client.get(url).content.decode())
    assert "Replace the placeholder in this text." in client.post(url, texts).content.decode()


def test_the_ledger_is_verified_on_request(office):
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope

    ours, client = office
    assert client.get(address("checkpoint", ours)).status_code == 404
    with scope(ours.organisation.id):
        note = checkpoints.sign().note
        key = checkpoints.verifier_key()
    html = client.get(address("ledger", ours)).content.decode()
    assert key in html
    assert "Consents imported with evidence" in html
    assert client.get(address("checkpoint", ours)).content.decode() == note
    verified = client.post(address("ledger_verify", ours)).content.decode()
    assert "All of it agrees." in verified
    assert "is not what it should be" not in verified


def test_the_ledger_page_says_what_is_broken(office):
    from izin.consent.models import Standing
    from izin.organisations.scope import scope

    ours, client = office
    with scope(ours.organisation.id):
        Standing.objects.update(standing="refused")
    html = client.post(address("ledger_verify", ours)).content.decode()
    assert "The ledger is not what it should be" in html
    assert "differs from what the evidence decides" in html
