"""From the form to the proof: join, confirm from one's own WhatsApp, open the receipt, verify it without the house."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from flows.house import House, free_port, house, until
from flows.stage import Stage, stage
from playwright.sync_api import Browser, Page, expect

from .conftest import overflows, shot

pytestmark = [pytest.mark.browser, pytest.mark.flow]

NEWCOMER = "+60129990001"


@pytest.fixture
def home(request: pytest.FixtureRequest) -> Iterator[tuple[House, str]]:
    """Door, worker, web and dispatch of a house, and the address of its pages."""
    guarded = request.config.pluginmanager.hasplugin("django")
    unblocked = request.getfixturevalue("django_db_blocker").unblock() if guarded else nullcontext()
    with unblocked, house() as built:
        bind = f"127.0.0.1:{free_port()}"
        for process in ("worker", "web", "dispatch"):
            built.run(process, IZIN_WEB_BIND=bind, IZIN_PUBLIC_URL=f"http://{bind}")
        built.run_door()
        yield built, f"http://{bind}"


def izin_verify(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """The verifier as a stranger runs it: a process that is told nothing of the house."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}
    command = [sys.executable, "-m", "izin_verify", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=clean)


def receipt_of(set_stage: Stage) -> str | None:
    """The link in the answer that the newcomer got; the simulator has it as a phone would."""
    texts = [one.get("text") or "" for one in set_stage.oracle.records("message") if one.get("to") == NEWCOMER]
    return next((match[1] for text in texts if (match := re.search(r"Resit anda: (\S+)", text))), None)


def slug_of(set_stage: Stage) -> str:
    return f"utama-{set_stage.ids}"


def test_somebody_joins_and_holds_a_proof_that_needs_nobody(
    home: tuple[House, str], chromium: Browser, tmp_path: Path
) -> None:
    built, base = home
    with stage(built, people=3) as set_stage:
        context = chromium.new_context(
            base_url=base, viewport={"width": 390, "height": 844}, java_script_enabled=False, accept_downloads=True
        )
        page: Page = context.new_page()
        page.set_default_timeout(20_000)
        _join(page, set_stage)
        link = until(lambda: receipt_of(set_stage), what="the answer with the receipt")
        _open(page, link)
        file, key = _download(page, tmp_path), tmp_path / "key.txt"
        key.write_text(context.request.get(f"/{slug_of(set_stage)}/key.txt").text())
        _verified(str(file), str(key), tmp_path)
        _withdraw(page, link)
        context.close()
        _verified(str(_bundle(built, set_stage, tmp_path)), str(key), tmp_path, "refused")


def _join(page: Page, set_stage: Stage) -> None:
    page.goto(f"/{slug_of(set_stage)}/sertai")
    page.get_by_role("checkbox").check()
    page.get_by_role("radio", name="Ya").check()
    page.get_by_role("button", name="Teruskan").click()
    set_stage.say(NEWCOMER, page.locator("code").inner_text())


def _open(page: Page, link: str) -> None:
    """The proof is there as soon as the worker has signed."""

    def is_signed() -> bool:
        page.goto(link)
        return page.get_by_role("link", name="Muat turun resit bersama buktinya").count() > 0

    until(is_signed, what="the worker signs")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resit persetujuan anda")
    expect(page.get_by_text("Saya bersetuju menerima tawaran kelas").first).to_be_visible()
    assert not overflows(page)
    shot(page, "receipt-390")


def _download(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Muat turun resit bersama buktinya").click()
    file = folder / "receipt.jsonld"
    download.value.save_as(file)
    return file


def _withdraw(page: Page, link: str) -> None:
    """Two taps from the receipt."""
    page.goto(link)
    page.get_by_role("link", name="Tarik balik atau ubah").click()
    page.get_by_role("button", name="Hentikan semua mesej").click()
    page.goto(link)
    expect(page.get_by_text("Anda telah menariknya balik.")).to_be_visible()


def _bundle(built: House, set_stage: Stage, folder: Path) -> Path:
    """The evidence about the same person, made at the terminal: the number comes by standard input."""
    file = folder / "bundle.zip"
    command = [sys.executable, "-m", "izin", "evidence", "person", "--whole-log"]
    command += ["--organisation", slug_of(set_stage), "--output", str(file)]
    made: Any = subprocess.run(
        command, input=NEWCOMER + "\n", env=built.environment(), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    assert NEWCOMER not in made.stdout + made.stderr
    return file


def _verified(file: str, key: str, folder: Path, stands: str = "") -> None:
    told = izin_verify(file, "--key", key, cwd=folder)
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    assert told.stdout.startswith("HOLDS") and "given" in told.stdout
    assert stands in told.stdout
    raw = bytearray(Path(file).read_bytes())
    raw[len(raw) // 2] ^= 1
    changed = folder / "changed"
    changed.write_bytes(raw)
    assert izin_verify(str(changed), "--key", key, cwd=folder).returncode == 1
