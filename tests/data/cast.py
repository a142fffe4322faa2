"""The two organisations that meet in every test here, brought to life through the product's own verbs.

Both hold the same people, keys, names and WhatsApp ids: whatever one organisation could learn of the other would show.
"""

import asyncio
import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from importing import let_in

ROLES = ("izin_web", "izin_dispatch", "izin_ops", "izin_owner")
APP_ROLES = ("izin_web", "izin_dispatch")
SUPERUSER = "postgres"
WABA_ID, PHONE_NUMBER_ID, TEMPLATE = "102290129340398", "106540352242922", "kelas_cuti"
HEADINGS = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber,tarikh_tarik_balik,catatan"


@dataclass(frozen=True)
class Person:
    """Somebody in a file. ``number`` is E.164; ``words`` are what this person writes or is noted with."""

    number: str
    name: str
    words: str = "berhenti"

    @property
    def digits(self) -> str:
        return self.number.removeprefix("+")

    @property
    def wamid(self) -> str:
        """A message id as WhatsApp makes it: the number stands in its base64."""
        content = (
            b"\x1c\x18" + bytes([len(self.digits)]) + self.digits.encode() + b"\x15\x02\x00\x12\x18\x14" + b"3A0C8F"
        )
        return "wamid." + base64.b64encode(content).decode()


@dataclass
class Cast:
    """One organisation with everything that it can have."""

    id: UUID
    slug: str
    people: Sequence[Person]
    author: Any
    reviewer: Any
    purpose: Any = None
    sender: Any = None
    campaign: Any = None
    webhook_key: str = ""
    letters: dict[str, str] = field(default_factory=dict, repr=False)


def connect(role: str, *, autocommit: bool = True, **more: Any) -> psycopg.Connection[Any]:
    """A connection of our own over the embedded socket, as one of the login roles or as the superuser."""
    return psycopg.connect(url(role), autocommit=autocommit, **more)


def url(role: str, database: str | None = None) -> str:
    from django.conf import settings

    from izin.lib import embedded_postgres

    return embedded_postgres.location(settings.DATA).url(role, database)


@contextmanager
def django_as(role: str) -> Iterator[None]:
    """Django's own connection as another role, as in the process that this role belongs to."""
    from django.db import connection

    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = before


def csv_of(people: Sequence[Person], *, headings: str = HEADINGS) -> bytes:
    rows = [
        f'"{one.name}",{one.number},ms,2026-01-0{place % 8 + 1},qr,promosi@1,Hari terbuka,,"{one.words}"'
        for place, one in enumerate(people)
    ]
    return "\n".join([headings, *rows, ""]).encode()


def found(mark: str, people: Sequence[Person], *, file_name: str = "senarai.csv") -> Cast:
    """An organisation whose every table has a row: from the notice to the delivered message and the withdrawal."""
    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope

    slug = f"{mark}-{uuid4().hex[:8]}"
    organisation = registry.found(mark.title(), slug=slug, address="1 Jalan", contact_email="p@example.test")
    users = [registry.add_user(f"{role}@{slug}.example", "kata laluan panjang") for role in ("a", "b")]
    cast = Cast(organisation.id, slug, people, *users)
    with scope(cast.id):
        registry.add_member(cast.author, Role.MARKETER)
        registry.add_member(cast.reviewer, Role.REVIEWER)
        _publish(cast, organisation)
        _connect_whatsapp(cast)
    _take_in(cast, file_name)
    _join(cast, people[0])
    _sign(cast, people[0])
    _run_campaign(cast)
    hear(cast, message(people[1], people[1].words))
    with scope(cast.id):
        from izin.ledger import checkpoints

        checkpoints.sign()
    return cast


def _publish(cast: Cast, organisation: Any) -> None:
    from izin.accountability import living
    from izin.consent import purposes
    from izin.notices import publishing, wording

    who = wording.Particulars(organisation.name, "1 Jalan, Shah Alam", "p@example.test", "03-1234 5678")
    kinds = {"ms": "tawaran kelas tuisyen", "en": "tuition class offers"}
    version = publishing.publish_notice("promosi", wording.notice(who, kinds=kinds, per_month=4, days=730))
    cast.purpose = purposes.add_purpose(
        "promosi", name={"ms": "Promosi", "en": "Offers"}, description=kinds, notice=version.notice
    )
    living.publish(living.first_texts(who))


def _connect_whatsapp(cast: Cast) -> None:
    from izin.whatsapp import accounts, templates
    from izin.whatsapp.optout import OPT_OUT_FOOTER

    account = accounts.connect(waba_id=WABA_ID, name="Akaun", token="token", app_secrets=["rahsia"])
    cast.webhook_key = account.webhook_key
    cast.sender = accounts.add_sender(account, phone_number_id=PHONE_NUMBER_ID, display="+60312345678")
    body = {"ms": "Salam {{nama}}, kelas dibuka.", "en": "Hello {{nama}}, classes start."}
    listed = [
        {
            "name": TEMPLATE,
            "language": language,
            "category": "MARKETING",
            "status": "APPROVED",
            "components": templates.body_and_footer(text, OPT_OUT_FOOTER[language], example={"nama": "Siti"}),
        }
        for language, text in body.items()
    ]
    templates.keep(account, listed)


