"""The way out in a real browser: a person's own page, the inbox where staff decide, an objection by telephone."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import talk as stage
from playwright.sync_api import Page, expect

from .conftest import PASSWORD, overflows, shot, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def talk(database: None) -> stage.Talk:
    """An organisation whose people have got a campaign, and a member of staff with a password.

    Made on a thread of its own, since Playwright keeps an event loop on this one.
    """

    def make() -> stage.Talk:
        from django.db import connection

        from izin.organisations import registry
        from izin.organisations.models import Role
        from izin.organisations.scope import scope

        try:
            talk = stage.opened("jalan", 3)
            with scope(talk.id):
                registry.add_member(registry.add_user(email_of(talk), PASSWORD, full_name="Puan Staf"), Role.MARKETER)
        finally:
            connection.close()
        return talk

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make).result(60)


def email_of(talk: stage.Talk) -> str:
    return f"staf@{talk.cast.slug}.example"


def page_of(talk: stage.Talk, who: Any) -> str:
    from izin.consent import preferences
    from izin.organisations.scope import scope

    person = talk.known(who)
    with scope(talk.id):
        return f"/{talk.cast.slug}/pilihan/{preferences.token_of(person.id)}"


@pytest.mark.parametrize(("width", "script"), [(390, True), (320, False)])
def test_a_person_pauses_stops_one_purpose_and_then_everything(visit, talk, width, script):
    who = next(talk.people)
    page: Page = visit(width=width, script=script)
    page.goto(page_of(talk, who))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mesej anda")
    shot(page, f"preferences-{width}")
    assert talk.standings(who)["promosi"] == "granted", "looking changes nothing"
    page.get_by_role("button", name="Jeda selama sebulan").click()
    expect(page.get_by_role("status")).to_contain_text("Tiada mesej daripada kami sehingga")
    assert talk.standings(who)["promosi"] == "paused"
    page.get_by_role("button", name="Henti: Promosi").click()
    expect(page.get_by_role("status")).to_contain_text("Anda tidak akan menerima ini lagi: Promosi")
    expect(page.get_by_text("Anda telah menghentikan mesej ini.")).to_be_visible()
    assert talk.standings(who) == {"promosi": "refused", "jadual": "unknown"}
    shot(page, f"preferences-one-{width}")
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Stop all messages").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("You will get no more promotional messages")
    expect(page.get_by_role("button", name=re.compile("^Stop"))).to_have_count(0)
    assert talk.standings(who) == {"promosi": "refused", "jadual": "refused"}
    shot(page, f"preferences-all-{width}")
    assert not overflows(page)
    if script:
        page.get_by_role("status").get_by_role("link").click()
        expect(page.get_by_role("checkbox").first).not_to_be_checked()


def test_staff_decide_an_unclear_reply_and_answer_another(visit, talk):
    unclear, asking = next(talk.people), next(talk.people)
    talk.says(unclear, stage.UNCLEAR)
    talk.says(asking, stage.TALK)
    assert talk.standings(unclear)["promosi"] == "held"
    page: Page = visit(width=390)
    sign_in(page, email_of(talk))
    page.get_by_role("link", name=re.compile("Balasan yang menunggu")).click()
    expect(page.get_by_role("link", name="Hasrat kurang jelas (1)")).to_have_attribute("aria-current", "true")
    assert not overflows(page)
    shot(page, "inbox-390")
    page.get_by_role("link", name=re.compile(unclear.number[-2:])).click()
    expect(page.get_by_text("berkata tidak, tanpa menyatakan kepada apa.")).to_be_visible()
    assert unclear.number.removeprefix("+") not in page.content()
    assert not overflows(page)
    shot(page, "inbox-unclear-390")
    page.get_by_role("button", name="Hentikan semuanya").press("Enter")
    expect(page.get_by_text("Dihentikan serta-merta")).to_be_visible()
    assert talk.standings(unclear) == {"promosi": "refused", "jadual": "refused"}
    page.get_by_role("link", name="Seterusnya yang menunggu").click()
    page.get_by_label("Jawapan anda").fill("Pukul 9 pagi.")
    page.get_by_role("button", name="Hantar jawapan").click()
    expect(page.get_by_text("Jawapan anda sedang dihantar")).to_be_visible()
    expect(page.get_by_role("list").get_by_text("Pukul 9 pagi.")).to_be_visible()
    assert talk.answers_to(asking) == 1
    shot(page, "inbox-answered-390")
    page.get_by_role("link", name="Ringkasan").click()
    expect(page.get_by_role("link", name=re.compile("Balasan yang menunggu"))).to_have_count(0)


def test_an_objection_by_telephone_stops_at_once(visit, talk):
    who = next(talk.people)
    page: Page = visit(width=390)
    sign_in(page, email_of(talk))
    page.get_by_role("link", name="Kenalan").first.click()
    page.get_by_role("link", name="Rekod bantahan").click()
    page.get_by_label("Nombor WhatsApp").fill("0" + who.number.removeprefix("+60"))
    page.get_by_label("melalui telefon").check()
    shot(page, "objection-390")
    page.get_by_role("button", name="Hentikan semua mesej").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bantahan telah direkodkan")
    assert who.number.removeprefix("+") not in page.content()
    assert not overflows(page)
    assert talk.standings(who) == {"promosi": "refused", "jadual": "refused"}
    assert talk.methods(who) == [("objected", "call")]
