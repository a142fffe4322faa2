"""No number, name, message or message id can be read in the database's files, its write-ahead log, or any log (P7)."""

import logging
import os
import random
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import leaks
import psycopg
import pytest
from cast import APP_ROLES, HEADINGS, SUPERUSER, Cast, Person, connect, csv_of, found, hear, message, send
from psycopg import sql

PEOPLE = 30
NUMBER_STEM, NAME_STEM, WORDS_STEM = "+60112397", "Zqkenari", "Zqwasiat"
SCRATCH = "leak_control"


def _people() -> list[Person]:
    chance = random.SystemRandom()
    numbers = chance.sample(range(1_000, 10_000), PEOPLE + 1)
    letters = ["".join(chance.choices(string.ascii_lowercase, k=10)) for _ in range(2 * len(numbers))]
    return [
        Person(f"{NUMBER_STEM}{number}", f"{NAME_STEM}{name}", f"berhenti hantar mesej {WORDS_STEM}{words}")
        for number, name, words in zip(numbers, letters, letters[len(numbers) :], strict=False)
    ]


@pytest.fixture(scope="module")
def everybody() -> list[Person]:
    """The canaries, and one more whom only the controls know."""
    return _people()


@pytest.fixture(scope="module")
def scanners(everybody: list[Person]) -> dict[str, leaks.Scanner]:
    numbers = [person.number for person in everybody]
    words = [person.words.rpartition(" ")[2] for person in everybody]
    return {
        "names": leaks.Scanner(numbers, [person.name for person in everybody]),
        "words": leaks.Scanner([], words),
        "message ids": leaks.Scanner([], [person.wamid for person in everybody]),
    }


@pytest.fixture(scope="module")
def planted(opened: None, everybody: list[Person], data: Path) -> Iterator[Cast]:
    """The canaries in everything that the product does with people, with logging at its loudest."""
    _store_uncompressed()
    handler = logging.FileHandler(data / "logs" / "process.log")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield _plant(everybody[:PEOPLE], data)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


@pytest.fixture(scope="module")
def data(opened: None) -> Path:
    from django.conf import settings

    return Path(settings.DATA)


def _store_uncompressed() -> None:
    """What PostgreSQL compresses no search would find."""
    with connect(SUPERUSER) as superuser:
        assert superuser.execute("SHOW wal_compression").fetchone() == ("off",)
        columns = superuser.execute(
            "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped "
            "AND attstorage IN ('x', 'm') AND atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, "
            "'bytea'::regtype)"
        ).fetchall()
        for table, column in columns:
            statement = sql.SQL("ALTER TABLE {} ALTER {} SET STORAGE EXTERNAL")
            superuser.execute(statement.format(sql.Identifier(table), sql.Identifier(column)))


def _plant(people: list[Person], data: Path) -> Cast:
    known, strangers, refused = people[:20], people[20:25], people[25:]
    cast = found("kenari", known, file_name=f"senarai {known[0].name}.csv")
    said = [message(person, person.words) for person in (*known[2:12], *strangers)]
    said += [message(person, "BERHENTI") for person in strangers]
    hear(cast, {key: [item for one in said for item in one[key]] for key in ("contacts", "messages")})
    send(cast)  # the answers to those who left
    _hear_garbage(cast, known[0])
    _import_in_terminal(cast, refused, data)
    for role in APP_ROLES:
        _provoke_errors(role, people, cast)
    _repeat_an_identity(cast, known[3])
    return cast


def _hear_garbage(cast: Cast, person: Person) -> None:
    """Signed bodies that nobody can read, or that are of another shape than Meta's."""
    hear(cast, {"messages": [{"from": {"number": person.number}, "text": person.words}], "contacts": person.name})
    hear(cast, {"messages": [{"from": person.digits, "type": person.name, person.words: 1}]})


