"""An administrator connects WhatsApp in the browser; a template is written, handed in, approved, ready to be used."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from .conftest import PASSWORD, overflows, shot, sign_in

pytestmark = pytest.mark.browser

TOKEN, SECRET = "simulated-token", "simulated-app-secret"
NUMBERS = [
    {"id": "106540352242922", "display_phone_number": "60312345678", "verified_name": "Akademi Cahaya"},
    {"id": "106540352242923", "display_phone_number": "60387654321", "quality_rating": "YELLOW"},
]


@pytest.fixture
def meta(database: None, neighbours: dict[str, str], tmp_path: Any) -> Iterator[str]:
    """WhatsApp, the door and the worker; the address of WhatsApp's control."""
    url = neighbours["IZIN_WHATSAPP_URL"]
    config = {
        "access_token": TOKEN,
        "app_secret": SECRET,
        "require_appsecret_proof": True,
        "business_account_name": "Akademi Cahaya",
        "phone_numbers": NUMBERS,
        "messaging_limit": "TIER_2K",
        "token": {"expires_at": int(time.time()) + 5 * 86_400},
        "template_review": "PENDING",
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    files = ["--config", str(tmp_path / "config.json"), "--log", str(tmp_path / "log")]
    env = os.environ | neighbours
    izin = [sys.executable, "-m", "izin", "run"]
    commands = [
        [sys.executable, "-m", "izin_simulator", *files, "--port", url.rpartition(":")[2]],
        [*izin, "door"],
        [*izin, "worker"],
    ]
    processes = [subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) for command in commands]
    try:
        for address in (f"{url}/control/state", f"http://{neighbours['IZIN_DOOR_BIND']}/health"):
            _wait_for(address)
        yield f"{url}/control"
    finally:
        for process in processes:
            process.kill()
            process.wait(10)


@pytest.fixture
def fresh(database: None) -> dict[str, str]:
    """An organisation with nothing but its people."""
    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope

    mark = uuid4().hex[:8]
    organisation = registry.found("Akademi Cahaya", slug=f"sambung-{mark}")
    people = {role: f"{role}-{mark}@cahaya.example" for role in ("admin", "marketer")}
    with scope(organisation.id):
        for role, email in people.items():
            registry.add_member(registry.add_user(email, PASSWORD, full_name=role.title()), Role(role))
    return {"slug": organisation.slug, **people}


def test_connect_compose_and_get_approved(visit, meta: str, fresh: dict[str, str]) -> None:
    base = f"/staff/{fresh['slug']}"
    admin: Page = visit()
    sign_in(admin, fresh["admin"])
    admin.get_by_role("link", name="WhatsApp", exact=True).click()
    shot(admin, "whatsapp-empty-1280")
    admin.get_by_role("link", name="Sambung WhatsApp").click()
    admin.get_by_label("ID akaun perniagaan WhatsApp").fill("102290129340398")
    admin.get_by_label("Token akses pengguna sistem").fill("another-token")
    admin.get_by_label("Rahsia aplikasi").fill(SECRET)
    admin.get_by_role("button", name="Semak dan teruskan").click()
    expect(admin.get_by_text("WhatsApp tidak menerima token ini")).to_be_visible()
    expect(admin.get_by_label("Token akses pengguna sistem")).to_have_value("")
    assert SECRET not in admin.content()
    shot(admin, "whatsapp-refused-1280")
    admin.get_by_label("Token akses pengguna sistem").fill(TOKEN)
    admin.get_by_label("Rahsia aplikasi").fill(SECRET)
    admin.get_by_role("button", name="Semak dan teruskan").click()
    admin.get_by_label("+60387654321").uncheck()
    shot(admin, "whatsapp-numbers-1280")
    admin.get_by_role("button", name="Teruskan").click()
    shot(admin, "whatsapp-webhook-1280")
    admin.get_by_role("button", name="Langgan dan buktikan").click()
    expect(admin.get_by_text("Sambungan berfungsi")).to_be_visible()
    expect(admin.get_by_text("Token ini tamat tempoh pada")).to_be_visible()
    table = admin.get_by_role("table", name="Nombor penghantar")
    expect(table).to_contain_text("+60312345678")
    expect(table).to_contain_text("2,000 orang dalam 24 jam")
    expect(table).not_to_contain_text("+60387654321")
    assert TOKEN not in admin.content()
    shot(admin, "whatsapp-1280")
    admin.get_by_role("button", name="Semak semula").click()
    expect(admin.get_by_text("Sambungan berfungsi")).to_be_visible()
    admin.goto(f"{base}/")
    expect(admin.get_by_text("Token ini tamat tempoh pada")).to_be_visible()
    shot(admin, "overview-token-1280")

    marketer: Page = visit(width=390)
    sign_in(marketer, fresh["marketer"])
    marketer.goto(f"{base}/whatsapp")
    expect(marketer.get_by_role("heading", level=1)).to_have_text("WhatsApp")
    assert not overflows(marketer)
    shot(marketer, "whatsapp-390")
    marketer.goto(f"{base}/templates/new")
    _compose(marketer)
    assert not overflows(marketer)
    shot(marketer, "template-new-390")
    marketer.set_viewport_size({"width": 1280, "height": 900})
    shot(marketer, "template-new-1280")
    marketer.get_by_role("button", name="Serahkan kepada WhatsApp").click()
    expect(marketer.get_by_text("Menunggu kelulusan")).to_have_count(2)
    shot(marketer, "templates-1280")
    for language in ("ms", "en"):
        _control(f"{meta}/template", {"name": "kelas_cuti", "language": language, "status": "APPROVED"})
    _until_seen(marketer, "Diluluskan", 2)
    marketer.set_viewport_size({"width": 390, "height": 844})
    marketer.get_by_role("link", name="kelas_cuti").first.click()
    assert not overflows(marketer)
    shot(marketer, "template-390")
    marketer.get_by_role("link", name="Tulis kempen dengannya").click()
    expect(marketer.get_by_text("nombor penghantar WhatsApp:")).to_have_count(0)
    _control(f"{meta}/template", {"name": "kelas_cuti", "language": "ms", "status": "PAUSED"})
    marketer.goto(f"{base}/templates")
    _until_seen(marketer, "Dijeda selama 3 jam", 1)
    shot(marketer, "templates-390")


