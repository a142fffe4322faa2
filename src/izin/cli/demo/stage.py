"""Set the stage: keys, two organisations with their people, the notice, the policy, the sender. Safe to repeat."""

import asyncio
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from izin.accountability import living
from izin.campaigns import opening
from izin.campaigns.hours import ANY_HOUR
from izin.cli.demo import office
from izin.cli.demo.place import Place
from izin.consent import purposes
from izin.consent.models import Purpose
from izin.lib.keyring import RootKey
from izin.notices import publishing, wording
from izin.organisations import registry
from izin.organisations.models import Organisation, Role, User
from izin.organisations.scope import scope
from izin.whatsapp import accounts, templates
from izin.whatsapp.models import BusinessAccount, SenderNumber
from izin.whatsapp.optout import OPT_OUT_FOOTER

WABA_ID, PHONE_NUMBER_ID, DISPLAY = "102290129340398", "106540352242922", "60312345678"
PER_SECOND = 80
TEMPLATE = "kelas_cuti_sekolah"
BODY = {
    "ms": "Salam {{nama}}, kelas cuti sekolah Akademi Cahaya dibuka! Daftar sebelum hujung bulan untuk potongan 20%.",
    "en": "Hello {{nama}}, Akademi Cahaya's holiday classes are open! Enrol by the end of the month for 20% off.",
}
PARAMETERS = {"nama": {"field": "name", "fallback": "ibu bapa"}}
PEOPLE = {
    "pemasaran@akademi-cahaya.example": (Role.MARKETER, "Aina"),
    "semak@akademi-cahaya.example": (Role.REVIEWER, "Ravi"),
    "privasi@akademi-cahaya.example": (Role.OFFICER, "Mei Ling"),
}
OTHER_PEOPLE = {"pemilik@kedai-kopi.example": (Role.ADMIN, "Hafiz")}
REVIEW_POLLS, REVIEW_POLL_S = 200, 0.1


@dataclass(slots=True)
class Stage:
    """Everything the demo needs by name."""

    organisation_id: UUID
    purpose: Purpose
    sender: SenderNumber
    author: User
    reviewer: User


def set_stage(place: Place) -> Stage:
    """Build what is not there yet, and write the simulator's configuration."""
    if not settings.ROOT_KEY_FILE.exists():
        RootKey.create(settings.ROOT_KEY_FILE)
    for name in ("password", "token", "app_secret"):
        place.memory.secrets.setdefault(name, secrets.token_urlsafe(9 if name == "password" else 24))
    place.remember()
    organisation_id = _organisation("Akademi Cahaya Sdn Bhd", "akademi-cahaya")
    users = _people(place, organisation_id, PEOPLE)
    _people(place, _organisation("Kedai Kopi Seberang", "kedai-kopi"), OTHER_PEOPLE)
    with scope(organisation_id):
        purpose = _purpose(Organisation.objects.get(id=organisation_id))
        office.furnish(users[2], users)
        sender = _sender(place)
        _configure_simulator(place, sender.account)
    return Stage(organisation_id, purpose, sender, users[0], users[1])


def submit_templates(place: Place, stage: Stage) -> None:
    """Hand the template in, in both languages with the way out in each, and keep what WhatsApp approved."""
    with scope(stage.organisation_id):
        access = accounts.access_of(stage.sender)
        account = stage.sender.account
    drafts = [
        {
            "name": TEMPLATE,
            "language": language,
            "category": "MARKETING",
            "parameter_format": "NAMED",
            "components": templates.body_and_footer(body, OPT_OUT_FOOTER[language], example={"nama": "Siti"}),
        }
        for language, body in BODY.items()
    ]

    async def hand_in() -> list[dict[str, Any]]:
        async with accounts.client_for(access) as client:
            listed = [dict(entry) for entry in await client.templates(account.waba_id)]
            known = {(entry["name"], entry["language"]) for entry in listed}
            missing = [draft for draft in drafts if (draft["name"], draft["language"]) not in known]
            if missing:
                listed = await templates.submit(client, account, missing)
            for _ in range(REVIEW_POLLS):  # Meta reviews in its own time, the simulator a moment after the answer
                if all(entry["status"] != "PENDING" for entry in listed):
                    break
                await asyncio.sleep(REVIEW_POLL_S)
                listed = [dict(entry) for entry in await client.templates(account.waba_id)]
            return listed

    listed = asyncio.run(hand_in())
    with scope(stage.organisation_id):
        templates.keep(account, listed)
        templates.note_submission(TEMPLATE, sorted(BODY))


