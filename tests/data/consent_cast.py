"""An organisation of two purposes with nobody in it yet, files of contacts, and hands that no wall of ours holds."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import apps_ready  # noqa: F401
import psycopg
from importing import let_in

from izin.consent import files
from izin.consent import verify as consent_verify
from izin.consent.models import ContactFile, Evidence, Purpose, Standing, Suppression
from izin.consent.purposes import add_purpose
from izin.contacts import book
from izin.contacts.book import Known, Newcomer
from izin.ledger import verify as ledger_verify
from izin.ledger.models import Entry
from izin.lib.embedded_postgres import location
from izin.lib.phone import PhoneNumber
from izin.lib.places import data_directory
from izin.notices import wording
from izin.notices.models import NoticeVersion
from izin.notices.publishing import publish_notice
from izin.notices.wording import Particulars
from izin.organisations import registry
from izin.organisations.scope import scope

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
DAY = timedelta(days=1)
HEADER = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber,tarikh_tarik_balik"
WHO = Particulars("Pusat Tuisyen Contoh", "12 Jalan Contoh", "privasi@contoh.example", "03-5550 0000")


@dataclass(frozen=True)
class House:
    """An organisation, its purposes by key, and the version that each one's notice is in."""

    id: UUID
    slug: str
    purposes: dict[str, Purpose]
    versions: dict[str, NoticeVersion]

    def take_in(self, *lines: str, purpose: str = "promosi", header: str = HEADER) -> ContactFile:
        """Upload these lines as a file, and take it in."""
        return self.take_in_bytes("\n".join((header, *lines)).encode(), purpose=purpose)

    def take_in_bytes(self, body: bytes, *, purpose: str = "promosi") -> ContactFile:
        with scope(self.id):
            file, _ = files.receive(body, name="senarai.csv", purpose=self.purposes[purpose])
        return let_in(self.id, file.id)

    def standing(self, number: str, purpose: str = "promosi") -> str | None:
        """The stored standing of the holder of this number, None where there is no row."""
        with scope(self.id):
            person = book.find("phone", number)
            rows = Standing.objects.filter(contact_id=person.id if person else None, purpose=self.purposes[purpose])
            return rows.values_list("standing", flat=True).first()

    def problems(self) -> list[str]:
        """What the fsck finds in this organisation."""
        with scope(self.id):
            return ledger_verify.verify().problems + consent_verify.verify()


def found(*keys: str, lifetime_days: int = 730) -> House:
    """A new organisation with these purposes (promosi and jadual when none is named)."""
    slug = f"rumah-{uuid4().hex[:12]}"
    organisation = registry.found("Pusat Tuisyen Contoh", slug=slug)
    house = House(organisation.id, slug, {}, {})
    with scope(house.id):
        for key in keys or ("promosi", "jadual"):
            add(house, key, lifetime_days)
    return house


def add(house: House, key: str, lifetime_days: int = 730) -> Purpose:
    """One more purpose, inside the house's scope."""
    kinds = {"ms": f"tawaran {key}", "en": f"{key} offers"}
    version = publish_notice(key, wording.notice(WHO, kinds=kinds, per_month=4, days=lifetime_days))
    said = {"name": {"ms": key, "en": key}, "description": kinds, "notice": version.notice}
    house.purposes[key] = add_purpose(key, lifetime_days=lifetime_days, **said)
    house.versions[key] = version
    return house.purposes[key]


def number(index: int) -> str:
    """One of 10,000 Malaysian mobile numbers, in E.164."""
    return f"+6012345{index:04d}"


def line(index: int, *, consented: str = "2026-03-01", notice: str = "promosi@1", withdrawn: str = "") -> str:
    """A row of a file for ``number(index)``, with whole evidence."""
    return f"Orang {index},{number(index)},ms,{consented},paper,{notice},Kaunter,{withdrawn}"


def person(index: int) -> Known:
    return book.find_or_add(Newcomer(PhoneNumber(number(index)), f"Orang {index}"))


def counts(file: ContactFile) -> dict[str, Any]:
    """Everything that a file's row says of its outcome, and what the organisation holds after it."""
    with scope(file.organisation_id):
        return {
            "state": file.state,
            "rows": file.rows,
            "done": file.rows_done,
            "granted": file.granted,
            "kept_refused": file.kept_refused,
            "withdrawn": file.withdrawn,
            "rejections": [(one["line"], one["column"], one["code"]) for one in file.rejections],
            "evidence": Evidence.objects.count(),
            "standings": Standing.objects.count(),
            "suppressions": Suppression.objects.count(),
            "entries": Entry.objects.count(),
        }


def accounted(file: ContactFile) -> int:
    """How many of the file's records ended in one stated outcome."""
    return file.granted + file.withdrawn + len({one["line"] for one in file.rejections})


def raw(role: str = "postgres", **options: Any) -> psycopg.Connection[Any]:
    """A connection past Django; by default as the superuser, whom no wall stops."""
    return psycopg.connect(location(data_directory()).url(role), **options)


@contextmanager
def tampering() -> Iterator[psycopg.Connection[Any]]:
    """The hands of somebody who owns the machine: no trigger, no foreign key and no row-level security holds them."""
    with raw() as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def blocked(work: Callable[[], Any]) -> "Future[Any]":
    """Start ``work`` beside us, and come back when it waits for a lock that we hold."""
    started = ThreadPoolExecutor(1).submit(in_own_connection, work)
    give_up = time.monotonic() + 60
    with raw(autocommit=True) as watcher:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
        while not watcher.execute(waiting).fetchone():
            assert not started.done(), "it did not wait for anybody"
            assert time.monotonic() < give_up, "it neither waited nor ended"
    return started


def in_thread(work: Callable[[], Any]) -> Any:
    """What ``work`` returns, done by a thread with a connection of its own while we wait."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(in_own_connection, work).result(60)


def in_own_connection(work: Callable[[], Any]) -> Any:
    from django.db import connection

    try:
        return work()
    finally:
        connection.close()
