"""Time stamps over checkpoints: asked for at a real authority, checked, kept twice, carried in bundles, judged."""

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cast as stage
import consent_cast as cast
import pytest
from consent_cast import NOON, House, line, number
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from django.db import Error, connection
from django.test import override_settings
from tsa import NAME, Authority, Desk, open_desk

from izin.cli import ledger as command
from izin.cli import worker
from izin.consent import records
from izin.contacts import book
from izin.evidence import archive, gather
from izin.evidence.campaign import bundle_of_campaign
from izin.evidence.person import bundle_of_person
from izin.ledger import authority as door
from izin.ledger import chain, checkpoints, log, timestamps, tokens
from izin.ledger.models import Checkpoint, TimeStamp, TimeStampTurn
from izin.lib.clock import frozen, now
from izin.organisations.scope import scope
from izin_verify import main as verifier
from izin_verify import stamps as judging
from izin_verify.main import verify
from izin_verify.note import Key
from izin_verify.refusal import Refused

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Another authority of the same names under a root of its own."""
    return Authority(tmp_path_factory.mktemp("tsa") / "stranger")


@pytest.fixture
def desk(authority: Authority) -> Iterator[Desk]:
    with (
        open_desk(authority) as desk,
        override_settings(TIMESTAMP_URL=desk.url, TIMESTAMP_ROOT=authority.root),
    ):
        yield desk


@pytest.fixture
def house(opened: None) -> House:
    """Two people from a file, one of whom withdrew; all of it signed."""
    house = cast.found()
    house.take_in(line(1), line(2))
    with scope(house.id):
        records.withdraw("phone", number(2), method="wa_keyword", at=NOON)
    sign(house)
    return house


def sign(house: House) -> Checkpoint | None:
    with scope(house.id):
        return checkpoints.sign()


def grow(house: House) -> None:
    """One entry more, and a checkpoint over it."""
    with scope(house.id):
        log.append("test.more", {"number": 1})
    assert sign(house) is not None


def stamps_of(house: House) -> list[TimeStamp]:
    with scope(house.id):
        return list(TimeStamp.objects.order_by("at").select_related("checkpoint"))


def files_of(house: House) -> dict[str, Path]:
    """The stamped checkpoints in the second place, by suffix."""
    with scope(house.id):
        folder = checkpoints.witness_file().parent
    return {file.suffix: file for file in folder.glob(f"{house.id}-*")}


# --- kept ---


def test_the_newest_checkpoint_is_stamped_and_lies_in_both_places(house: House, desk: Desk) -> None:
    before = now()
    assert timestamps.renew(house.id)
    (kept,) = stamps_of(house)
    with scope(house.id):
        newest = Checkpoint.objects.order_by("-size").first()
    assert newest is not None and kept.checkpoint_id == newest.id
    assert before - timedelta(seconds=2) < kept.at < now() + timedelta(seconds=3)
    files = files_of(house)
    assert files[".txt"].read_text(encoding="utf-8") == newest.note
    assert files[".tsr"].read_bytes() == bytes(kept.response)
    assert files[".tsr"].name == f"{house.id}-{newest.size}.tsr"
    desk.authority.vouches(files[".txt"], files[".tsr"])
    assert (command.verify(house.id)["time_stamps"], command.verify(house.id)["problems"]) == (1, [])


def test_an_authority_that_gives_its_whole_chain_is_understood(house: House, desk: Desk) -> None:
    """OpenSSL, and many an authority, leaves the certificates in the order of the chain; DER has another one."""
    raw = desk.authority.stamp(b"content")
    with pytest.raises(tokens.NotStamped):
        tokens.check(raw, b"content")
    ordered = tokens.in_der_order(raw)
    assert sorted(ordered) == sorted(raw)
    roots = load_pem_x509_certificates(desk.authority.root.read_bytes())
    stamp = tokens.check(ordered, b"content", roots=roots)
    assert stamp.by == f"CN={NAME},O=Contoh"
    assert tokens.in_der_order(ordered) == ordered


def test_it_is_asked_once_an_hour_and_only_about_something_new(house: House, desk: Desk) -> None:
    with frozen(now()) as clock:
        assert timestamps.renew(house.id)
        grow(house)
        assert not timestamps.renew(house.id)
        clock.move(HOUR)
        assert timestamps.renew(house.id)
        clock.move(HOUR)
        assert not timestamps.renew(house.id)
    assert (desk.questions, len(stamps_of(house))) == (2, 2)


def test_without_a_checkpoint_nobody_is_asked(opened: None, desk: Desk) -> None:
    assert not timestamps.renew(cast.found("promosi").id)
    assert desk.questions == 0


def test_two_workers_do_not_stamp_twice(house: House, desk: Desk) -> None:
    together = threading.Barrier(4)

    def one() -> bool:
        together.wait(30)
        return bool(cast.in_own_connection(lambda: timestamps.renew(house.id)))

    with ThreadPoolExecutor(4) as pool:
        kept = sorted(task.result(60) for task in [pool.submit(one) for _ in range(4)])
    assert kept == [False, False, False, True]
    assert (desk.questions, len(stamps_of(house))) == (1, 1)


def test_a_second_place_that_cannot_be_written_keeps_nothing_half(house: House, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with override_settings(CHECKPOINTS=tmp_path / "file"), pytest.raises(OSError):
        timestamps.renew(house.id)
    assert stamps_of(house) == []


# --- not kept ---


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("broken", "HTTP status 500"),
        ("moved", "HTTP status 302"),
        ("rubbish", "no time stamp response"),
        ("empty", "no time stamp response"),
        ("cut", "no time stamp response"),
        ("giant", "longer than 65536 bytes"),
        ("refusing", "did not grant it (status 2)"),
        ("other bytes", "over other bytes"),
        ("wrong nonce", "another request (nonce)"),
        ("slow", "no answer within"),
        ("down", "cannot be reached"),
        ("stranger", "the chain to the root"),
    ],
)
def test_what_does_not_hold_is_one_line_and_signing_goes_on(
    house: House,
    desk: Desk,
    stranger: Authority,
    mood: str,
    reason: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.mood = mood
    url, root = desk.url, desk.authority.root
    if mood == "slow":
        monkeypatch.setattr(door, "ANSWER_WITHIN_S", 0.3)
    elif mood == "down":
        url = "http://127.0.0.1:1/"
    elif mood == "stranger":
        root = stranger.root
    with override_settings(TIMESTAMP_URL=url, TIMESTAMP_ROOT=root), frozen(now()) as clock:
        assert not timestamps.renew(house.id)
        (told,) = [one.getMessage() for one in caplog.records if one.name == timestamps.__name__]
        assert reason in told and "\n" not in told and str(house.id) in told
        assert stamps_of(house) == [] and files_of(house) == {}
        grow(house)
        assert not timestamps.renew(house.id)  # not again within the hour
        assert len([one for one in caplog.records if one.name == timestamps.__name__]) == 1
        clock.move(HOUR)
        desk.mood = "genuine"
        with override_settings(TIMESTAMP_URL=desk.url, TIMESTAMP_ROOT=desk.authority.root):
            assert timestamps.renew(house.id)
    assert len(stamps_of(house)) == 1


def test_checkpoints_are_signed_while_the_authority_thinks(house: House, desk: Desk) -> None:
    """The request lies open: no transaction, no lock of it is in anybody's way."""
    desk.mood = "slow"
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(cast.in_own_connection, lambda: timestamps.renew(house.id))
        while not desk.questions:
            assert not asked.done(), asked.result()
        grow(house)
        with scope(house.id):
            records.withdraw("phone", number(1), method="wa_keyword", at=NOON)
        with cast.raw() as superuser:
            idle = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
            assert superuser.execute(idle).fetchone() == (0,)
        assert not asked.done()
        desk.released.set()
        assert asked.result(30) is False
    assert house.standing(number(1)) == "refused"


