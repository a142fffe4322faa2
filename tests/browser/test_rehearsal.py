"""A campaign is rehearsed in the browser: one switch, a banner, the report, and nothing left of it."""

from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from .conftest import overflows, shot, sign_in

pytestmark = pytest.mark.browser


def test_a_campaign_is_rehearsed_and_the_rehearsal_discarded(visit, academy):
    from importing import let_in

    from izin.campaigns import lifecycle, rehearsals
    from izin.consent import files
    from izin.consent.models import Purpose
    from izin.dispatch.rehearsal import rehearse
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    organisation = academy["organisation"]
    rows = [f"Orang {place},+601234{place:05},ms,2026-01-02,qr,promosi@1,Hari terbuka" for place in range(200)]
    heading = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber"
    with scope(organisation.id):
        purpose = Purpose.objects.get()
        file, _ = files.receive("\n".join([heading, *rows]).encode(), name="a.csv", purpose=purpose)
    let_in(organisation.id, file.id)
    with scope(organisation.id):
        campaign = lifecycle.draft(
            "Kelas cuti",
            purpose=purpose,
            sender=SenderNumber.objects.get(),
            template_name="kelas_cuti",
            parameters={"nama": {"field": "name", "fallback": "tuan/puan"}},
            author=uuid4(),
            not_after=now() + timedelta(days=2),
        )
    page: Page = visit(width=390)
    sign_in(page, academy["marketer"])
    page.goto(f"/staff/{academy['slug']}/campaigns/{campaign.id}")
    page.get_by_role("link", name="Buat raptai: lihat bagaimana jadinya").click()
    page.get_by_role("button", name="Buat raptai").click()
    expect(page.get_by_text("Sedang dijalankan")).to_be_visible()
    with scope(organisation.id):
        begun = rehearsals.latest(campaign)
    assert begun is not None
    worker = Thread(target=rehearse, args=(organisation.id, begun.id))  # Playwright keeps an event loop on this one
    worker.start()
    worker.join()
    page.get_by_role("link", name="Lihat semula").click()
    expect(page.get_by_role("heading", name="Ini hanya raptai")).to_be_visible()
    expect(page.get_by_text("200", exact=True).first).to_be_visible()
    assert not overflows(page)
    shot(page, "rehearsal-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, "rehearsal-1280")
    page.get_by_role("button", name="Buang").click()
    expect(page.get_by_text("Raptai telah dibuang")).to_be_visible()
