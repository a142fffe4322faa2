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


def typed(html: str, step: str, **change: str) -> dict[str, str]:
    return texts_in(html) | change | {"step": step}


def test_a_draft_may_be_unfinished_and_is_not_public(office, browse):
    ours, client = office
    url = address("policy", ours)
    text = "Kami menulis draf ini."
    page = client.post(
        url, typed(client.get(url).content.decode(), "draft", rights_ms=text, rights_en=""), follow=True
    ).content.decode()
    assert "The draft is saved." in page
    assert text in texts_in(page)["rights_ms"]
    assert "Your rights (English)" in page, "the check names the part that is empty"
    assert text not in browse().get(f"/{ours.slug}/privasi").content.decode()
    refused = client.post(url, typed(page, "publish")).content.decode()
    assert "Write this part." in refused
    thrown = client.post(url, {"step": "discard"}, follow=True).content.decode()
    assert text not in thrown


def test_a_new_purpose_blocks_campaigns_until_the_policy_names_it(office, browse):
    from izin.campaigns import preflight
    from izin.organisations.scope import scope

    ours, client = office
    purpose_url, url = address("purpose_new", ours), address("policy", ours)
    texts = texts_in(client.post(purpose_url, ABOUT).content.decode())
    client.post(purpose_url, ABOUT | texts | {"step": "text"})

    def drift() -> list[str]:
        with scope(ours.organisation.id):
            found = preflight.blockers(ours.objects["campaign"], approver=ours.members["reviewer"].id)
            return [one.subject for one in found if one.code == "policy_drift"]

    assert drift() == ["Peringatan jadual (ms)", "Timetable reminders (en)"]
    page = client.get(url).content.decode()
    assert "Name “Timetable reminders”, which you use." in page
    refused = client.post(url, typed(page, "publish")).content.decode()
    assert "Name “Timetable reminders”, which you use." in refused
    page = client.post(url, {"step": "complete"}, follow=True).content.decode()
    assert drift(), "a draft changes nothing yet"
    assert "<ins>" in page
    assert "Version 2 is published." in client.post(url, typed(page, "publish"), follow=True).content.decode()
    assert drift() == []
    assert "Timetable reminders" in browse().get(f"/{ours.slug}/privacy").content.decode()


def test_the_archive_keeps_every_version_and_shows_what_changed(office, browse):
    ours, client = office
    url = address("policy", ours)
    added = {"choices_ms": "Tanya kami di kaunter.", "choices_en": "Ask us at the counter."}
    client.post(url, typed(client.get(url).content.decode(), "publish", **added))
    visitor = browse()
    listed = visitor.get(f"/{ours.slug}/privasi/versi").content.decode()
    assert f"/{ours.slug}/privasi/versi/1" in listed and f"/{ours.slug}/privasi/versi/2" in listed
    assert "paragraphs" not in visitor.get(f"/{ours.slug}/privacy").content.decode()
    earlier = visitor.get(f"/{ours.slug}/privacy/versions/1").content.decode()
    assert "This is an earlier version" in earlier and "at the counter" not in earlier
    current = visitor.get(f"/{ours.slug}/privacy/versions/2").content.decode()
    assert "at the counter" in current and "This is an earlier version" not in current
    assert visitor.get(f"/{ours.slug}/privacy/versions/3").status_code == 404
    assert f"/{ours.slug}/privacy/versions" in visitor.get(f"/{ours.slug}/privacy").content.decode()
    difference = client.get(f"{url}/versions/2").content.decode()
    assert "counter.</ins>" in difference and "<del>" in difference


def test_the_template_of_a_school_begins_a_draft(office):
    ours, client = office
    url = address("policy", ours)
    page = client.post(url, {"step": "template", "sector": "school"}, follow=True).content.decode()
    texts = texts_in(page)
    assert "Marks, attendance and health of pupils are not kept" in texts["collected_en"]
    assert "Class offers" in texts["purposes_en"], "what the organisation does is filled in"


def test_only_the_officer_writes_the_policy(two, browse):
    ours, _ = two
    client, url = browse(ours.members["marketer"]), address("policy", ours)
    assert "<textarea" not in client.get(url).content.decode()
    assert client.post(url, {"step": "template", "sector": "school"}).status_code == 403
