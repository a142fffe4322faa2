"""A template written on the page, handed in at WhatsApp, and refused or approved by its word."""

import re
from typing import Any

import pytest

from .house import House
from .stage import Stage, stage

pytestmark = pytest.mark.flow

WRITTEN = {
    "name": "kelas_cuti",
    "category": "MARKETING",
    "way_out": "both",
    "body_ms": "Salam {{nama}}, kelas cuti dibuka.",
    "footer_ms": "Balas BERHENTI untuk berhenti menerima mesej.",
    "body_en": "Hello {{nama}}, holiday classes are open.",
    "footer_en": "Reply STOP to stop receiving messages.",
    "example:nama": "Siti",
}


def signed_in(play: Stage) -> tuple[Any, str]:
    """A marketer's browser, and the address of the organisation's pages."""
    from django.test import Client

    from izin.organisations import registry
    from izin.organisations.models import Organisation, Role
    from izin.organisations.scope import scope

    user = registry.add_user("aina@kelas.example", "kata laluan yang panjang", full_name="Aina")
    with scope(play.organisation_id):
        registry.add_member(user, Role.MARKETER)
        slug = Organisation.objects.get(id=play.organisation_id).slug
    browser = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(user)
    return browser, f"/staff/{slug}/templates"


def statuses(play: Stage) -> dict[str, str]:
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    with scope(play.organisation_id):
        return dict(Template.objects.filter(name="kelas_cuti").values_list("language", "status"))


def test_a_template_is_written_handed_in_and_its_answer_kept(home: House) -> None:
    with stage(home, people=1) as play:
        browser, pages = signed_in(play)
        for without in ({"way_out": "footer", "footer_en": "Have a nice day"}, {"way_out": "nowhere"}):
            assert browser.post(f"{pages}/new", WRITTEN | without).status_code == 200
        assert statuses(play) == {}, "a text without the way out is not handed in"
        assert browser.post(f"{pages}/new", WRITTEN).status_code == 302
        assert set(statuses(play)) == {"ms", "en"}
        assert {record["template"]["name"] for record in play.oracle.records("template")} == {"kelas_cuti"}
        play.control("quiet", {"timeout_s": 30})
        assert browser.post(pages).status_code == 302
        assert statuses(play) == {"ms": "APPROVED", "en": "APPROVED"}
        again = browser.post(f"{pages}/new", WRITTEN)
        assert again.status_code == 200, "there is one of this name already"


def test_what_whatsapp_says_no_to_is_said_on_the_page_and_nothing_is_kept(home: House) -> None:
    with stage(home, people=1) as play:
        browser, pages = signed_in(play)
        play.simulator.terminate()
        response = browser.post(f"{pages}/new", WRITTEN)
        assert response.status_code == 200
        assert re.search(r'role="alert"', response.content.decode())
        assert statuses(play) == {}
