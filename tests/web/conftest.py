"""Two organisations for every test, each with its people, a purpose, a contact, a file and a campaign."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

KINDS = {"ms": "tawaran kelas tuisyen", "en": "tuition class offers"}
BODIES = {"ms": "Salam {{nama}}, kelas cuti dibuka.", "en": "Hello {{nama}}, holiday classes start."}
FOOTERS = {"ms": "Balas BERHENTI untuk berhenti.", "en": "Reply STOP to stop."}
CSV = (
    "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber\n"
    "{name},+60123456781,ms,2026-01-02,qr,promosi@1,Hari terbuka\n"
    "Tanpa Bukti,+60123456782,ms,,,,\n"
    "Salah,4.91E+12,ms,2026-01-02,qr,promosi@1,Hari terbuka\n"
)


@dataclass
class House:
    """One organisation and what belongs to it. ``secrets`` must show on no page of anybody else."""

    organisation: Any
    slug: str
    name: str
    person: str
    members: dict[str, Any] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    purpose: Any = None

    @property
    def secrets(self) -> list[str]:
        return [self.name, self.slug, self.person, *(str(one.id) for one in self.objects.values())]


@pytest.fixture
def build(database: None) -> Callable[..., House]:
    """Found an organisation with everything in it, under a name of its own."""
    from izin.organisations import registry
    from izin.organisations.models import Role, User
    from izin.organisations.scope import scope

    def one(*, filled: bool = True) -> House:
        mark = uuid4().hex[:10]
        organisation = registry.found(
            f"Akademi {mark}",
            slug=f"akademi-{mark}",
            address="12 Jalan Ilmu, Shah Alam",
            contact_email="privasi@akademi.example",
            contact_phone="+60 3-5555 0100",
        )
        house = House(organisation, organisation.slug, organisation.name, f"Puan Rahsia {mark}")
        with scope(organisation.id):
            for role in Role:
                house.members[role] = User.objects.create_user(username=f"{role}-{mark}@akademi.example")
                registry.add_member(house.members[role], role)
            if filled:
                _fill(house)
        return house

    return one


def _fill(house: House) -> None:
    from izin.campaigns import lifecycle
    from izin.consent import intake, purposes
    from izin.lib.clock import now
    from izin.notices import publishing, wording
    from izin.whatsapp import accounts, templates
    from izin.whatsapp.models import Template

    who = wording.Particulars(house.name, "12 Jalan Ilmu", "privasi@akademi.example", "+60 3-5555 0100")
    version = publishing.publish_notice("promosi", wording.notice(who, kinds=KINDS, per_month=4, days=720))
    house.purpose = purposes.add_purpose(
        "promosi",
        name={"ms": "Tawaran kelas", "en": "Class offers"},
        description=KINDS,
        notice=version.notice,
    )
    publishing.publish_policy(wording.policy(who))
    account = house.objects["account"] = accounts.connect(
        waba_id=uuid4().hex, name=house.name, token="t", app_secrets=["s"]
    )
    sender = accounts.add_sender(account, phone_number_id=uuid4().hex, display="+60 12-345 6789")
    templates.keep(
        account,
        [
            {
                "name": "kelas_cuti",
                "language": language,
                "category": "MARKETING",
                "status": "APPROVED",
                "components": templates.body_and_footer(body, FOOTERS[language], example={"nama": "Siti"}),
            }
            for language, body in BODIES.items()
        ],
    )
    house.objects["template"] = Template.objects.filter(account=account).first()
    body = CSV.format(name=house.person).encode()
    house.objects["file"], _ = intake.receive(body, name=f"{house.name}.csv", purpose=house.purpose)
    house.objects["campaign"] = lifecycle.draft(
        f"Kempen {house.name}",
        purpose=house.purpose,
        sender=sender,
        template_name="kelas_cuti",
        parameters={"nama": {"field": "name", "fallback": "tuan/puan"}},
        author=house.members["marketer"].id,
        not_after=now() + timedelta(days=2),
    )
    house.objects["purpose"] = house.purpose


@pytest.fixture
def two(build: Callable[..., House]) -> tuple[House, House]:
    """A and B, with their files taken in."""
    from izin.consent import intake

    houses = build(), build()
    for house in houses:
        intake.take_in(house.organisation.id, house.objects["file"].id)
    return houses


@pytest.fixture
def browse(database: None) -> Iterator[Callable[..., Any]]:
    """A client: ``browse(user)`` is signed in, ``browse()`` is not; ``language`` is the cookie's."""
    from django.test import Client

    def client(user: Any = None, language: str = "en", **options: Any) -> Any:
        one = Client(SERVER_NAME="localhost", **options)
        one.cookies["izin_language"] = language
        if user is not None:
            one.force_login(user)
        return one

    yield client
