"""A form from its draft to somebody who joined by it: staff build and publish it, a visitor without script answers."""

import hashlib
import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from .conftest import PASSWORD, overflows, shot, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(academy) -> str:
    """The e-mail address of the academy's data protection officer."""
    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope

    email = f"officer-{academy['slug']}@cahaya.example"
    with scope(academy["organisation"].id):
        registry.add_member(registry.add_user(email, PASSWORD, full_name="Officer"), Role.OFFICER)
    return email


def test_a_form_is_built_published_and_answered(visit, academy, officer):
    staff: Page = visit(width=390)
    sign_in(staff, officer)
    _build(staff, academy["slug"])
    poster = staff.get_by_role("link", name="Poster dengan kod QR")
    sheet = staff.request.get(f"{urljoin(staff.url, poster.get_attribute('href'))}").body()
    assert sheet.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    visitor: Page = visit(width=390, script=False)
    code = _answer(visitor, f"/{academy['slug']}/sertai/hari-terbuka")
    _joined_by_what_was_served(academy["organisation"].id, code)


def _build(page: Page, slug: str) -> None:
    page.goto(f"/staff/{slug}/forms/new")
    page.get_by_label("Tajuk dalam bahasa Melayu").fill("Hari terbuka")
    page.get_by_label("Tajuk dalam bahasa Inggeris").fill("Open day")
    page.locator("[name=key]").fill("hari-terbuka")
    page.get_by_role("button", name="Buat draf").click()
    page.get_by_label("Jenis").select_option("pendidikan")
    page.get_by_role("button", name="Tambah", exact=True).click()
    page.locator("[name='pendidikan-kinds_en']").fill("marketing")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Ini terlalu kabur untuk dipersetujui").first).to_be_visible()
    assert not overflows(page)
    shot(page, "form-refused-390")
    page.locator("[name='pendidikan-kinds_en']").fill("school notices about exams")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Diterbitkan sebagai hari-terbuka@1.")).to_be_visible()
    shot(page, "form-390")


def _answer(page: Page, address: str) -> str:
    page.goto(address)
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        expect(box).not_to_be_checked()
    shot(page, "form-public-390")
    page.get_by_label("Saya bersetuju menerima notis sekolah").check()
    page.get_by_role("radio", name="Ya").check()
    page.get_by_role("button", name="Teruskan").click()
    written = page.locator("code").inner_text()
    assert re.fullmatch("SERTAI [A-Z2-9]{8}", written)
    return written.split()[1]


def _joined_by_what_was_served(organisation_id, code: str) -> None:
    """The person's own message makes it a consent, to the one box, with the page that was read."""
    from izin.consent import joining, served
    from izin.consent.models import Evidence
    from izin.consent.proof import open_payload
    from izin.contacts import book
    from izin.lib.clock import now
    from izin.lib.phone import PhoneNumber
    from izin.organisations.scope import scope

    with scope(organisation_id):
        joined = joining.redeem(code, PhoneNumber("+60123450001"), at=now(), message_id="wamid.x", text=code)
        assert joined is not None
        assert [purpose.key for purpose in joined.purposes] == ["pendidikan"]
        person = book.find("phone", "+60123450001")
        assert person is not None
        payload = open_payload(Evidence.objects.get(contact_id=person.id), person.key)
        page = served.find(payload["page"])
        assert page is not None
        body = bytes(page.body)
        assert hashlib.sha256(body).hexdigest() == payload["page"]
        assert payload["shown"]["statement"] in body.decode()
