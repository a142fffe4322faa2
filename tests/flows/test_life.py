"""One person's life: join, get a message, see, correct, be shared, be erased, and stay erased after an older backup."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import leaks
import pytest
from importing import let_in
from test_erasure import everything_opened

from .house import House, until
from .stage import HEADER, Stage, stage

pytestmark = pytest.mark.flow

NUMBER, NAME, RIGHT_NAME = "+601123990417", "Zulaikha Zqsalah", "Zulaikha Zqbetul"
WORDS = "kelas Zqpukul berapa?"
RECIPIENT = "Kedai Buku Utara"


def test_from_joining_to_staying_erased_after_a_restore(home: House, tmp_path: Path) -> None:
    from django.test import override_settings

    with stage(home, people=2) as play, override_settings(DATA=home.data):
        scanner = leaks.Scanner([NUMBER], [NAME, RIGHT_NAME, "Zqpukul"])
        recipient = register_recipient(play)
        dispatch = home.run("dispatch")
        join(play)
        get_a_campaign(play)
        page = prove(play)
        see_correct_and_take_along(page)
        reference, marks = be_shared(play, recipient)
        backup = tmp_path / "older.dump"
        pg(home, "pg_dump", "-Fc", "-f", str(backup), "izin")
        assert scanner.find(held(play)), "before the erasure the search finds the person"

        be_erased(play, page, reference, marks, recipient)
        nothing_is_left(home, play, scanner)
        assert izin(home, play, "ledger", "verify").returncode == 0
        assert izin(home, play, "erasure", "verify").returncode == 0

        assert dispatch.terminate() == 0
        home.end_all("worker", "door")
        restore(home, backup)
        assert scanner.find(held(play)), "the older backup has the person back"
        assert izin(home, play, "erasure", "verify").returncode == 1
        refuses_to_send(play)
        assert izin(home, play, "erasure", "replay").returncode == 0
        nothing_is_left(home, play, scanner)
        assert izin(home, play, "erasure", "verify").returncode == 0
        assert problems_without_second_place(play) == []
        stays_out(play)


# --- the steps ---


def register_recipient(play: Stage) -> Any:
    """A third party, named by the wording that the person will agree to and by the policy."""
    from izin.accountability import living, recipients
    from izin.accountability.models import Recipient
    from izin.consent.models import Purpose
    from izin.notices import publishing
    from izin.notices.living import with_unsaid
    from izin.notices.models import NoticeVersion
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        purpose = Purpose.objects.select_related("notice").get()
        texts = {
            code: dict(said) for code, said in NoticeVersion.objects.get(notice_id=purpose.notice_id).texts.items()
        }
        texts["ms"]["recipients"] += f" {RECIPIENT} menerima nombor anda."
        texts["en"]["recipients"] += f" {RECIPIENT} receives your number."
        publishing.publish_notice("promosi", texts)
        made = recipients.register(
            RECIPIENT,
            kind=Recipient.Kind.THIRD_PARTY,
            country="MY",
            role={"ms": "menghantar buku", "en": "sends books"},
            contract="Perjanjian 2026",
            ground=Recipient.Ground.HOME,
            safeguards={"ms": "", "en": ""},
            purpose=purpose,
        )
        policy = publishing.current_policy()
        assert policy is not None
        living.publish(with_unsaid(policy.texts, living.living()))
    return made


def join(play: Stage) -> None:
    """What the form shows becomes a code; the person's own message is the consent, and is answered."""
    from izin.consent import joining
    from izin.consent.models import Purpose
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        wordings = joining.wordings(list(Purpose.objects.all()))
        code = joining.issue_code(wordings, language="ms", shown_at=now())
    play.say(NUMBER, f"SERTAI {code}", name=NAME)
    until(lambda: play.oracle.texts()[NUMBER] == 1, what="the join is answered")
    play.say(NUMBER, WORDS)


def get_a_campaign(play: Stage) -> None:
    play.people = [who for who, standing in play.standings().items() if standing == "granted"]
    assert NUMBER in play.people
    play.start_campaign()
    play.finish()
    assert play.oracle.reached()[NUMBER] == 1


def prove(play: Stage) -> Any:
    """Show a code, send it from the own number, and open the page that belongs to it: (client, address)."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
    start = f"/utama-{play.ids}/my-data"
    shown = client.post(start).content.decode()
    code, note = (re.search(one, shown) for one in (r"MY DATA [A-Z2-9]{8}", r'name="shown" value="([^"]+)"'))
    assert code and note
    play.say(NUMBER, code[0])
    answer = until(
        lambda: (got := client.post(start, {"shown": note[1]})).status_code == 302 and got, what="the code is heard"
    )
    return client, str(answer.headers["Location"])


def see_correct_and_take_along(page: Any) -> None:
    client, address = page
    html = client.get(address).content.decode()
    assert NUMBER in html and WORDS in html and "Kelas baharu" in json.dumps(taken(page))
    assert client.post(address, {"do": "name", "name": RIGHT_NAME}).status_code == 200
    assert taken(page)["person"]["name"] == RIGHT_NAME
    assert client.get(f"{address}/my-data.pdf").content.startswith(b"%PDF-")


def be_shared(play: Stage, recipient: Any) -> tuple[UUID, list[str]]:
    """Only who agreed under words that name the recipient is in the file: the person's reference, and the marks."""
    from izin.accountability import sharing
    from izin.contacts import book
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        file, made = sharing.export(recipient, reason="Tawaran buku", made_by=uuid4())
        person = book.find("phone", NUMBER)
        assert person is not None
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert [row["telefon"] for row in rows] == [NUMBER] and made.left_out == {"not_named": 2}
    return person.subject_ref, [row["tanda"] for row in rows]