def test_a_template_is_written_without_script(visit, meta: str, fresh: dict[str, str]) -> None:
    from izin.organisations import registry
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts

    organisation_id = registry.organisation_at(fresh["slug"])
    assert organisation_id is not None
    with scope(organisation_id):
        accounts.connect(waba_id="102290129340398", name="Akademi", token=TOKEN, app_secrets=[SECRET])
    page: Page = visit(width=390, script=False)
    sign_in(page, fresh["marketer"])
    page.goto(f"/staff/{fresh['slug']}/templates/new")
    page.get_by_label("Nama templat").fill("resit")
    page.get_by_label("perkhidmatan", exact=True).check()
    page.get_by_label("Teks (English)").fill("Hello {{nama}}, your discount of 20% is waiting for you here.")
    page.get_by_role("button", name="Tunjukkan mesej").click()
    expect(page.locator(".wa")).to_have_count(2)
    expect(page.locator(".wa-footer").first).to_have_text("Reply STOP to stop receiving messages.")
    expect(page.get_by_text("Ini kedengaran seperti iklan: discount, 20%")).to_be_visible()
    expect(page.get_by_label("Contoh bagi {{nama}}")).to_be_visible()
    shot(page, "template-without-script-390")


def _compose(page: Page) -> None:
    page.get_by_label("Nama templat").fill("kelas_cuti")
    body = page.get_by_label("Teks (Bahasa Melayu)")
    body.fill("{{nama}}, *kelas cuti* dibuka")
    expect(page.get_by_text("WhatsApp tidak menerima teks yang bermula")).to_be_visible()
    body.fill("Salam {{nama}}, *kelas cuti* dibuka minggu depan. Daftar sebelum hujung bulan.")
    expect(page.get_by_text("WhatsApp tidak menerima teks yang bermula")).to_have_count(0)
    page.get_by_label("Teks (English)").fill("Hello {{nama}}, *holiday classes* start next week. Enrol this month.")
    page.get_by_label("Tajuk (Bahasa Melayu)").fill("x" * 61)
    expect(page.get_by_text("Terlebih 1 aksara.")).to_be_visible()
    expect(page.get_by_text("61 / 60")).to_be_visible()
    page.get_by_label("Tajuk (Bahasa Melayu)").fill("Cuti sekolah")
    page.get_by_label("Baris di kaki mesej (Bahasa Melayu)").fill("Jumpa lagi")
    expect(page.get_by_text("Baris ini mesti memberitahu cara berhenti")).to_be_visible()
    page.get_by_label("Baris di kaki mesej (Bahasa Melayu)").fill("")
    expect(page.get_by_text("Baris ini mesti memberitahu cara berhenti")).to_have_count(0)
    page.get_by_label("kedua-duanya").check()
    page.get_by_label("Perkataan pada butang pautan (Bahasa Melayu)").fill("Daftar sekarang")
    page.get_by_label("Pautan butang itu (Bahasa Melayu)").fill("https://akademi.example/daftar")
    page.get_by_label("Contoh bagi {{nama}}").fill("Siti")
    light = page.locator('.wa[data-look="light"]').first
    expect(light).to_contain_text("Salam Siti, kelas cuti dibuka")
    expect(light.locator("strong")).to_have_text("kelas cuti")
    expect(light).to_contain_text("Balas BERHENTI untuk berhenti menerima mesej.")
    expect(light).to_contain_text("Daftar sekarang")
    expect(page.locator('.wa[data-look="dark"]')).to_have_count(2)


def _until_seen(page: Page, text: str, count: int) -> None:
    deadline = time.monotonic() + 20
    while page.get_by_text(re.compile(text)).count() != count:
        assert time.monotonic() < deadline, f"“{text}” is not there {count} times"
        page.wait_for_timeout(200)
        page.reload()


def _control(url: str, body: Any) -> None:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {url}")
