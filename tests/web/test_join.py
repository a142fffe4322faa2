"""The join page: nothing is ticked for anybody, no number is asked, and only the code's keyed hash is kept (P1, P5)."""

import re
from datetime import timedelta

import pytest

from izin.lib import clock

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def page(two, browse):
    """The join page of A, opened."""
    ours, _ = two
    client = browse()
    return ours, client, f"/{ours.slug}/sertai?lang=en"


def note_in(html: str) -> str:
    return re.search(r'name="shown" value="([^"]+)"', html).group(1)


def answer(ours, html: str, *, ticked: bool = True, adult: str = "yes") -> dict[str, str]:
    given = {"shown": note_in(html), "adult": adult}
    if ticked:
        given[f"p-{ours.purpose.id}"] = "on"
    return {key: value for key, value in given.items() if value}


def codes_of(house) -> list:
    from izin.consent.models import JoinCode
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        return list(JoinCode.objects.all())


def test_the_form_ticks_nothing_and_asks_for_no_number(page):
    ours, client, url = page
    response = client.get(url)
    html = response.content.decode()
    boxes = re.findall(r"<input[^>]*>", html)
    assert sum('type="checkbox"' in box for box in boxes) == 1
    assert not [box for box in boxes if "checked" in box]
    assert not [box for box in boxes if 'type="tel"' in box or 'type="text"' in box or 'type="email"' in box]
    assert "promosi@1" in html
    assert "I agree to receive tuition class offers" in html
    assert f"/{ours.slug}/privacy" in html
    assert not response.cookies


def test_the_answer_is_a_code_that_only_the_page_knows(page):
    ours, client, url = page
    response = client.post(url, answer(ours, client.get(url).content.decode()))
    html = response.content.decode()
    code = re.search(r"<code>SERTAI ([A-Z2-9]{8})</code>", html).group(1)
    assert f"https://wa.me/60123456789?text=SERTAI%20{code}" in html
    assert "<svg" in html
    assert "style=" not in html
    assert not response.cookies
    (kept,) = codes_of(ours)
    assert code.encode() not in bytes(kept.index)
    assert len(bytes(kept.index)) >= 16
    assert code not in str(kept.purposes)
    assert kept.language == "en"


def test_the_code_is_the_same_in_the_other_language(page):
    ours, client, url = page
    html = client.post(url, answer(ours, client.get(url).content.decode())).content.decode()
    code = re.search(r"<code>(SERTAI [A-Z2-9]{8})</code>", html).group(1)
    issued = re.search(r'name="issued" value="([^"]+)"', html).group(1)
    malay = client.post(f"/{ours.slug}/sertai", {"issued": issued, "lang": "ms"}).content.decode()
    assert code in malay
    assert "Tinggal satu langkah" in malay
    assert len(codes_of(ours)) == 1
    assert client.post(f"/{ours.slug}/sertai", {"issued": issued[:-2], "lang": "ms"}).status_code == 400


@pytest.mark.parametrize(("ticked", "adult"), [(False, "yes"), (False, ""), (True, "no")])
def test_no_consent_is_a_normal_answer(page, ticked, adult):
    ours, client, url = page
    response = client.post(url, answer(ours, client.get(url).content.decode(), ticked=ticked, adult=adult))
    assert response.status_code == 200
    assert "Nothing was recorded" in response.content.decode()
    assert codes_of(ours) == []


def test_the_age_is_a_question_of_its_own(page):
    ours, client, url = page
    response = client.post(url, answer(ours, client.get(url).content.decode(), adult=""))
    assert response.status_code == 422
    assert "Please answer this question, too." in response.content.decode()
    assert codes_of(ours) == []


@pytest.mark.parametrize("note", ["", "forged", "eyJvIjoiMSJ9:abc:def"])
def test_an_answer_to_no_page_of_ours_is_refused(page, note):
    ours, client, url = page
    given = answer(ours, client.get(url).content.decode()) | {"shown": note}
    response = client.post(url, given)
    assert response.status_code == 400
    assert codes_of(ours) == []


def test_the_note_of_another_organisation_is_refused(two, browse):
    ours, theirs = two
    client = browse()
    html = client.get(f"/{theirs.slug}/sertai").content.decode()
    response = client.post(f"/{ours.slug}/sertai", answer(ours, html))
    assert response.status_code == 400
    assert codes_of(ours) == []
    assert codes_of(theirs) == []


def test_after_an_hour_the_text_is_shown_again(page):
    ours, client, url = page
    html = client.get(url).content.decode()
    with clock.frozen(clock.now() + timedelta(hours=1, seconds=5)):
        response = client.post(url, answer(ours, html))
    assert "more than an hour ago" in response.content.decode()
    assert note_in(response.content.decode()) != note_in(html)
    assert codes_of(ours) == []


def test_a_text_that_changed_meanwhile_is_shown_again(page):
    from izin.notices import publishing, wording
    from izin.organisations.scope import scope

    ours, client, url = page
    html = client.get(url).content.decode()
    who = wording.Particulars(ours.name, "Alamat baharu", "privasi@akademi.example", "+60 3-5555 0100")
    with scope(ours.organisation.id):
        kinds = {"ms": "tawaran kelas", "en": "class offers"}
        publishing.publish_notice("promosi", wording.notice(who, kinds=kinds, per_month=2, days=720))
    response = client.post(url, answer(ours, html))
    assert "promosi@2" in response.content.decode()
    assert "its text has changed" in response.content.decode()
    assert codes_of(ours) == []


def test_an_unknown_address_and_an_organisation_without_purposes(build, browse):
    empty = build(filled=False)
    client = browse()
    assert client.get("/tiada-di-sini/sertai").status_code == 404
    assert client.get("/tiada-di-sini/").content == client.get("/tiada-di-sini/privasi").content
    assert client.get(f"/{empty.slug}/privasi").status_code == 404
    assert "nothing to join" in client.get(f"/{empty.slug}/sertai?lang=en").content.decode()


def test_the_policy_states_version_date_and_fingerprint(two, browse):
    from izin.notices.publishing import current_policy
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        digest = current_policy().digest
    html = browse().get(f"/{ours.slug}/privacy").content.decode()
    assert digest in html
    assert "Version 1, in force since" in html
