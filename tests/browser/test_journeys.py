"""What people come for, in a real browser: join, run a campaign, read the policy."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .conftest import overflows, shot, sign_in

pytestmark = pytest.mark.browser

FILE = """nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber,tarikh_tarik_balik
Aminah binti Yusof,012-345 6781,ms,2026-01-02,qr,promosi@1,Hari terbuka,
Tan Mei Ling,+60 12-345 6782,en,2026-02-03,kaunter,promosi@1,Kaunter Ipoh,
Tanpa Bukti,012-345 6783,ms,,,,,
Nombor Rosak,4.91E+12,ms,2026-01-02,qr,promosi@1,Hari terbuka,
Sudah Berhenti,012-345 6784,ms,2026-01-02,qr,promosi@1,Hari terbuka,2026-03-01
"""


@pytest.mark.parametrize("width", [390, 320])
def test_somebody_joins_on_a_phone_without_script(visit, academy, width):
    page: Page = visit(width=width, script=False)
    page.goto(f"/{academy['slug']}/")
    page.get_by_role("link", name="Pilih mesej anda").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mesej melalui WhatsApp")
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    for choice in page.get_by_role("radio").all():
        expect(choice).not_to_be_checked()
    shot(page, f"join-{width}")
    page.get_by_label("Saya bersetuju menerima tawaran kelas tuisyen").check()
    page.get_by_role("radio", name="Ya").check()
    page.get_by_role("button", name="Teruskan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tinggal satu langkah")
    code = page.locator("code").inner_text().split()[-1]
    assert re.fullmatch("[A-Z2-9]{8}", code)
    assert code not in page.url
    href = page.get_by_role("link", name="Hantar kod melalui WhatsApp").get_attribute("href")
    assert unquote(urlsplit(href).query) == f"text=SERTAI {code}"
    expect(page.locator("figure.qr svg")).to_be_visible()
    shot(page, f"code-{width}")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One step left")
    expect(page.locator("code")).to_contain_text(code)


def test_a_campaign_from_the_file_to_the_start(visit, academy):
    from izin.consent import intake
    from izin.consent.models import ContactFile
    from izin.organisations.scope import scope

    organisation, base = academy["organisation"], f"/staff/{academy['slug']}"
    marketer: Page = visit(width=390)
    sign_in(marketer, academy["marketer"])
    expect(marketer).to_have_url(re.compile(f"{base}/$"))
    marketer.get_by_role("link", name="Kenalan").first.click()
    marketer.get_by_role("link", name="Import kenalan").first.click()
    file = {"name": "ibu bapa.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    marketer.get_by_label("Fail CSV").set_input_files(file)  # type: ignore[arg-type]
    marketer.get_by_role("button", name="Muat naik").click()
    expect(marketer.get_by_label("telefon")).to_have_value("number")
    assert not overflows(marketer)
    shot(marketer, "columns-390")
    marketer.get_by_role("button", name="Tunjukkan pratonton").click()
    expect(marketer.get_by_role("table", name="Baris-baris pertama")).to_contain_text("Dinyatakan")
    assert not overflows(marketer)
    shot(marketer, "preview-390")
    marketer.get_by_role("button", name="Baca fail").click()
    expect(marketer.get_by_text("Menunggu giliran")).to_be_visible()
    with scope(organisation.id):
        file_id = ContactFile.objects.get().id
    intake.take_in(organisation.id, file_id)  # what the worker does
    expect(marketer.get_by_text("Belum ada persetujuan yang dikira")).to_be_visible()

    reviewer: Page = visit(width=390)
    sign_in(reviewer, academy["reviewer"])
    reviewer.get_by_role("link", name="Kenalan").first.click()
    reviewer.get_by_role("link", name="Lihat sampel buktinya").click()
    for box in reviewer.get_by_role("checkbox").all():
        box.check()
    assert not overflows(reviewer)
    shot(reviewer, "review-390")
    reviewer.get_by_role("button", name="Semua bukti sepadan").click()
    expect(reviewer.get_by_text("Import disahkan")).to_be_visible()
    reviewer.evaluate("document.body.dataset.loaded = 'once'")
    intake.take_in(organisation.id, file_id)
    # All of it comes by itself and the page does not load anew, which would undo a click made at that moment.
    expect(reviewer.locator("#import-progress:not([hx-get])")).to_be_visible()
    expect(reviewer.locator("main")).to_have_count(1)
    expect(reviewer.locator("body")).to_have_attribute("data-loaded", "once")
    marketer.reload()
    table = marketer.get_by_role("table", name="Baris yang tidak diterima")
    expect(table).to_contain_text("Bukti persetujuan tiada")
    expect(table).to_contain_text("Excel telah membundarkan nombor ini")
    expect(table).not_to_contain_text("4.91E")
    assert not overflows(marketer)
    shot(marketer, "imported-390")

    marketer.goto(f"{base}/campaigns/new")
    marketer.get_by_label("Nama kempen").fill("Kelas cuti sekolah")
    marketer.get_by_label("Teks untuk {{nama}}").fill("ibu bapa")
    marketer.get_by_label("teks anda sendiri").check()
    expect(marketer.locator("#previews")).to_contain_text("Salam ibu bapa, kelas cuti dibuka.")
    marketer.get_by_label("nama orang itu").check()
    expect(marketer.locator("#previews")).to_contain_text("Salam Siti Aminah, kelas cuti dibuka.")
    marketer.get_by_role("button", name="Simpan draf dan semak").click()
    expect(marketer.get_by_text("orang lain perlu meluluskannya")).to_be_visible()
    expect(marketer.get_by_text("Tiada apa-apa yang menghalang")).to_be_visible()
    shot(marketer, "draft-390")

    reviewer.get_by_role("link", name="Kempen").first.click()
    reviewer.get_by_role("link", name="Kelas cuti sekolah").click()
    reviewer.get_by_role("button", name="Luluskan kempen ini").click()
    expect(reviewer.get_by_text("Anda telah meluluskan kempen ini")).to_be_visible()

    marketer.reload()
    marketer.get_by_role("button", name="Mula menghantar").click()
    expect(marketer.get_by_text("Menunggu proses penghantaran")).to_be_visible()
    expect(marketer.get_by_text("0 / 2")).to_be_visible()
    assert not overflows(marketer)
    shot(marketer, "running-390")
    marketer.get_by_text("Jeda", exact=True).first.click()
    marketer.get_by_role("button", name="Ya, jeda").click()
    expect(marketer.get_by_role("button", name="Teruskan penghantaran")).to_be_visible()
    marketer.get_by_role("link", name="Buka laporan").click()
    expect(marketer.get_by_text("Seperti yang dijanjikan: tiada.")).to_be_visible()


def test_the_language_is_switched_and_the_policy_read(visit, academy):
    page: Page = visit(width=320)
    page.goto(f"/{academy['slug']}/privasi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dasar privasi")
    assert not overflows(page)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/privacy$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy policy")
    expect(page.get_by_text("Version 1, in force since")).to_be_visible()
    shot(page, "policy-320")

    staff: Page = visit(width=390)
    sign_in(staff, academy["marketer"])
    expect(staff.get_by_role("heading", level=1)).to_have_text("Ringkasan")
    staff.locator("summary").filter(has_text="Akaun dan bahasa anda").click()
    staff.get_by_role("button", name="English").click()
    expect(staff.get_by_role("heading", level=1)).to_have_text("Overview")
    staff.locator("summary").filter(has_text="Your account and language").click()
    staff.get_by_role("button", name="Sign out").click()
    expect(staff.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_every_page_of_a_fresh_organisation_fits_a_phone(visit, academy):
    page: Page = visit(width=320)
    sign_in(page, academy["marketer"])
    for path in ("", "contacts", "contacts/import", "purposes", "privacy-policy", "campaigns", "campaigns/new"):
        page.goto(f"/staff/{academy['slug']}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not overflows(page), path


def test_the_officer_completes_the_policy_and_a_visitor_reads_it(visit, academy):
    officer: Page = visit(width=390)
    sign_in(officer, academy["officer"])
    officer.goto(f"/staff/{academy['slug']}/privacy-policy")
    officer.locator("summary").filter(has_text="Tulis versi baharu").click()
    officer.get_by_label("Hak anda (English)").fill("")
    officer.get_by_role("button", name="Simpan draf").click()
    expect(officer.get_by_text("Draf disimpan.")).to_be_visible()
    assert not overflows(officer)
    shot(officer, "policy-draft-390")
    officer.get_by_role("button", name="Terbitkan").click()
    expect(officer.get_by_text("Tulis bahagian ini.").first).to_be_visible()
    officer.get_by_label("Hak anda (English)").fill("Ask us at the counter; we answer within 21 days.")
    officer.get_by_role("button", name="Terbitkan").click()
    expect(officer.get_by_text("Versi 2 telah diterbitkan.")).to_be_visible()

    visitor: Page = visit(width=390, script=False)
    visitor.goto(f"/{academy['slug']}/privasi")
    expect(visitor.get_by_role("heading", name="Hak anda")).to_be_visible()
    visitor.get_by_role("link", name="English").click()
    expect(visitor.get_by_text("Ask us at the counter")).to_be_visible()
    visitor.get_by_role("link", name="All versions").click()
    visitor.get_by_role("link", name=re.compile("Version 1")).click()
    expect(visitor.get_by_text("This is an earlier version")).to_be_visible()
    assert not overflows(visitor)
