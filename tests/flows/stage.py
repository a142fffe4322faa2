"""A stage for whole campaigns: two organisations with consented people, the simulator as its real command, its log."""

import json
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from importing import let_in

from .house import House, Running, free_port, until

TOKEN, APP_SECRET, OLD_APP_SECRET = "stage-token", "stage-app-secret", "stage-old-app-secret"
TEMPLATE = "kelas"
BODY = {"ms": "Salam {{nama}}, kelas baharu dibuka.", "en": "Hello {{nama}}, new classes are open."}
PARAMETERS = {"nama": {"field": "name", "fallback": "ibu bapa"}}
HEADER = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber,tarikh_tarik_balik"
STATED = {"accepted", "rejected", "suppressed", "unresolved", "cancelled", "expired"}
FACTS = ("accepted", "answer_lost")  # what the simulator took over, whether or not it said so
_numbers = count(1)


def number(place: int) -> str:
    """The example number of the person at this place in a list."""
    return f"+6012{3_450_000 + place}"


class Oracle:
    """The simulator's log: what the outside world saw. Read here, by other code than Izin's."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._read = 0
        self._known: dict[str, list[dict[str, Any]]] = {}

    def records(self, event: str) -> list[dict[str, Any]]:
        """All of this kind so far. What was read stays read: a log is only ever added to."""
        with self._log.open("rb") as log:
            log.seek(self._read)
            whole, end, _ = log.read().rpartition(b"\n")
        self._read += len(whole) + len(end)
        for line in whole.splitlines():
            record = json.loads(line)
            self._known.setdefault(record["event"], []).append(record)
        return list(self._known.get(event, ()))

    def messages(self, *verdicts: str) -> list[dict[str, Any]]:
        """Campaign messages, or those with one of these verdicts."""
        sent = [record for record in self.records("message") if record.get("template")]
        return [record for record in sent if not verdicts or record["verdict"] in verdicts]

    def reached(self) -> Counter[str]:
        """How many campaign messages WhatsApp took over, by number."""
        return Counter(record["to"] for record in self.messages(*FACTS))

    def texts(self) -> Counter[str]:
        """How many texts (answers to people) were taken over, by number."""
        sent = [record for record in self.records("message") if not record.get("template")]
        return Counter(record["to"] for record in sent if record["verdict"] in FACTS)

    def busiest_second(self) -> int:
        """The largest number of requests in any window of one second."""
        times = sorted(record["at"] for record in self.records("message"))
        first = most = 0
        for last, at in enumerate(times):
            while times[first] <= at - 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most


class Stage:
    """One organisation with people to write to, and another one that nothing may happen to."""

    def __init__(self, house: House, people: int, per_second: int, simulator: dict[str, Any]) -> None:
        self.house = house
        self.people = [number(place) for place in range(people)]
        self.per_second = per_second
        self.port = free_port()
        self.ids = f"{next(_numbers):03}"
        self.log = house.data / f"simulator-{self.ids}.jsonl"
        self.oracle = Oracle(self.log)
        self.organisation_id = self._found("utama", people)
        self.other_id = self._found("lain", 20)
        self._configure(simulator)
        self.simulator = self.run_simulator()

    # --- the parts ---

    def run_simulator(self) -> Running:
        """Start the simulator on this stage's log, or start it again."""
        files = ("--config", str(self._config), "--log", str(self.log), "--port", str(self.port))
        simulator = self.house.launch("simulator", [sys.executable, "-m", "izin_simulator", *files])
        until(lambda: "listening" in simulator.lines or simulator.has_ended(), what="the simulator listens")
        assert not simulator.has_ended(), simulator.lines
        return simulator

    def control(self, path: str, body: Any = None) -> Any:
        """One call to the simulator's control API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/control/{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=40) as answer:
            return json.load(answer)

    def say(self, who: str, text: str = "BERHENTI", **more: Any) -> None:
        self.control("say", {"from": who, "text": text, **more})

    # --- the campaign ---

    def start_campaign(self) -> UUID:
        """Drafted by one person, approved by another, started."""
        from izin.campaigns import lifecycle
        from izin.consent.models import Purpose
        from izin.dispatch import outbox
        from izin.lib.clock import now
        from izin.organisations.scope import scope
        from izin.whatsapp.models import SenderNumber

        with scope(self.organisation_id):
            campaign = lifecycle.draft(
                "Kelas baharu",
                purpose=Purpose.objects.get(key="promosi"),
                sender=SenderNumber.objects.select_related("account").get(),
                template_name=TEMPLATE,
                parameters=PARAMETERS,
                author=uuid4(),
                not_after=now() + timedelta(days=1),
            )
            lifecycle.approve(campaign, uuid4())
            planned = outbox.start(campaign)
        assert planned == len(self.people)
        self.campaign_id: UUID = campaign.id
        return self.campaign_id

    def report(self) -> Any:
        from izin.dispatch.report import report_on
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            return report_on(self.campaign_id)

    def is_complete(self) -> bool:
        from izin.campaigns.models import Campaign
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            return Campaign.objects.filter(id=self.campaign_id, state=Campaign.State.COMPLETED).exists()

    def finish(self, seconds: float = 60.0) -> None:
        """Wait until the campaign is complete and every webhook was delivered and dealt with."""
        until(self.is_complete, seconds, what="the campaign is complete")
        self.control("quiet", {"timeout_s": 30})
        until(self.is_drained, what="every webhook is dealt with")

    def is_drained(self) -> bool:
        from izin.inbound.drain import backlog

        return backlog(self.organisation_id) == 0

    def rows(self) -> dict[str, tuple[str, str]]:
        """(state, reason) of each planned person, by number."""
        from izin.contacts import book
        from izin.contacts.models import Contact
        from izin.dispatch.models import Message
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            numbers = book.numbers(Contact.objects.all())
            rows = Message.objects.filter(campaign_id=self.campaign_id).values_list("contact_id", "state", "reason")
            return {numbers[contact_id].e164: (state, reason) for contact_id, state, reason in rows}

    def reached_count(self) -> int:
        """How many of the campaign's messages have their outcome."""
        states = self.states()
        return states.total() - states["queued"] - states["sending"]

    def states(self) -> Counter[str]:
        from izin.dispatch.models import Message
        from izin.organisations.scope import scope

        with scope(self.organisation_id):
            return Counter(Message.objects.filter(campaign_id=self.campaign_id).values_list("state", flat=True))

    def standings(self, organisation_id: UUID | None = None) -> dict[str, str]:
        """The standing of everybody, by number."""
        from izin.consent.models import Standing
        from izin.contacts import book
        from izin.contacts.models import Contact
        from izin.organisations.scope import scope

        with scope(organisation_id or self.organisation_id):
            numbers = book.numbers(Contact.objects.all())
            rows = Standing.objects.values_list("contact_id", "standing")
            return {numbers[contact_id].e164: standing for contact_id, standing in rows}

    # --- the promises ---

    def check(self) -> None:
        """I1, I3, I4 and I5 of the plan: once, permission, accounted, and accounted truly."""
        reached, rows = self.oracle.reached(), self.rows()
        twice = [who for who, times in reached.items() if times > 1]
        assert not twice, f"{len(twice)} people got it twice"
        assert not set(reached) - set(self.people), "somebody without a consent was written to"
        assert set(rows) == set(self.people)
        states = Counter(state for state, _ in rows.values())
        assert set(states) <= STATED, states
        assert sum(states.values()) == len(self.people)
        accepted = {who for who, (state, _) in rows.items() if state == "accepted"}
        unresolved = {who for who, (state, _) in rows.items() if state == "unresolved"}
        assert accepted <= set(reached), "called accepted, and WhatsApp never took it"
        assert set(reached) <= accepted | unresolved, "WhatsApp took it, and it is called something else"

    def check_other(self) -> None:
        """Nothing happened to the other organisation, which has people with the same numbers."""
        from izin.consent.models import Suppression
        from izin.dispatch.models import Message
        from izin.inbound.models import Delivery
        from izin.organisations.scope import scope

        assert set(self.standings(self.other_id).values()) == {"granted"}
        with scope(self.other_id):
            assert not Message.objects.exists()
            assert not Suppression.objects.exists()
            assert not Delivery.objects.exists()

    # --- setting it ---

    def _found(self, kind: str, people: int) -> UUID:
        from izin.accountability import living
        from izin.campaigns import opening
        from izin.campaigns.hours import ANY_HOUR
        from izin.consent import files, purposes
        from izin.notices import publishing, wording
        from izin.organisations import registry
        from izin.organisations.scope import scope
        from izin.whatsapp import accounts, templates
        from izin.whatsapp.optout import OPT_OUT_FOOTER

        slug = f"{kind}-{self.ids}"
        where = {"address": "1 Jalan Satu", "contact_email": f"a@{slug}.example", "contact_phone": "03-1234 5678"}
        organisation_id = registry.found(f"Kelas {slug}", slug=slug, registration_number="202601012345", **where).id
        who = wording.Particulars(f"Kelas {slug}", *where.values())
        with scope(organisation_id):
            kinds = {"ms": "tawaran kelas", "en": "class offers"}
            version = publishing.publish_notice("promosi", wording.notice(who, kinds=kinds, per_month=4, days=730))
            opening.change(ANY_HOUR, by=None)  # these tests run by night as well
            names = {"ms": "Promosi kelas", "en": "Class promotions"}
            purpose = purposes.add_purpose("promosi", name=names, description=names, notice=version.notice)
            living.publish(living.first_texts(who))
            account = accounts.connect(
                waba_id=self._waba(kind),
                name=slug,
                token=TOKEN,
                app_secrets=[APP_SECRET, OLD_APP_SECRET],
                base_url=f"http://127.0.0.1:{self.port}",
            )
            accounts.add_sender(
                account, phone_number_id=self._phone(kind), display="+60312345678", per_second=self.per_second
            )
            listed = [
                {"name": TEMPLATE, "language": language, "category": "MARKETING", "status": "APPROVED"}
                | {"components": templates.body_and_footer(body, OPT_OUT_FOOTER[language], example={"nama": "Siti"})}
                for language, body in BODY.items()
            ]
            templates.keep(account, listed)
            file, _ = files.receive(_contacts(people), name="orang.csv", purpose=purpose)
        file = let_in(organisation_id, file.id)
        assert file.granted == people, file.rejections[:3]
        self._templates = listed
        return organisation_id

    def _waba(self, kind: str) -> str:
        return f"1022901293{self.ids}{1 if kind == 'utama' else 2}"

    def _phone(self, kind: str) -> str:
        return f"1065403522{self.ids}{1 if kind == 'utama' else 2}"

    @property
    def phone_number_id(self) -> str:
        return self._phone("utama")

    def _configure(self, more: dict[str, Any]) -> None:
        from izin.organisations.scope import scope
        from izin.whatsapp import accounts
        from izin.whatsapp.models import BusinessAccount

        with scope(self.organisation_id):
            account = BusinessAccount.objects.get()
            self.verify_token = accounts.secrets_of(account).verify_token
            self.webhook_path = f"/webhooks/{account.webhook_key}"
        phone = {"id": self.phone_number_id, "display_phone_number": "60312345678"}
        config = {
            "app_secret": APP_SECRET,
            "verify_token": self.verify_token,
            "access_token": TOKEN,
            "webhook_url": self.house.door_url + self.webhook_path,
            "business_account_id": self._waba("utama"),
            "phone_numbers": [phone | {"messages_per_second": self.per_second}],
            "templates": [template | {"parameter_format": "NAMED"} for template in self._templates],
            "latency_ms": 20,
            "status_delay_ms": {"sent": 10, "delivered": 30, "read": 50},
        }
        self._config = self.house.data / f"simulator-{self.ids}.json"
        self._config.write_text(json.dumps(config | more))

    def strike(self) -> None:
        """End this stage: nobody leases its lanes any more."""
        from datetime import UTC, datetime

        from izin.dispatch.models import Lane
        from izin.organisations.scope import scope

        self.house.end_all("dispatch", "simulator")
        for organisation_id in (self.organisation_id, self.other_id):
            with scope(organisation_id):
                Lane.objects.update(leased_until=datetime(2999, 1, 1, tzinfo=UTC))


@contextmanager
def stage(house: House, people: int = 120, per_second: int = 100, **simulator: Any) -> Iterator[Stage]:
    """A set stage in a house; its dispatch processes and its simulator end with it."""
    built = Stage(house, people, per_second, simulator)
    try:
        yield built
    finally:
        built.strike()


def _contacts(people: int) -> bytes:
    rows = [
        f"Orang {place},0{number(place)[3:]},{('ms', 'en')[place % 2]},2026-01-15,qr,promosi@1,Kod QR,"
        for place in range(people)
    ]
    return "\n".join([HEADER, *rows]).encode()


def fault(do: str, to: Sequence[str], **more: Any) -> list[dict[str, Any]]:
    """The same accident, once, for each of these people."""
    return [{"do": do, "match": {"to": who}, "times": 1, **more} for who in to]