def simulator_log(place: Place) -> Path:
    """The simulator's own log: what the outside world saw, and the oracle of the demo's checks."""
    return place.data / "simulator.jsonl"


def simulator_config(place: Place) -> Path:
    return place.data / "simulator.json"


def _organisation(name: str, slug: str) -> UUID:
    known = registry.organisation_at(slug)
    if known:
        return known
    return registry.found(
        name,
        slug=slug,
        registration_number="202601012345",
        address="12 Jalan Merdeka, 50000 Kuala Lumpur",
        contact_email=f"privasi@{slug}.example",
        contact_phone="03-1234 5678",
    ).id


def _people(place: Place, organisation_id: UUID, people: dict[str, tuple[Role, str]]) -> list[User]:
    users = []
    for email, (role, name) in people.items():
        user = registry.add_user(email, place.memory.secrets["password"], full_name=name)
        with scope(organisation_id):
            registry.add_member(user, role)
        users.append(user)
    return users


def _purpose(organisation: Organisation) -> Purpose:
    who = wording.Particulars(
        organisation.name, organisation.address, organisation.contact_email, organisation.contact_phone
    )
    kinds = {"ms": "tawaran kelas dan promosi pendaftaran", "en": "class offers and enrolment promotions"}
    version = publishing.publish_notice("promosi", wording.notice(who, kinds=kinds, per_month=4, days=730))
    opening.change(ANY_HOUR, by=None)  # nobody real is woken, and a demo is looked at by night as well
    known = Purpose.objects.filter(key="promosi").first()
    purpose = known or purposes.add_purpose(
        "promosi",
        name={"ms": "Promosi kelas", "en": "Class promotions"},
        description={
            "ms": "Tawaran kelas dan promosi pendaftaran, paling banyak 4 mesej sebulan",
            "en": "Class offers and enrolment promotions, at most 4 messages a month",
        },
        notice=version.notice,
    )
    living.publish(living.first_texts(who))
    return purpose


def _sender(place: Place) -> SenderNumber:
    account = BusinessAccount.objects.filter(waba_id=WABA_ID).first()
    if account is None:
        account = accounts.connect(
            waba_id=WABA_ID,
            name="Akademi Cahaya",
            token=place.memory.secrets["token"],
            app_secrets=[place.memory.secrets["app_secret"]],
            base_url=place.url("simulator"),
        )
    elif account.base_url != place.url("simulator"):
        accounts.move_account(account, place.url("simulator"))
        account.refresh_from_db()
    sender = accounts.add_sender(account, phone_number_id=PHONE_NUMBER_ID, display=f"+{DISPLAY}", per_second=PER_SECOND)
    return SenderNumber.objects.select_related("account").get(id=sender.id)


def _configure_simulator(place: Place, account: BusinessAccount) -> None:
    """80 ms latency, 80 messages a second, a review that takes a moment, and one reader in 60 who answers BERHENTI."""
    config = {
        "app_secret": place.memory.secrets["app_secret"],
        "verify_token": accounts.secrets_of(account).verify_token,
        "access_token": place.memory.secrets["token"],
        "webhook_url": f"{place.url('door')}/webhooks/{account.webhook_key}",
        "business_account_id": WABA_ID,
        "phone_numbers": [{"id": PHONE_NUMBER_ID, "display_phone_number": DISPLAY, "messages_per_second": PER_SECOND}],
        "latency_ms": 80,
        "template_review_ms": 300,
        "people": {
            "reply_rules": [{"after": "delivered", "one_in": 60, "text": "BERHENTI", "delay_ms": 300, "repeat_max": 12}]
        },
    }
    simulator_config(place).write_text(json.dumps(config))