def _import_in_terminal(cast: Cast, people: list[Person], data: Path) -> None:
    """Files that are refused, whole or row by row, through the command and with what it prints kept beside the logs."""
    headless = data / "tanpa-tajuk.csv"
    headless.write_text(f"{people[0].name},{people[0].number}\n{people[1].name},{people[1].number}\n")
    wrong = data / "salah.csv"
    rows = [f"{one.name},{cell},ms,{one.words},qr,promosi@9,{one.name},,x" for one in people for cell in _spoilt(one)]
    wrong.write_text("\n".join([f"{HEADINGS},{people[2].name}", *rows, ""]))
    repeated = data / "berulang.csv"
    repeated.write_bytes(csv_of([*people, *people], headings=HEADINGS.replace("catatan", people[3].name)))
    environment = os.environ | {"IZIN_LOG_LEVEL": "DEBUG"}
    with (data / "logs" / "terminal.log").open("ab") as output:
        for file, how in ((headless, "--json"), (wrong, "--language=ms"), (repeated, "--json")):
            command = [sys.executable, "-m", "izin", "import", str(file), "--purpose", "promosi"]
            command += ["--organisation", cast.slug, how]
            subprocess.run(command, stdout=output, stderr=output, env=environment, check=False)
            file.unlink()


def _spoilt(person: Person) -> list[str]:
    return [f"={person.number}", f"{person.number} / {person.number}", f"{person.digits}9999", person.name]


def _provoke_errors(role: str, people: list[Person], cast: Cast) -> None:
    """Statements that fail, with people in their parameters and in their text."""
    person = people[5]
    with connect(role) as connection:
        connection.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(cast.id)])
        for statement, values in (
            ("SELECT %s::uuid", [person.number]),
            ("SELECT %s::int", [person.words]),
            (f"SELECT '{person.name}'::timestamptz", []),
            (f"SELECT '{person.number}' FROM {person.name}", []),
            ("UPDATE inbound_delivery SET state = %s", [person.words]),
            ("UPDATE inbound_delivery SET account_id = %s", [person.name]),
            (
                "SELECT set_config('izin.organisation_id', %s, true), (SELECT count(*) FROM consent_standing)",
                [person.name],
            ),
            ("SELECT 1 / (length(%s) - length(%s))", [person.number, person.number]),
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement, values)
        connection.execute("SELECT pg_notify('izin_queue', %s)", [person.digits])


def _repeat_an_identity(cast: Cast, person: Person) -> None:
    from django.db import IntegrityError

    from izin.contacts.models import Identity
    from izin.organisations.scope import scope

    with suppress(IntegrityError), scope(cast.id):
        one = Identity.objects.first()
        Identity.objects.create(contact=one.contact, kind=one.kind, index=one.index, suppression_index=b"", sealed=b"")
        pytest.fail("the same number twice")


def surfaces(data: Path) -> dict[str, bytes]:
    """All that a thief of the disk would hold, without the keys."""
    from izin.lib import embedded_postgres

    with connect(SUPERUSER) as superuser:
        superuser.execute("CHECKPOINT")
    cluster = embedded_postgres.location(data).cluster
    files = [file for file in cluster.rglob("*") if file.is_file()]
    logs = [file for file in (data / "logs").rglob("*") if file.is_file()]
    beside = [file for file in data.rglob("*") if file.is_file() and file not in logs and cluster not in file.parents]
    return {
        "tables": leaks.pages(file for file in files if "pg_wal" not in file.parts),
        "write-ahead log": leaks.wal(file for file in files if "pg_wal" in file.parts),
        "PostgreSQL's log": b"".join(leaks.read(file) for file in logs if "postgres" in file.name),
        "the processes' logs": b"".join(leaks.read(file) for file in logs if "postgres" not in file.name),
        "the data directory": b"\n".join(leaks.read(file) for file in beside if "keys" not in file.parts),
    }


def scan(scanners: dict[str, leaks.Scanner], content: bytes) -> set[str]:
    return {f"{what}: {hit}" for what, scanner in scanners.items() for hit in scanner.find(content)}