def test_a_root_that_cannot_be_read_is_said_and_nobody_is_asked(house: House, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("no certificate")
    with override_settings(TIMESTAMP_ROOT=tmp_path / "root.pem"):
        with pytest.raises(timestamps.RootUnreadable, match="IZIN_TIMESTAMP_ROOT"):
            timestamps.renew(house.id)
        assert "IZIN_TIMESTAMP_ROOT" in "".join(command.verify(house.id)["problems"])
    assert desk.questions == 0


def test_the_worker_stops_asking_when_it_is_to_end(house: House, desk: Desk) -> None:
    stopping = threading.Event()
    stopping.set()
    worker._stamp(stopping, house.id)
    assert desk.questions == 0
    stopping.clear()
    worker._stamp(stopping, house.id)
    assert desk.questions == 1


# --- walls, and the fsck ---


def test_one_organisations_stamps_are_not_anothers(house: House, desk: Desk) -> None:
    assert timestamps.renew(house.id)
    other = cast.found("promosi")
    with scope(other.id):
        assert (TimeStamp.objects.count(), TimeStampTurn.objects.count()) == (0, 0)
        assert timestamps.over(range(100)) == {}
    with pytest.raises(Error), scope(other.id):
        TimeStamp.objects.create(checkpoint=stamps_of(house)[0].checkpoint, response=b"x", at=now())


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_itself_cannot_change_a_stamp(house: House, desk: Desk, statement: str) -> None:
    assert timestamps.renew(house.id)
    with pytest.raises(Error), scope(house.id), connection.cursor() as cursor:
        cursor.execute(statement.format("ledger_timestamp"))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("response = set_byte(response, length(response) - 5, 255 - get_byte(response, length(response) - 5))", "sign"),
        ("response = substr(response, 2)", "no time stamp response"),
        ("at = at - interval '1 day'", "its time was changed"),
        ("checkpoint_id = gen_random_uuid()", "its checkpoint is gone"),
    ],
)
def test_a_changed_stamp_is_reported(house: House, desk: Desk, change: str, found: str) -> None:
    assert timestamps.renew(house.id)
    with cast.tampering() as hands:
        hands.execute(f"UPDATE ledger_timestamp SET {change} WHERE organisation_id = %s", [house.id])
    (problem,) = command.verify(house.id)["problems"]
    assert "time stamp" in problem and found in problem