def _take_in(cast: Cast, name: str) -> None:
    from izin.consent import files
    from izin.organisations.scope import scope

    with scope(cast.id):
        file, _ = files.receive(csv_of(cast.people), name=name, purpose=cast.purpose)
    let_in(cast.id, file.id)


def _join(cast: Cast, person: Person) -> None:
    """By the form and the person's own message."""
    from izin.consent import joining
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(cast.id):
        code = joining.issue_code(joining.wordings([cast.purpose]), language="ms", shown_at=now())
    hear(cast, message(person, f"SERTAI {code}"))


def _sign(cast: Cast, person: Person) -> None:
    from izin.consent import paper, purposes
    from izin.contacts.book import Newcomer
    from izin.lib.clock import now
    from izin.lib.phone import PhoneNumber
    from izin.organisations.scope import scope

    with scope(cast.id):
        wording = purposes.current_wording(cast.purpose)
        assert wording is not None
        newcomer, scan = Newcomer(PhoneNumber(person.number)), b"%PDF-1.7 " + person.name.encode() + b" %%EOF"
        paper.record(paper.Signed(newcomer, "paper", now(), "ms", {cast.purpose: wording}, scan), by=cast.author.id)


def _run_campaign(cast: Cast) -> None:
    from izin.campaigns import lifecycle
    from izin.dispatch import outbox
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    with scope(cast.id):
        cast.campaign = lifecycle.draft(
            "Kelas cuti",
            purpose=cast.purpose,
            sender=cast.sender,
            template_name=TEMPLATE,
            parameters={"nama": {"field": "name", "fallback": "tuan"}},
            author=cast.author.id,
            not_after=now() + timedelta(days=7),
        )
        lifecycle.approve(cast.campaign, cast.reviewer.id)
        outbox.start(cast.campaign)
        lifecycle.pause(cast.campaign, "asked", by=cast.author.id)
        lifecycle.resume(cast.campaign)
    send(cast)
    hear(cast, _statuses(cast))


def send(cast: Cast) -> None:
    """What the lane does, without its pace and without HTTP: lease, arm, write, and record that all were accepted."""
    from izin.dispatch.letters import wording_of
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope

    with scope(cast.id):
        wording, opened = wording_of(cast.campaign.id), keys()
    asyncio.run(_send(cast, wording, opened))


async def _send(cast: Cast, wording: Any, opened: Any) -> None:
    from izin.dispatch import outcomes, store
    from izin.dispatch.letters import shown_token, write_letter
    from izin.whatsapp.client import Answer

    opening = [psycopg.AsyncConnection.connect(url("izin_dispatch"), autocommit=True) for _ in range(3)]
    looking, deciding, recording = [await one for one in opening]
    async with looking, deciding, recording:
        mine = None
        while lease := await store.lease(looking, holder="test", ttl_s=60):
            mine = lease if lease.organisation_id == cast.id else mine
            if lease is not mine:
                await store.Store(lease, looking, looking).hold("test", 0)
        lane = store.Store(mine, deciding, recording)
        await lane.enter()
        await lane.strand_unfinished()
        armed = [one for turn in await lane.turns() for one in await lane.arm_campaign(turn, 1_000)]
        armed += await lane.arm_answers(1_000)
        reported = []
        for one in armed:
            letter = write_letter(one, wording, opened)
            to = json.loads(letter.body)["to"]
            person = next(person for person in cast.people if person.number == to)
            cast.letters[person.wamid] = shown_token(one.token)
            reported.append(outcomes.accepted(one, letter, Answer("accepted", 200, message_id=person.wamid), opened))
        await lane.record(reported)
        await looking.execute("UPDATE dispatch_lane SET leased_until = NULL, holder = '' WHERE holder = 'test'")


def hear(cast: Cast, value: dict[str, Any], field: str = "messages") -> None:
    """A webhook body through the door's and the worker's own verbs, each as the role of its process."""
    from izin.inbound.accounts import read_account
    from izin.inbound.door import Arrival
    from izin.inbound.drain import drain
    from izin.inbound.storing import store
    from izin.lib.clock import now

    metadata = {"display_phone_number": "60312345678", "phone_number_id": PHONE_NUMBER_ID}
    change = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    entry = {"id": WABA_ID, "time": int(now().timestamp()), "changes": [change]}
    body = {"object": "whatsapp_business_account", "entry": [entry]}
    loop = asyncio.new_event_loop()
    with django_as("izin_dispatch"):
        account = read_account(cast.webhook_key)
        assert store([Arrival(account, json.dumps(body).encode(), now(), loop.create_future())]) == [True]
    loop.close()
    drain(cast.id)


def message(person: Person, text: str) -> dict[str, Any]:
    from izin.lib.clock import now

    said = {"from": person.digits, "id": f"{person.wamid}{uuid4().hex[:8]}", "timestamp": str(int(now().timestamp()))}
    return {
        "contacts": [{"profile": {"name": person.name}, "wa_id": person.digits}],
        "messages": [{**said, "type": "text", "text": {"body": text}}],
    }


def _statuses(cast: Cast) -> dict[str, Any]:
    from izin.lib.clock import now

    at = str(int(now().timestamp()))
    return {
        "statuses": [
            {
                "id": person.wamid,
                "status": "delivered",
                "timestamp": at,
                "recipient_id": person.digits,
                "biz_opaque_callback_data": cast.letters[person.wamid],
            }
            for person in cast.people
            if person.wamid in cast.letters
        ]
    }
