"""A served Izin and a real Chromium. Where there is no browser the tests fail and say so; they are never skipped."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PASSWORD = "kata laluan yang panjang"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = os.environ.get("TEST_SHOTS")


def installed_chromium() -> str | None:
    """The machine's own Chromium; None: Playwright's, if that is installed."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


def free_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture(scope="session")
def neighbours() -> dict[str, str]:
    """Where the web process will find the door and WhatsApp, if a test starts them (the simulator stands for Meta)."""
    return {"IZIN_DOOR_BIND": free_address(), "IZIN_WHATSAPP_URL": f"http://{free_address()}"}


@pytest.fixture(scope="session")
def server(database: None, neighbours: dict[str, str]) -> Iterator[str]:
    """The web process as it is run in earnest, on a free port, over the test's database; its address."""
    address = free_address()
    env = os.environ | neighbours | {"IZIN_WEB_BIND": address, "IZIN_PUBLIC_URL": f"http://{address}"}
    process = subprocess.Popen([sys.executable, "-m", "izin", "run", "web"], env=env)
    try:
        _wait_until_healthy(f"http://{address}", process)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the web process ended with {process.returncode}"
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the web process did not answer within a minute")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium without a window. Playwright keeps an event loop on the thread, which Django must be told about."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=[*ARGUMENTS, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """A fresh visitor: ``visit(width=390, script=False)``. A complaint of the page's own script or of the content
    security policy fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def one(*, width: int = 1280, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=server, viewport={"width": width, "height": 844}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        return page

    yield one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def academy(database: None) -> dict[str, Any]:
    """An organisation with a marketer, a reviewer, a purpose, a policy, a sender number and a template."""
    from izin.accountability import living
    from izin.consent import purposes
    from izin.notices import publishing, wording
    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts, templates

    mark = uuid4().hex[:8]
    organisation = registry.found("Akademi Cahaya", slug=f"cahaya-{mark}", address="12 Jalan Ilmu, Shah Alam")
    kinds = {"ms": "tawaran kelas tuisyen", "en": "tuition class offers"}
    who = wording.Particulars("Akademi Cahaya", "12 Jalan Ilmu", "privasi@cahaya.example", "+60 3-5555 0100")
    people = {role: f"{role}-{mark}@cahaya.example" for role in ("marketer", "reviewer", "officer")}
    with scope(organisation.id):
        for role, email in people.items():
            registry.add_member(registry.add_user(email, PASSWORD, full_name=role.title()), Role(role))
        version = publishing.publish_notice("promosi", wording.notice(who, kinds=kinds, per_month=4, days=720))
        purposes.add_purpose(
            "promosi",
            name={"ms": "Tawaran kelas", "en": "Class offers"},
            description=kinds,
            notice=version.notice,
        )
        living.publish(living.first_texts(who))
        account = accounts.connect(waba_id=mark, name="Akademi Cahaya", token="t", app_secrets=["s"])
        accounts.add_sender(account, phone_number_id=mark, display="+60 12-345 6789")
        body, footer = "Salam {{nama}}, kelas cuti dibuka.", "Balas BERHENTI untuk berhenti."
        components = templates.body_and_footer(body, footer, example={"nama": "Siti"})
        entry = {"name": "kelas_cuti", "language": "ms", "category": "MARKETING", "status": "APPROVED"}
        templates.keep(account, [entry | {"components": components}])
    return {"organisation": organisation, "slug": organisation.slug, **people}


def sign_in(page: Page, email: str) -> None:
    page.goto("/staff/sign-in")
    page.get_by_label("Alamat e-mel").fill(email)
    page.get_by_label("Kata laluan").fill(PASSWORD)
    page.get_by_role("button", name="Log masuk").click()


def shot(page: Page, name: str) -> None:
    """Keep a picture when ``TEST_SHOTS`` names a folder."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def overflows(page: Page) -> bool:
    """Whether the page is wider than its window, which makes a phone scroll sideways."""
    # A click returns once the next page has begun, when it may have no element yet.
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
