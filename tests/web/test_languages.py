"""Every page speaks Malay and English, wholly (promise P10)."""

import re
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from .addresses import PAGES, address

pytestmark = pytest.mark.usefixtures("database")
PO = Path(__file__).resolve().parents[2] / "src/izin/locale/ms/LC_MESSAGES/django.po"
PUBLIC = ("", "sertai", "privasi", "privacy")


def visible(html: str) -> set[str]:
    """The texts of the page, without its markup and without parts in another language (both texts of a notice)."""
    html = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    html = re.sub(r'<(p|a|button|div|textarea)\b[^>]*\blang="en"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
    return {" ".join(unescape(text).split()) for text in re.split(r"<[^>]+>", html)} - {""}


@pytest.fixture(scope="module")
def english_only() -> set[str]:
    """English texts that have another form in Malay."""
    with PO.open("rb") as stream:
        catalogue = read_po(stream, locale="ms")
    return {one.id for one in catalogue if isinstance(one.id, str) and one.id and one.string != one.id}


def test_staff_pages_leave_nothing_in_english(two, browse, english_only):
    ours, _ = two
    client = browse(ours.members["admin"], language="ms")
    for name, (_, roles) in PAGES.items():
        if roles is None or name in (
            "campaign_progress",
            "campaign_report",
            "checkpoint",
            "corrections",
            "import_rejected",
            "breach_notice",
            "paper_version",
            "form_preview",  # shows both languages, as the poster does
            "form_poster",
        ):
            continue
        response = client.get(address(name, ours))
        assert response.status_code == 200, name
        if "<html" in response.content.decode():
            assert '<html lang="ms"' in response.content.decode()
        left = visible(response.content.decode()) & english_only
        assert not left, (name, left)


def test_the_check_would_find_english(two, browse, english_only):
    ours, _ = two
    html = browse(ours.members["admin"], language="en").get(address("overview", ours)).content.decode()
    assert "Overview" in visible(html) & english_only


def test_public_pages_leave_nothing_in_english(two, browse, english_only):
    ours, _ = two
    for page in PUBLIC:
        if page == "privacy":
            continue
        html = browse(language="ms").get(f"/{ours.slug}/{page}").content.decode()
        assert '<html lang="ms"' in html
        assert not visible(html) & english_only, page


def test_the_address_chooses_the_language_of_a_public_page(two, browse):
    ours, _ = two
    client = browse(language="ms")
    assert "Messages on WhatsApp" in client.get(f"/{ours.slug}/sertai?lang=en").content.decode()
    assert "Mesej melalui WhatsApp" in client.get(f"/{ours.slug}/sertai?lang=ms").content.decode()
    assert "Mesej melalui WhatsApp" in client.get(f"/{ours.slug}/sertai?lang=xx").content.decode()
    english = client.get(f"/{ours.slug}/privacy")
    assert english["Content-Language"] == "en"
    assert "Privacy policy" in english.content.decode()
    assert "Dasar privasi" in client.get(f"/{ours.slug}/privasi").content.decode()


def test_the_switch_stays_on_the_page(two, browse):
    ours, _ = two
    client = browse(ours.members["officer"], language="ms")
    url = address("policy", ours)
    response = client.post("/i18n/setlang/", {"language": "en", "next": url})
    assert response["Location"] == url
    assert "The law wants it complete" in client.get(url).content.decode()


def test_malay_is_what_everybody_gets_who_has_not_chosen(two, browse):
    ours, _ = two
    for url in (f"/{ours.slug}/", "/staff/sign-in"):
        response = browse(language="").get(url, headers={"accept-language": "en-GB"})
        assert '<html lang="ms"' in response.content.decode()
