"""Evidence bundles: made from the stored acts, verified by a program that knows nothing of us, refused when changed."""

import hashlib
import io
import json
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cast as stage
import consent_cast as cast
import pytest
from consent_cast import NOON, House, line, number
from django.db import transaction

from izin.consent import joining, records, served
from izin.contacts import book
from izin.evidence import archive
from izin.evidence.campaign import bundle_of_campaign
from izin.evidence.person import Nobody, bundle_of_person
from izin.ledger import chain, checkpoints, log
from izin.ledger.models import Entry
from izin.lib.phone import PhoneNumber
from izin.organisations.scope import scope
from izin_verify import bundle as verifier
from izin_verify.note import Key
from izin_verify.refusal import Refused

Files = dict[str, bytes]
PAGE = b"<!doctype html><title>Borang</title><input type=checkbox>"


@pytest.fixture(scope="module")
def house(opened: None) -> House:
    """Somebody joined for two purposes, another one is from a file and withdrew; checkpoints between the acts."""
    house = cast.found()
    with scope(house.id):
        choices = [(house.purposes[key], house.versions[key]) for key in ("promosi", "jadual")]
        page = served.keep(PAGE, language="ms", version=None)
        code = joining.issue_code(choices, language="ms", shown_at=NOON, page=page.digest)
        checkpoints.sign()
    with scope(house.id):
        joined = joining.redeem(code, PhoneNumber(number(7)), at=NOON, message_id="wamid.X", text=f"SERTAI {code}")
        assert joined is not None
        checkpoints.sign()
    house.take_in(line(1), line(2), line(3))
    with scope(house.id):
        records.withdraw("phone", number(2), method="wa_keyword", at=NOON, payload={"words": "berhenti"})
    return house


def test_the_page_that_was_read_is_in_the_bundle_with_its_entry(house: House) -> None:
    files, digest = files_of(made(house, 7)), hashlib.sha256(PAGE).hexdigest()
    assert files[f"pages/{digest}.html"] == PAGE
    assert digest.encode() in files["acts.jsonl"]
    assert b"page.served" in files["entries.jsonl"]
    assert not [name for name in files_of(made(house, 1)) if name.startswith("pages/")]


def made(house: House, index: int, **options: Any) -> bytes:
    with scope(house.id):
        person = book.find("phone", number(index))
        assert person is not None
        return bundle_of_person(person.subject_ref, **options)


def key_of(house: House) -> Key:
    with scope(house.id):
        return Key.parse(checkpoints.verifier_key())


def refusal(raw: bytes, key: Key, kept: str | None = None) -> str:
    """The code of the refusal; empty when the bundle holds."""
    try:
        verifier.verify(raw, key, kept)
    except Refused as refused:
        return refused.code
    return ""