def test_a_stamp_moved_to_another_checkpoint_is_reported_also_without_a_root(house: House, desk: Desk) -> None:
    assert timestamps.renew(house.id)
    grow(house)
    with cast.tampering() as hands:
        hands.execute(
            "UPDATE ledger_timestamp SET checkpoint_id = (SELECT id FROM ledger_checkpoint c WHERE c.organisation_id = "
            "ledger_timestamp.organisation_id ORDER BY size DESC LIMIT 1) WHERE organisation_id = %s",
            [house.id],
        )
    with override_settings(TIMESTAMP_ROOT=None):
        (problem,) = command.verify(house.id)["problems"]
    assert "it is over other bytes" in problem


# --- in a bundle ---


def made(house: House, index: int = 1) -> bytes:
    with scope(house.id):
        person = book.find("phone", number(index))
        assert person is not None
        return bundle_of_person(person.subject_ref)


def key_of(house: House) -> Key:
    with scope(house.id):
        return Key.parse(checkpoints.verifier_key())


def roots_of(authority: Authority) -> list[Any]:
    return judging.read_roots(authority.root.read_bytes())


def contents(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def refusal(raw: bytes, house: House, roots: list[Any]) -> str:
    with pytest.raises(Refused) as refused:
        verify(raw, key_of(house), None, roots)
    return refused.value.code


def test_a_bundle_carries_the_first_stamp_over_its_entries(house: House, desk: Desk, authority: Authority) -> None:
    with frozen(now()) as clock:
        assert timestamps.renew(house.id)
        grow(house)
        clock.move(HOUR)
        assert timestamps.renew(house.id)  # later, and says less about what happened before
    first, _ = stamps_of(house)
    raw = made(house)
    assert [name for name in contents(raw) if "stamps" in name] == [f"stamps/{first.checkpoint.size}.tsr"]
    report = verify(raw, key_of(house), None, roots_of(authority))
    (said,) = [given for code, given in report.proven if code == "stamped"]
    assert said == {"size": first.checkpoint.size, "at": judging.utc(first.at), "by": f"CN={NAME},O=Contoh"}
    unjudged = verify(raw, key_of(house))
    assert ("stamps_unjudged", {"stamps": 1}) in unjudged.not_proven
    assert "stamped" not in dict(unjudged.proven)


def test_a_campaigns_bundle_carries_the_stamp_over_its_steps(opened: None, desk: Desk, authority: Authority) -> None:
    ours = stage.found("dicap", [stage.Person(f"+6012345{number}", "Orang") for number in (6301, 6302)])
    with scope(ours.id):
        checkpoints.sign()
    assert timestamps.renew(ours.id)
    with scope(ours.id):
        raw, key = bundle_of_campaign(ours.campaign), Key.parse(checkpoints.verifier_key())
    assert "stamped" in dict(verify(raw, key, None, roots_of(authority)).proven)


def test_an_act_after_the_last_stamp_has_none(house: House, desk: Desk, authority: Authority) -> None:
    assert timestamps.renew(house.id)
    house.take_in(line(3))
    sign(house)
    raw = made(house, 3)
    # what it leans on besides, a notice for example, is older and has one
    covered = {int(name[7:-4]) for name in contents(raw) if name.startswith("stamps/")}
    acts = [json.loads(one)["entry"] for one in contents(raw)["acts.jsonl"].splitlines()]
    assert all(size <= min(acts) for size in covered)
    assert verify(raw, key_of(house), None, roots_of(authority))


def test_without_a_stamp_a_bundle_is_as_before(house: House, authority: Authority) -> None:
    raw = made(house)
    assert not [name for name in contents(raw) if name.startswith("stamps/")]
    assert not {"no_stamp", "stamps_unjudged"} & {code for code, _ in verify(raw, key_of(house)).not_proven}
    asked = verify(raw, key_of(house), None, roots_of(authority))
    assert "no_stamp" in {code for code, _ in asked.not_proven}


def test_under_another_root_it_is_refused(house: House, desk: Desk, stranger: Authority) -> None:
    assert timestamps.renew(house.id)
    assert refusal(made(house), house, roots_of(stranger)) == "stamp_not_signed"


def with_response(house: House, response: bytes) -> bytes:
    """A bundle that the house made itself of a stamp that does not hold: the ledger has recorded it."""
    with cast.tampering() as hands:
        hands.execute("UPDATE ledger_timestamp SET response = %s WHERE organisation_id = %s", [response, house.id])
    return made(house)


def test_a_genuine_stamp_over_other_bytes_is_refused(house: House, desk: Desk, authority: Authority) -> None:
    assert timestamps.renew(house.id)
    other = tokens.in_der_order(authority.stamp(b"another checkpoint"))
    assert refusal(with_response(house, other), house, roots_of(authority)) == "stamp_of_other_bytes"


def test_a_bundle_whose_stamp_was_exchanged_is_refused_also_without_a_root(house: House, desk: Desk) -> None:
    assert timestamps.renew(house.id)
    files = contents(made(house))
    (name,) = [name for name in files if name.startswith("stamps/")]
    flipped = files[name][:-1] + bytes([files[name][-1] ^ 1])
    assert refusal(archive.write(files | {name: flipped}), house, []) == "file_changed"
    assert refusal(archive.write(files | {"stamps/1.tsr": flipped}), house, []) == "file_unnamed"
    assert refusal(archive.write({one: raw for one, raw in files.items() if one != name}), house, []) == "file_missing"


def test_flipped_bits_are_refused_or_change_nothing_that_is_said(authority: Authority) -> None:
    """All over the response. Some bits are neither signed nor said: in the copy of the root, whose place the reader's
    own takes, and in an algorithm's name that nobody reads. None of them changes moment or name, no error escapes."""
    raw = tokens.in_der_order(authority.stamp(b"content"))
    roots = roots_of(authority)
    truth = judging.judge(raw, b"content", roots, "")
    (root,) = load_pem_x509_certificates(authority.root.read_bytes())
    copy = raw.index(root.public_bytes(Encoding.DER)), len(root.public_bytes(Encoding.DER))
    accepted = []
    for at in range(len(raw)):
        flipped = raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :]
        try:
            said = judging.judge(flipped, b"content", roots, "")
        except Refused as problem:
            assert problem.code in ("stamp_malformed", "stamp_not_signed", "stamp_of_other_bytes")
            with pytest.raises(tokens.NotStamped):
                tokens.check(flipped, b"content", roots=roots)
        else:
            assert said == truth, at
            accepted.append(at)
    assert len([at for at in accepted if not copy[0] <= at < sum(copy)]) < 20