def test_the_canaries_went_everywhere(planted: Cast, data: Path) -> None:
    """Otherwise it would be no wonder that nothing is found."""
    from izin.consent.models import ContactFile, Evidence, Standing, Suppression
    from izin.contacts.models import Contact
    from izin.dispatch.models import Message
    from izin.inbound.models import Delivery
    from izin.organisations.scope import scope

    with scope(planted.id):
        assert Contact.objects.count() >= 20
        assert Standing.objects.filter(standing="refused").count() >= 5
        assert Suppression.objects.count() >= 10
        assert Evidence.objects.filter(act="given").exists()
        assert Message.objects.exclude(wamid_sealed=None).count() >= 18
        assert Message.objects.filter(campaign=None).exclude(wamid_sealed=None).count() >= 3
        assert Message.objects.exclude(delivered_at=None).count() >= 15
        assert Delivery.objects.count() >= 5
        assert set(ContactFile.objects.values_list("state", flat=True)) == {"done", "refused", "review"}
    assert (data / "logs" / "terminal.log").stat().st_size > 500


def test_nobody_can_be_read(planted: Cast, scanners: dict[str, leaks.Scanner], data: Path) -> None:
    assert len(leaks.NUMBERS) + len(leaks.HASHES) >= 14
    hits = {surface: scan(scanners, content) for surface, content in surfaces(data).items()}
    assert not any(hits.values()), hits


def test_the_search_would_have_found_them(
    planted: Cast, everybody: list[Person], scanners: dict[str, leaks.Scanner], data: Path
) -> None:
    """The control: one more person, put in clear into each surface in every encoding, is found in each of them."""
    person = everybody[PEOPLE]
    texts = {"names": person.name, "words": person.words.rpartition(" ")[2], "message ids": person.wamid}
    planted_as = {
        f"{what}: {name}": pattern
        for what, scanner in scanners.items()
        for name, pattern in _patterns_of(scanner, leaks.Scanner([person.number], [texts[what]]))
    }
    printable = {name: pattern for name, pattern in planted_as.items() if pattern.isascii() and b"\0" not in pattern}
    assert len(planted_as) > 60 and len(printable) > 40
    before = surfaces(data)
    _put_into_tables(list(planted_as.values()))
    _put_into_logs([pattern.decode() for pattern in printable.values() if pattern.decode().isprintable()], data)
    after = surfaces(data)
    with connect(SUPERUSER) as superuser:
        superuser.execute(f"DROP TABLE {SCRATCH}")
    for surface in ("tables", "write-ahead log"):
        assert scan(scanners, after[surface]) >= set(planted_as), surface
    shown = {name for name, pattern in printable.items() if pattern.decode().isprintable()}
    for surface in ("PostgreSQL's log", "the processes' logs", "the data directory"):
        assert scan(scanners, after[surface]) >= shown, surface
        assert len(after[surface]) > len(before[surface])


def _patterns_of(whole: leaks.Scanner, one: leaks.Scanner) -> Iterator[tuple[str, bytes]]:
    for name, patterns in one.patterns.items():
        if name in whole.patterns:
            yield from ((name, pattern) for pattern in patterns)


def _put_into_tables(patterns: list[bytes]) -> None:
    """Half of them in the middle of a long value, which PostgreSQL keeps outside of the row."""
    with connect(SUPERUSER) as superuser:
        superuser.execute(f"CREATE TABLE {SCRATCH} (content bytea STORAGE EXTERNAL)")
        for place, pattern in enumerate(patterns):
            around = os.urandom(1_000) if place % 2 else b"<>"
            superuser.execute(f"INSERT INTO {SCRATCH} VALUES (%b)", [around + pattern + around])


def _put_into_logs(patterns: list[str], data: Path) -> None:
    log: Callable[..., Any] = logging.getLogger("izin.control").warning
    with connect(SUPERUSER) as superuser:
        for pattern in patterns:
            log("%s", pattern)
            quoted = sql.Literal(pattern)
            superuser.execute(sql.SQL("DO $do$ BEGIN RAISE LOG '%', {}; END $do$").format(quoted))
    (data / "control.txt").write_text("\n".join(patterns))