def files_of(raw: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


# --- whole ---


def test_a_person_who_joined_has_a_bundle_that_holds(house: House) -> None:
    raw = made(house, 7)
    report = verifier.verify(raw, key_of(house))
    said = dict(report.proven)
    assert said["acts"] == {"acts": 2, "opened": 2, "texts": 2}
    assert (said["stands_granted"]["purpose"], said["consistent"]["checkpoints"] > 0) == ("jadual", True)
    assert [act["act"] for act in report.timeline] == ["given", "given"]
    page = files_of(raw)["timeline.ms.html"].decode()
    assert "SERTAI" in page and number(7) in page and "Saya bersetuju menerima" in page
    assert all(files_of(raw)[f"timeline.{language}.pdf"].startswith(b"%PDF-") for language in ("ms", "en"))
    assert "I agree" not in files_of(raw)["timeline.en.html"].decode()  # shown were the Malay words


@pytest.mark.parametrize("whole_log", [False, True])
def test_a_withdrawal_and_an_imported_row_are_proven(house: House, whole_log: bool) -> None:
    report = verifier.verify(made(house, 2, whole_log=whole_log), key_of(house))
    said = {code for code, _ in report.proven}
    assert "stands_refused" in said
    assert ("nothing_left_out" in said) is whole_log
    assert ("left_out" in {code for code, _ in report.not_proven}) is not whole_log


def test_making_one_is_recorded_and_names_nobody(house: House) -> None:
    raw = made(house, 7)
    with scope(house.id):
        entry = Entry.objects.order_by("-seq").first()
    assert entry is not None and entry.kind == "evidence.bundled"
    body = json.loads(bytes(entry.leaf))["body"]
    assert body == {
        "about": "person",
        "by": "terminal",
        "manifest": hashlib.sha256(files_of(raw)["bundle.json"]).hexdigest(),
    }


def test_a_checkpoint_that_was_kept_elsewhere_belongs_to_the_same_history(house: House) -> None:
    with scope(house.id):
        kept = checkpoints.witness_file().read_text(encoding="utf-8")
    raw = made(house, 7)
    assert "kept" in dict(verifier.verify(raw, key_of(house), kept).proven)
    other = cast.found("promosi")
    assert refusal(raw, key_of(other)) == "other_key"
    with scope(house.id):
        seen = chain.Checkpoint.parse(chain.verify_note(kept, checkpoints.verifier_key()))
        forged = chain.Checkpoint(seen.origin, seen.size, bytes(32)).text()
        from izin.organisations.keys import keys

        fork = chain.sign_note(forged, seen.origin, keys().signing_seed)
        unknown = chain.sign_note(chain.Checkpoint(seen.origin, 1, bytes(32)).text(), seen.origin, keys().signing_seed)
    assert refusal(raw, key_of(house), fork) == "fork"
    assert refusal(raw, key_of(house), unknown) == "kept_not_covered"


def test_nobody_has_no_bundle(house: House) -> None:
    from uuid import uuid4

    with scope(house.id), pytest.raises(Nobody):
        bundle_of_person(uuid4())


def test_a_campaign_has_a_bundle_that_holds(ours: stage.Cast) -> None:
    with scope(ours.id):
        raw = bundle_of_campaign(ours.campaign, opened=1)
        key = Key.parse(checkpoints.verifier_key())
    report = verifier.verify(raw, key)
    assert "sent_with_consent" in dict(report.proven)
    assert b"+6011239" not in files_of(raw)["recipients.jsonl"]


def test_what_meta_changes_later_stays_out_of_the_bundle(ours: stage.Cast) -> None:
    from izin.campaigns import lifecycle
    from izin.whatsapp import templates
    from izin.whatsapp.models import Template

    def listed(*more: dict[str, object], **changed: object) -> list[dict[str, object]]:
        rows = Template.objects.filter(account=account).order_by("language")
        named = ("name", "language", "category", "status", "components")
        return [{name: getattr(row, name) for name in named} | changed for row in rows] + list(more)

    with scope(ours.id), transaction.atomic():
        account = ours.campaign.sender.account
        further = listed()[0] | {"language": "id"}
        templates.keep(account, listed(further))
        assert lifecycle.is_as_approved(ours.campaign), "one more language is nothing that anybody is sent"
        templates.keep(account, listed(category="UTILITY"))
        assert not lifecycle.is_as_approved(ours.campaign)
        raw = bundle_of_campaign(ours.campaign, opened=1)
        key = Key.parse(checkpoints.verifier_key())
        transaction.set_rollback(True)
    assert "approved" in dict(verifier.verify(raw, key).proven)


# --- changed ---


@pytest.fixture(scope="module")
def whole(house: House) -> tuple[bytes, Key]:
    return made(house, 2), key_of(house)


def test_every_flipped_bit_is_found(whole: tuple[bytes, Key]) -> None:
    """One bit of each byte of the archive, its tables included; inside the two PDFs, of every hundredth."""
    raw, key = whole
    inside = {at for found in re.finditer(rb"%PDF-.*?%%EOF", raw, re.DOTALL) for at in range(*found.span())}
    held = [at for at in range(len(raw)) if (at not in inside or at % 100 == 0) and not refusal(_flipped(raw, at), key)]
    assert held == []


def _flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_or_lengthened_archive_is_refused(whole: tuple[bytes, Key], share: float) -> None:
    raw, key = whole
    assert refusal(raw[: int(len(raw) * share)], key)
    assert refusal(raw + b"\0", key) and refusal(b"\0" + raw, key)


def changed_and_listed_again(files: Files, name: str, content: bytes) -> Files:
    """A file changed by somebody who also corrects the list of contents."""
    manifest = json.loads(files["bundle.json"])
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    return files | {name: content, "bundle.json": chain.canonical(manifest)}


def swap_the_acts(files: Files) -> Files:
    lines = files["acts.jsonl"].splitlines(keepends=True)
    return files | {"acts.jsonl": b"".join(lines[::-1])}


def drop_the_withdrawal(files: Files) -> Files:
    return changed_and_listed_again(files, "acts.jsonl", files["acts.jsonl"].splitlines(keepends=True)[0])


def change_a_text(files: Files) -> Files:
    name = next(name for name in files if name.startswith("notices/"))
    return changed_and_listed_again(files, name, files[name].replace(b"BERHENTI", b"TERUSKAN"))


def take_out_a_text(files: Files) -> Files:
    name = next(name for name in files if name.startswith("notices/"))
    return {other: content for other, content in files.items() if other != name}


def add_a_file(files: Files) -> Files:
    return files | {"notes.txt": b"trust us"}


def change_the_words(files: Files) -> Files:
    return changed_and_listed_again(files, "acts.jsonl", files["acts.jsonl"].replace(b"berhenti", b"teruskan"))


def change_an_entry(files: Files) -> Files:
    return files | {"entries.jsonl": files["entries.jsonl"].replace(b"purpose.added", b"purpose.addeb")}


def repeat_a_name_in_json(files: Files) -> Files:
    return files | {"bundle.json": files["bundle.json"].replace(b'{"about"', b'{"v":1,"about"', 1)}


def nest_deeply(files: Files) -> Files:
    return files | {"bundle.json": b"[" * 100_000 + b"]" * 100_000}


def huge_number(files: Files) -> Files:
    return files | {"bundle.json": b'{"v":' + b"9" * 5_000 + b"}"}


def no_checkpoint(files: Files) -> Files:
    return files | {"checkpoint.txt": b"izin/x\n1\nAAAA\n"}


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        (swap_the_acts, "file_changed"),
        (drop_the_withdrawal, "manifest_not_recorded"),
        (change_a_text, "manifest_not_recorded"),
        (take_out_a_text, "file_missing"),
        (add_a_file, "file_unnamed"),
        (change_the_words, "manifest_not_recorded"),
        (change_an_entry, "entry_not_in_log"),
        (repeat_a_name_in_json, "json_malformed"),
        (nest_deeply, "json_too_deep"),
        (huge_number, "json_malformed"),
        (no_checkpoint, "note_malformed"),
    ],
)
def test_a_bundle_put_together_anew_is_refused(
    whole: tuple[bytes, Key], lie: Callable[[Files], Files], code: str
) -> None:
    raw, key = whole
    assert refusal(archive.write(files_of(raw)), key) == ""
    assert refusal(archive.write(lie(files_of(raw))), key) == code


