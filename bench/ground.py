"""A house for the benchmark: durable PostgreSQL, one organisation, people with consent, and Izin's real processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from bench.numbers import number, phone
from tests.data.importing import let_in
from tests.flows.house import House, Running, until

TOKEN, APP_SECRET, TEMPLATE = "bench-token", "bench-app-secret", "kelas"
PARAMETERS = {"nama": {"field": "name", "fallback": "ibu bapa"}}
HEADER = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber"
WABA = "102290129300001"
WHERE = {"address": "1 Jalan Satu", "contact_email": "a@bench.example", "contact_phone": "03-1234 5678"}
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


class Ground:
    """One organisation whose senders have a purpose and people of their own each, so that no lane meets another."""

    def __init__(self, house: House, trust: Path | None) -> None:
        self.house = house
        self.trust = trust
        self.organisation_id = self._found()

    # --- the organisation ---

    def connect(self, base_url: str) -> str:
        """Send to this address; the path of the organisation's webhooks at the door."""
        from izin.organisations.scope import scope
        from izin.whatsapp import accounts
        from izin.whatsapp.models import BusinessAccount

        with scope(self.organisation_id):
            account = BusinessAccount.objects.get()
            accounts.move_account(account, base_url)
            return f"/webhooks/{account.webhook_key}"

    def populate(self, lane: int, people: int) -> float:
        """People who consented to the lane's purpose; how many rows a second the import took."""
        from izin.accountability import living
        from izin.consent import files, purposes
        from izin.notices import wording
        from izin.notices.models import NoticeVersion
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            names = {"ms": f"Promosi {lane}", "en": f"Promotions {lane}"}
            notice = NoticeVersion.objects.select_related("notice").get().notice
            purpose = purposes.add_purpose(f"promosi-{lane}", name=names, description=names, notice=notice)
            living.publish(living.first_texts(wording.Particulars("Kelas Bench", *WHERE.values())))
            file, _ = files.receive(contacts(lane, people), name="orang.csv", purpose=purpose)
        began = time.perf_counter()
        file = let_in(self.organisation_id, file.id)
        if file.granted != people:
            raise RuntimeError(f"{file.granted} of {people} rows were taken in")
        return people / (time.perf_counter() - began)

    def start_campaign(self, lane: int, per_second: int) -> UUID:
        """Drafted, approved by another, started: everybody of the lane is queued."""
        return self.plan(lane, per_second)[0]

    def plan(self, lane: int, per_second: int) -> tuple[UUID, float]:
        """The same, and how many seconds it took to freeze the audience."""
        from izin.campaigns import lifecycle
        from izin.consent.models import Purpose
        from izin.dispatch import outbox
        from izin.lib.clock import now
        from izin.organisations.scope import scope
        from izin.whatsapp import accounts
        from izin.whatsapp.models import BusinessAccount

        with scope(self.organisation_id):
            sender = accounts.add_sender(
                BusinessAccount.objects.get(),
                phone_number_id=phone(lane),
                display="+60312345678",
                per_second=per_second,
            )
            campaign = lifecycle.draft(
                "Kelas baharu",
                purpose=Purpose.objects.get(key=f"promosi-{lane}"),
                sender=sender,
                template_name=TEMPLATE,
                parameters=PARAMETERS,
                author=uuid4(),
                not_after=now() + timedelta(days=1),
            )
            lifecycle.approve(campaign, uuid4())
            began = time.perf_counter()
            outbox.start(campaign)
            took_s = time.perf_counter() - began
        self.tidy()
        return campaign.id, took_s

    def cancel(self, campaign_id: UUID) -> None:
        from izin.campaigns import lifecycle
        from izin.campaigns.models import Campaign
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            campaign = Campaign.objects.get(id=campaign_id)
            if campaign.state == Campaign.State.RUNNING:
                lifecycle.cancel(campaign)

    def report(self, campaign_id: UUID) -> Any:
        from izin.dispatch.report import report_on
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            return report_on(campaign_id)

    def backlog(self) -> int:
        from izin.inbound.drain import backlog

        return backlog(self.organisation_id)

    def tidy(self) -> None:
        """What autovacuum does within a minute of such a load: let the planner know the tables' sizes."""
        with self.superuser() as connection:
            connection.execute("ANALYZE")

    def rest(self) -> None:
        """Wait until the worker has closed the campaigns of earlier runs, and clear up after them, before the next."""
        left = (
            "SELECT count(*) FROM campaigns_campaign c WHERE c.state = 'cancelled'"
            " AND EXISTS (SELECT FROM dispatch_message m WHERE m.campaign_id = c.id AND m.state = 'queued')"
        )
        with self.superuser() as connection:
            until(lambda: connection.execute(left).fetchone() == (0,), 120, what="the campaigns before are closed")
            connection.execute("VACUUM ANALYZE")

    def superuser(self, *, autocommit: bool = True) -> "psycopg.Connection[Any]":
        """A connection that no wall holds."""
        from izin.lib import embedded_postgres

        return psycopg.connect(embedded_postgres.location(self.house.data).url("postgres"), autocommit=autocommit)

    def _found(self) -> UUID:
        from izin.campaigns import opening
        from izin.campaigns.hours import ANY_HOUR
        from izin.notices import publishing, wording
        from izin.organisations import registry
        from izin.organisations.scope import scope
        from izin.whatsapp import accounts, templates
        from izin.whatsapp.optout import OPT_OUT_FOOTER

        organisation = registry.found("Kelas Bench", slug="bench", registration_number="202601012345", **WHERE)
        with scope(organisation.id):
            who = wording.Particulars("Kelas Bench", *WHERE.values())
            kinds = {"ms": "tawaran kelas", "en": "class offers"}
            publishing.publish_notice("promosi", wording.notice(who, kinds=kinds, per_month=4, days=730))
            opening.change(ANY_HOUR, by=None)
            account = accounts.connect(
                waba_id=WABA, name="bench", token=TOKEN, app_secrets=[APP_SECRET], base_url="https://127.0.0.1:1"
            )
            body = {"ms": "Salam {{nama}}, kelas baharu dibuka.", "en": "Hello {{nama}}, new classes are open."}
            listed = [
                {"name": TEMPLATE, "language": language, "category": "MARKETING", "status": "APPROVED"}
                | {"components": templates.body_and_footer(text, OPT_OUT_FOOTER[language], example={"nama": "Siti"})}
                for language, text in body.items()
            ]
            templates.keep(account, listed)
        organisation_id: UUID = organisation.id
        return organisation_id

    # --- the processes ---

    def dispatch(self, profile: Path | None = None) -> Running:
        """``izin run dispatch``, which trusts the sink; under cProfile when its findings should go to a file."""
        command = ["-m", "cProfile", "-o", str(profile), "-m", "izin"] if profile else ["-m", "izin"]
        return self.house.launch(
            "dispatch",
            [sys.executable, *command, "run", "dispatch"],
            SSL_CERT_FILE=str(self.trust),
            IZIN_LEASE_TTL_S="8",
        )

    def postgres_cpu_s(self) -> float:
        """What PostgreSQL has used so far: the postmaster, its children, and those that have ended."""
        postmaster = self._postmaster()
        return cpu_s(postmaster, ended=True) + sum(cpu_s(child) for child in _children(postmaster))

    def _postmaster(self) -> int:
        from izin.lib import embedded_postgres

        cluster = embedded_postgres.location(self.house.data).cluster
        return int((cluster / "postmaster.pid").read_text().split()[0])

    def apart(self, sender: Running) -> None:
        """From here on the sender has a processor core for itself, as on its own machine; the others share the rest."""
        first, *others = sorted(os.sched_getaffinity(0))
        postmaster = self._postmaster()
        for pid in (
            postmaster,
            *_children(postmaster),
            *(one.pid for one in self.house.processes if not one.has_ended()),
        ):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {first} if pid == sender.pid else others or {first})

    def strike(self) -> None:
        """End the dispatch processes, and let nobody lease these lanes again before they are wanted."""
        from izin.dispatch.models import Lane
        from izin.organisations.scope import scope

        self.house.end_all("dispatch")
        with scope(self.organisation_id):
            Lane.objects.update(leased_until=datetime(2999, 1, 1, tzinfo=UTC))

    def unlock(self, lane: int) -> None:
        """Let the next dispatch process have this lane."""
        from izin.dispatch.models import Lane
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            Lane.objects.filter(sender__phone_number_id=phone(lane)).update(leased_until=None)