@pytest.mark.parametrize("raw", [b"", b"\x30\x80", b"\x30\x82\xff\xff", bytes(1000), b"\x30\x05\x30\x03\x02\x01\x00"])
def test_what_is_no_response_is_refused(authority: Authority, raw: bytes) -> None:
    assert tokens.in_der_order(raw) == raw
    with pytest.raises(tokens.NotStamped):
        tokens.check(raw, b"")
    with pytest.raises(Refused):
        judging.judge(raw, b"", roots_of(authority), "")


@pytest.mark.parametrize("name", ["signer", "middle"])
def test_a_root_is_the_end_of_the_chain(authority: Authority, name: str) -> None:
    """Whoever signed, or stands between, is none: what is trusted is said by a root alone."""
    raw = tokens.in_der_order(authority.stamp(b"content"))
    certificates = judging.read_roots((authority.folder / f"{name}.pem").read_bytes())
    with pytest.raises(Refused, match="stamp_not_signed"):
        judging.judge(raw, b"content", certificates, "")


def test_the_moment_is_never_too_early() -> None:
    at = datetime(2026, 12, 31, 23, 59, 59, 1, UTC)
    assert judging.utc(at) == "2027-01-01 00:00:00 UTC"
    assert judging.utc(at.replace(microsecond=0)) == "2026-12-31 23:59:59 UTC"