def zipped(files: Files, **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "a/../b", "a\\b", "a/b/c", "é.txt", ".hidden", ""])
def test_a_name_that_leads_elsewhere_is_refused(whole: tuple[bytes, Key], name: str) -> None:
    raw, key = whole
    assert refusal(archive.write(files_of(raw) | {name: b"x"}), key) in ("archive_name", "archive_malformed")


def test_a_zip_bomb_is_not_unfolded(whole: tuple[bytes, Key]) -> None:
    key = whole[1]
    bomb = zipped({"acts.jsonl": bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert refusal(bomb, key) == "archive_compressed"


def test_a_name_that_stands_twice_is_refused(whole: tuple[bytes, Key]) -> None:
    key = whole[1]
    first = archive.write({"acts.jsonl": b"one"})
    local = first[: first.index(b"PK\x01\x02")]
    central = first[first.index(b"PK\x01\x02") : first.index(b"PK\x05\x06")]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(central), 2 * len(local), 0)
    assert refusal(local * 2 + central * 2 + end, key) == "archive_repeats"


def test_the_holder_of_the_key_cannot_leave_a_withdrawal_out_of_a_whole_log(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lying house: it makes the bundle itself, without the act it does not like."""
    from izin.evidence import person

    real = person.gather.acts_of
    monkeypatch.setattr(
        person.gather, "acts_of", lambda rows, opened: real([row for row in rows if row.act != "withdrawn"], opened)
    )
    monkeypatch.setattr(person, "_standings", lambda contact: {"promosi": "granted"})
    assert refusal(made(house, 2), key_of(house)) == ""  # nothing but the whole log shows it; the verifier says so
    assert refusal(made(house, 2, whole_log=True), key_of(house)) == "standing_differs"


# --- the commands ---


def test_the_commands_make_and_verify(house: House, tmp_path: Path) -> None:
    out, key_file = tmp_path / "bukti.zip", tmp_path / "key.txt"
    with scope(house.id):
        key_file.write_text(checkpoints.verifier_key() + "\n")
    from izin.cli import evidence as command
    from izin.cli.main import parser

    parsed = parser().parse_args(["evidence", "person", "--organisation", house.slug, "--output", str(out)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(number(7) + "\n"))
        assert command.run_person(parsed) == 0
    assert out.stat().st_mode & 0o777 == 0o600

    def verify(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "izin_verify", *arguments, "--key", str(key_file)],
            capture_output=True,
            text=True,
            check=False,
        )

    told = verify(str(out))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("HOLDS") and "Not proven" in told.stdout
    assert verify(str(out), "--language", "ms").stdout.startswith("SAH")
    assert json.loads(verify(str(out), "--json").stdout)["holds"] is True
    out.write_bytes(_flipped(out.read_bytes(), 2_000))
    told = verify(str(out))
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout.startswith("REFUSED")
    assert verify(str(tmp_path / "none.zip")).returncode == 2


def test_the_log_goes_on_after_a_bundle(house: House) -> None:
    made(house, 7)
    with scope(house.id):
        log.append("test.after", {"the": "bundle"})
    assert house.problems() == []
