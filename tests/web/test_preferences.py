"""The page of one's own: looking changes nothing, one button stops, and nobody is led to a dead end."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("database")
NUMBER = "+60123456781"


@pytest.fixture
def page(two, browse):
    """A, a visitor without account or cookie, and the address of the page of somebody in A's book."""
    from izin.consent import preferences
    from izin.contacts import book
    from izin.organisations.scope import scope

    ours, _ = two
    with scope(ours.organisation.id):
        token = preferences.token_of(book.find("phone", NUMBER).id)
    client = browse()
    client.cookies.clear()
    return ours, client, f"/{ours.slug}/preferences/{token}"


def note_in(html: str) -> str:
    return re.search(r'name="page" value="([^"]+)"', html).group(1)


def press(client, url: str, do: str):
    return client.post(url, {"page": note_in(client.get(url).content.decode()), "do": do})


def acts(house) -> list[tuple[str, str]]:
    from izin.consent.models import Evidence
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        rows = Evidence.objects.exclude(act="attested").order_by("entry_seq")
        return list(rows.values_list("act", "method"))


def test_looking_changes_nothing_and_sets_no_cookie(page):
    ours, client, url = page
    for look in (client.get, client.head):
        response = look(url)
        assert response.status_code == 200
        assert not response.cookies
    client.get(url + "?do=stop_all&page=x")
    assert acts(ours) == []


def test_the_secret_address_goes_nowhere_and_is_kept_nowhere(page):
    _, client, url = page
    response = client.get(url)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_no_log_learns_the_secret(page, logged):
    """Django names the address of every refused request; the handler of our own settings blots the secret out."""
    _, client, url = page
    assert client.post(url, {"do": "stop_all"}).status_code == 400
    assert client.get(url + "x").status_code == 404
    assert logged.getvalue().count("/preferences/•••") == 2
    assert url.rsplit("/", 1)[1] not in logged.getvalue()


def test_stopping_everything_takes_one_button_and_says_how_to_come_back(page):
    ours, client, url = page
    html = press(client, url, "stop_all").content.decode()
    assert "You will get no more promotional messages" in html
    assert "A message that had left before this may still arrive" in html
    assert f"/{ours.slug}/sertai?lang=en" in html
    assert 'value="stop_all"' not in html
    assert acts(ours) == [("withdrawn", "preferences")]


def test_stopping_one_purpose(page):
    ours, client, url = page
    html = press(client, url, "stop:promosi").content.decode()
    assert "You will get no more of this: Class offers" in html
    assert "You have stopped these." in html
    assert 'value="stop_all"' not in html, "nothing is left to stop"
    assert acts(ours) == [("withdrawn", "preferences")]


def test_a_pause_says_until_when_and_can_still_be_made_a_stop(page):
    ours, client, url = page
    html = press(client, url, "pause").content.decode()
    assert "We are silent until" in html
    assert "Paused until" in html
    assert 'value="stop:promosi"' in html
    assert 'value="pause"' not in html
    assert acts(ours) == [("paused", "preferences")]


def test_the_language_of_messages_is_chosen(page):
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope

    ours, client, url = page
    assert "We write to you in this language: English" in press(client, url, "language:en").content.decode()
    with scope(ours.organisation.id):
        assert Contact.objects.get().language == "en"
    assert acts(ours) == []


@pytest.mark.parametrize("do", ["", "stop", "stop:nothing", "give", "start:promosi", "language:xx", "stop_all_of_it"])
def test_what_the_page_does_not_offer_changes_nothing_and_says_so(page, do):
    ours, client, url = page
    response = press(client, url, do)
    assert response.status_code == 400
    assert "nothing was changed" in response.content.decode()
    assert acts(ours) == []


def test_an_answer_from_another_page_changes_nothing(page, two, browse):
    ours, client, url = page
    for note in ("", "rubbish", note_in(client.get(url).content.decode()) + "x"):
        assert client.post(url, {"page": note, "do": "stop_all"}).status_code == 400
    assert acts(ours) == []


@pytest.mark.parametrize(
    ("path", "language", "how"), [("pilihan", "ms", "balas BERHENTI"), ("preferences", "en", "reply BERHENTI")]
)
def test_a_broken_link_still_tells_how_to_stop(page, path, language, how):
    ours, client, url = page
    for token in (url.rsplit("/", 1)[1][:-3], "x", "%00"):
        response = client.get(f"/{ours.slug}/{path}/{token}")
        assert response.status_code == 404
        html = response.content.decode()
        assert f'<html lang="{language}"' in html
        assert how in html
        assert "privasi@akademi.example" in html


def test_another_organisations_link_is_a_broken_one(page, two):
    _, client, url = page
    theirs = two[1]
    assert client.get(f"/{theirs.slug}/preferences/{url.rsplit('/', 1)[1]}").status_code == 404


def test_both_languages_are_whole(page):
    from .test_languages import PO, read_po, visible

    with PO.open("rb") as stream:
        english = {one.id for one in read_po(stream, locale="ms") if isinstance(one.id, str) and one.string != one.id}
    _, client, url = page
    malay = url.replace("/preferences/", "/pilihan/")
    for html in (client.get(malay), press(client, malay, "pause"), press(client, malay, "stop_all")):
        assert not visible(html.content.decode()) & english