@contextmanager
def ground(trust: Path | None = None) -> Iterator[Ground]:
    """A new house on a database that survives a power cut, as in production. Django in this process belongs to it."""
    with tempfile.TemporaryDirectory(prefix="izin-bench-") as folder:
        data = Path(folder)
        data.chmod(0o711)  # as root, PostgreSQL runs as another user and must get through
        for name in [name for name in os.environ if name.startswith("IZIN_")]:
            del os.environ[name]
        os.environ |= {"DJANGO_SETTINGS_MODULE": "izin.settings", "IZIN_DATA": folder, "IZIN_ROLE": "web"}
        from izin.lib import embedded_postgres
        from izin.lib.keyring import RootKey

        with embedded_postgres.running(data):
            house = House(data)
            try:
                migrate = [sys.executable, "-m", "izin", "database", "migrate", "--quiet"]
                subprocess.run(migrate, env=house.environment(), check=True)
                RootKey.create(data / "keys" / "root.key")
                import django

                django.setup()
                yield Ground(house, trust)
            finally:
                house.end_all()
                from django.db import connections

                connections.close_all()


def contacts(lane: int, people: int) -> bytes:
    rows = [
        f"Orang {place},0{number(lane, place)[3:]},{('ms', 'en')[place % 2]},2026-01-15,qr,promosi@1,Kod QR"
        for place in range(people)
    ]
    return "\n".join([HEADER, *rows]).encode()


def cpu_s(pid: int, *, ended: bool = False) -> float:
    """User and system time of a process so far; with ``ended`` also of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(int(field) for field in fields[11 : 15 if ended else 13]) * TICK_S


def memory_mb(pid: int, line: str = "VmHWM") -> float:
    """The largest resident memory of a process so far in MB, or with ``VmRSS`` what it is now."""
    found = Path(f"/proc/{pid}/status").read_text().partition(f"{line}:")[2].split()[0]
    return int(found) / 1000


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


__all__ = ["Ground", "Running", "contacts", "cpu_s", "ground", "memory_mb", "until"]