# --- the command of the stranger ---


def run(bundle: Path, house: House, *options: str, python: str = "") -> subprocess.CompletedProcess[str]:
    with scope(house.id):
        key = checkpoints.verifier_key()
    start = f"{python}\nfrom izin_verify.main import main\nraise SystemExit(main())"
    command = [sys.executable, "-c", start, str(bundle), "--key", key, *options]
    return subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=False, timeout=120)


def test_the_command_names_the_moment_and_the_authority(
    house: House, desk: Desk, authority: Authority, stranger: Authority, tmp_path: Path
) -> None:
    assert timestamps.renew(house.id)
    bundle, (kept,) = tmp_path / "bundle.zip", stamps_of(house)
    bundle.write_bytes(made(house))
    good = run(bundle, house, "--timestamp-root", str(authority.root))
    assert good.returncode == 0, good.stderr
    assert f"existed at the latest on {judging.utc(kept.at)}, says CN={NAME},O=Contoh." in good.stdout
    malay = run(bundle, house, "--timestamp-root", str(authority.root), "--language", "ms").stdout
    assert f"selewat-lewatnya pada {judging.utc(kept.at)}, menurut CN={NAME}" in malay
    without = run(bundle, house)
    assert without.returncode == 0 and "they were not judged" in without.stdout
    other = run(bundle, house, "--timestamp-root", str(stranger.root))
    assert other.returncode == verifier.REFUSED and other.stdout.startswith("REFUSED")
    no_root = run(bundle, house, "--timestamp-root", str(bundle))
    assert (no_root.returncode, "no root certificate" in no_root.stdout) == (verifier.REFUSED, True)


def test_where_the_package_is_missing_it_says_so_and_does_not_say_holds(
    house: House, desk: Desk, authority: Authority, tmp_path: Path
) -> None:
    assert timestamps.renew(house.id)
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(made(house))
    missing = "import sys; sys.modules['rfc3161_client'] = None"
    told = run(bundle, house, "--timestamp-root", str(authority.root), python=missing)
    assert (told.returncode, told.stdout) == (verifier.CANNOT, "")
    assert "rfc3161-client is not installed" in told.stderr
    assert run(bundle, house, python=missing).returncode == 0


def test_the_lines_of_checkpoints_hold_the_stamped_one(house: House, desk: Desk) -> None:
    """Also when it is neither among the newest nor the first over an act."""
    assert timestamps.renew(house.id)
    size = stamps_of(house)[0].checkpoint.size
    for _ in range(gather.NEWEST_CHECKPOINTS + 1):
        grow(house)
    notes = [json.loads(one)["note"] for one in contents(made(house))["checkpoints.jsonl"].splitlines()]
    with scope(house.id):
        stamped = Checkpoint.objects.get(size=size)
        assert stamped.note in notes
        assert chain.Checkpoint.parse(chain.verify_note(stamped.note, checkpoints.verifier_key())).size == size
