"""A person's rights in a browser: the own page on a phone without script, and the officer who tells a recipient."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import talk as stage
from playwright.sync_api import Page, expect

from .conftest import PASSWORD, overflows, shot, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def talk(database: None) -> stage.Talk:
    """People with a campaign, an officer, and a recipient that was given them; made on a thread without a loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make).result(60)


def make() -> stage.Talk:
    from django.db import connection

    from izin.accountability import recipients, sharing
    from izin.accountability.models import Recipient
    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope

    try:
        talk = stage.opened("hak", 3)
        with scope(talk.id):
            registry.add_member(registry.add_user(email_of(talk), PASSWORD, full_name="Puan Pegawai"), Role.OFFICER)
            printer = recipients.register(
                "Cetak Utara",
                kind=Recipient.Kind.PROCESSOR,
                country="MY",
                role={"ms": "mencetak surat", "en": "prints letters"},
                contract="Perjanjian 2026",
                ground=Recipient.Ground.HOME,
                safeguards={"ms": "", "en": ""},
                purpose=talk.cast.purpose,
            )
            sharing.export(printer, reason="Surat", made_by=talk.cast.author.id)
    finally:
        connection.close()
    return talk


def email_of(talk: stage.Talk) -> str:
    return f"pegawai@{talk.cast.slug}.example"


def aside(work: Any, *given: Any) -> Any:
    """Done on a thread of its own, since Playwright keeps an event loop on this one."""

    def alone() -> Any:
        from django.db import connection

        try:
            return work(*given)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result(60)


def test_from_the_code_to_the_certificate_and_the_officer_tells_the_recipient(talk: stage.Talk, visit: Any) -> None:
    who = next(talk.people)
    page: Page = visit(width=390, script=False)
    page.goto(f"/{talk.cast.slug}/data-saya")
    page.get_by_role("button", name="Tunjukkan kod").click()
    aside(talk.says, who, page.locator("code").first.inner_text().lower())
    page.get_by_role("button", name="Sudah dihantar: tunjukkan data saya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data anda")
    expect(page.get_by_text("Cetak Utara")).to_be_visible()
    assert not overflows(page)
    shot(page, "my-data-390")

    page.get_by_label("Betulkan nama saya").fill(" ​ ")
    page.get_by_role("button", name="Simpan nama").click()
    expect(page.get_by_role("alert")).to_contain_text("Tiada apa-apa diubah")
    page.get_by_label("Betulkan nama saya").fill("Puan Nama Betul")
    page.get_by_role("button", name="Simpan nama").click()
    expect(page.get_by_label("Betulkan nama saya")).to_have_value("Puan Nama Betul")
    with page.expect_download() as paper:
        page.get_by_role("link", name="Muat turun sebagai PDF").click()
    assert paper.value.suggested_filename == "data-saya.pdf"
    page.get_by_role("button", name="Hadkan penggunaan data saya").click()
    expect(page.get_by_role("status")).to_contain_text("Tiada apa-apa lagi dihantar")
    page.get_by_role("button", name="Padam data saya").click()
    page.get_by_role("button", name="Ya, padam semuanya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data anda telah dipadamkan")
    expect(page.get_by_text("Cetak Utara")).to_be_visible()
    assert not overflows(page)
    shot(page, "erased-390")

    desk: Page = visit()
    sign_in(desk, email_of(talk))
    desk.goto(f"/staff/{talk.cast.slug}/requests")
    waiting = desk.get_by_role("table", name="Penerima yang perlu dimaklumkan")
    expect(waiting.get_by_role("row")).to_have_count(4)  # its head, and one each: corrected, restricted, erased
    shot(desk, "requests-1280")
    waiting.get_by_role("row").filter(has_text="Dipadamkan").get_by_role("link").click()
    notice = desk.locator("#recipients")
    expect(notice).to_contain_text("Cetak Utara")
    assert "Puan Nama Betul" not in notice.inner_text()
    notice.get_by_label("Cara ia dihantar").select_option("letter")
    notice.get_by_role("button", name="Sudah dihantar: rekodkan").click()
    expect(desk.locator("#recipients")).to_contain_text("Dimaklumkan pada")
    assert not overflows(desk)
    shot(desk, "request-told-1280")