def be_erased(play: Stage, page: Any, reference: UUID, marks: list[str], recipient: Any) -> None:
    """At once, with a certificate that names the recipient; staff tell it by mark, and that is recorded."""
    from izin.organisations.scope import scope
    from izin.rights import erasure, telling

    client, address = page
    assert [one["name"] for one in taken(page)["recipients"] if one["given"]] == [RECIPIENT]
    done = until(lambda: (got := client.post(address, {"do": "erase_now"})).status_code == 200 and got)
    html = done.content.decode()
    assert str(reference) in html and RECIPIENT in html
    assert client.get(address).status_code == 404
    with scope(play.organisation_id):
        (notice,) = telling.waiting()
        text = telling.drafts(notice, "Kelas")["ms"]
        assert notice.recipient_id == recipient.id and marks[0] in text and RIGHT_NAME not in text
        telling.sent(notice, "letter", by=uuid4())
        assert erasure.certificate(reference).as_json()["recipients_told"][0]["sent_at"]


def refuses_to_send(play: Stage) -> None:
    from izin.ledger import journal
    from izin.organisations.scope import scope

    with scope(play.organisation_id), pytest.raises(journal.Unreplayed):
        journal.refuse_when_unreplayed()


def stays_out(play: Stage) -> None:
    """A later list with the same number brings nobody back."""
    from izin.consent import files
    from izin.consent.models import Purpose
    from izin.contacts import book
    from izin.organisations.scope import scope

    row = f"{NAME},{NUMBER},ms,2026-01-15,qr,promosi@1,Kod QR,"
    with scope(play.organisation_id):
        body = f"{HEADER}\n{row}\n".encode()
        file, _ = files.receive(body, name="lagi.csv", purpose=Purpose.objects.get())
    kept = let_in(play.organisation_id, file.id)
    assert (kept.granted, kept.kept_refused) == (0, 1)
    with scope(play.organisation_id):
        assert book.find("phone", NUMBER) is None


# --- looking, and the tools ---


def taken(page: Any) -> dict[str, Any]:
    client, address = page
    held_now: dict[str, Any] = json.loads(client.get(f"{address}/my-data.json").content)
    return held_now


def held(play: Stage) -> bytes:
    """Every row of the organisation, and what its keys open."""

    class Who:
        id = play.organisation_id

    return everything_opened(Who)  # type: ignore[arg-type]


def nothing_is_left(home: House, play: Stage, scanner: leaks.Scanner) -> None:
    """Neither in what the keys open, nor in a whole dump, nor in any file but the simulator's, which is the world."""
    assert scanner.find(held(play)) == set()
    assert scanner.find(pg(home, "pg_dump", "--format=plain", "izin")) == set()
    files = [file for file in home.data.rglob("*") if file.is_file() and "simulator" not in file.name]
    beside = [file for file in files if "keys" not in file.parts and "postgres" not in file.parts]
    assert scanner.find(b"\n".join(leaks.read(file) for file in beside)) == set()


def problems_without_second_place(play: Stage) -> list[Any]:
    """What the verification finds wrong, but that the second place has seen more: that is true of an older backup."""
    from izin.ledger import verify
    from izin.organisations.scope import scope

    with scope(play.organisation_id):
        return [one for one in verify.verify().problems if "second" not in str(one) and "checkpoint" not in str(one)]


def izin(home: House, play: Stage, *words: str) -> "subprocess.CompletedProcess[str]":
    """An izin command about the stage's organisation, as an administrator types it."""
    command = [sys.executable, "-m", "izin", *words, "--organisation", f"utama-{play.ids}"]
    return subprocess.run(command, env=home.environment(), capture_output=True, text=True, check=False)


def pg(home: House, tool: str, *words: str) -> bytes:
    """One of PostgreSQL's own tools, of the version that runs the house, over its socket."""
    from izin.lib import embedded_postgres

    place = embedded_postgres.location(home.data)
    pid = int((place.cluster / "postmaster.pid").read_text().split()[0])
    program = Path(f"/proc/{pid}/exe").resolve().parent / tool
    command = [str(program), "-h", str(place.socket), "-p", str(place.port), "-U", "postgres", *words]
    return subprocess.run(command, capture_output=True, check=True).stdout


def restore(home: House, backup: Path) -> None:
    """The database as it was when the backup was made; the journal beside the checkpoints stays as it is."""
    import psycopg
    from django.db import connections

    from izin.lib import embedded_postgres

    connections.close_all()
    place = embedded_postgres.location(home.data)
    with psycopg.connect(place.url("postgres", "postgres"), autocommit=True) as superuser:
        superuser.execute("DROP DATABASE izin WITH (FORCE)")
    pg(home, "pg_restore", "-C", "-d", "postgres", str(backup))
