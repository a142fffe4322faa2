"""Two organisations for every test, each with its people, a purpose, a contact, a file and a campaign."""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from importing import let_in

KINDS = {"ms": "tawaran kelas tuisyen", "en": "tuition class offers"}
BODIES = {"ms": "Salam {{nama}}, kelas cuti dibuka.", "en": "Hello {{nama}}, holiday classes start."}
FOOTERS = {"ms": "Balas BERHENTI untuk berhenti.", "en": "Reply STOP to stop."}
TITLES = {"ms": "Mesej daripada akademi", "en": "Messages from the academy"}
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
    from izin.accountability import living, recipients
    from izin.accountability.models import Recipient
    from izin.campaigns import audiences, lifecycle
    from izin.campaigns.audience import Audience, Languages
    from izin.compliance import versions
    from izin.consent import consent_forms, files, purposes, served
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
    house.objects["recipient"] = recipients.register(
        f"Cetak {house.name}",
        kind=Recipient.Kind.PROCESSOR,
        country="SG",
        role={"ms": "mencetak surat kami", "en": "prints our letters"},
        contract="Perjanjian 2026",
        ground=Recipient.Ground.CLAUSES,
        safeguards={"ms": "fasal kontrak", "en": "contract clauses"},
        purpose=house.purpose,
    )
    living.publish(living.first_texts(who))
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
    house.objects["file"], _ = files.receive(body, name=f"{house.name}.csv", purpose=house.purpose)
    for name, number in (("upload", "+60123456711"), ("review", "+60123456712")):
        other = body.replace(b"+60123456781", number.encode())
        state = files.State.UPLOADED if name == "upload" else files.State.WAITING
        house.objects[name], _ = files.receive(
            other, name=f"{name} {house.name}.csv", purpose=house.purpose, state=state
        )
    house.objects["campaign"] = lifecycle.draft(
        f"Kempen {house.name}",
        purpose=house.purpose,
        sender=sender,
        template_name="kelas_cuti",
        parameters={"nama": {"field": "name", "fallback": "tuan/puan"}},
        author=house.members["marketer"].id,
        not_after=now() + timedelta(days=2),
    )
    house.objects["audience"] = audiences.save(
        f"Khalayak {house.name}", Audience(include=(Languages(("ms",)),)), by=house.members["marketer"].id
    )
    house.objects["purpose"] = house.purpose
    page = f'<!doctype html><html lang="ms"><title>{house.slug}</title></html>'.encode()
    house.objects["digest"] = served.keep(page, language="ms", version=None)
    house.objects["form"] = consent_forms.start("borang", TITLES, who)
    house.objects["reply"] = wrote(account, sender, "+60199990001", "boleh ke?", queue="stranger")
    house.objects["breach"] = lost(house)
    house.objects["version"] = versions.keep("processing", versions.today("processing").as_json(), by=None)


def lost(house: Any, **more: Any) -> Any:
    """A breach in the register, found and understood at this moment."""
    from izin.compliance import breaches
    from izin.lib.clock import now

    at = now()
    given = {"detected_at": at, "aware_at": at, "happened_at": None, "zone": "Asia/Kuala_Lumpur"}
    given |= {"kinds": ["contact"], "facts": ["malicious"], "scope": {"kind": "all"}}
    texts = {"what": "Telefon hilang"}
    return breaches.record(**{**given, "texts": texts, "by": house.members["officer"].id, **more})


def signed(house: House) -> Any:
    """The scan of a form that the person of the file signed, inside the organisation's scope."""
    from izin.consent import paper
    from izin.consent.models import SignedForm
    from izin.consent.purposes import current_wording
    from izin.contacts.book import Newcomer
    from izin.lib.clock import now
    from izin.lib.phone import PhoneNumber

    wording = current_wording(house.purpose)
    assert wording is not None
    newcomer = Newcomer(PhoneNumber("+60123456781"))
    said = paper.Signed(
        newcomer, "paper", now(), "ms", {house.purpose: wording}, f"%PDF-1.7 {house.slug} %%EOF".encode()
    )
    paper.record(said, by=house.members["marketer"].id)
    return SignedForm.objects.get()


def wrote(account: Any, sender: Any, number: str, text: str, *, queue: str, intent: str = "other", **more: Any) -> Any:
    """A reply as the inbox keeps it, inside the organisation's scope; of somebody in the book when the number is."""
    from izin.contacts import book
    from izin.inbound.models import Delivery, Reply
    from izin.lib.clock import now
    from izin.lib.keyring import associated, seal
    from izin.organisations.keys import keys
    from izin.organisations.scope import current

    at = more.pop("at", now())
    person = book.find("phone", number)
    key = person.key if person else keys().inbox
    delivery = Delivery.objects.create(account=account, received_at=at, body_sealed=b"", state=Delivery.State.DONE)
    reply = Reply(
        contact_id=person.id if person else None,
        sender=sender,
        delivery=delivery,
        wamid_index=uuid4().bytes,
        identity_kind="phone",
        kind="text",
        intent=intent,
        confidence=0.4,
        because="nothing_said",
        received_at=at,
        queue=queue,
        due_at=None if queue == "done" else at + timedelta(days=1),
        **more,
    )
    for column, value in (("identity_sealed", number), ("text_sealed", text)):
        setattr(reply, column, seal(key, value, associated(current(), "inbound_reply", column, reply.id)))
    reply.save(force_insert=True)
    return reply


@pytest.fixture
def two(build: Callable[..., House]) -> tuple[House, House]:
    """A and B, with one file taken in, one not begun, and one that waits for its review."""
    from izin.consent import intake
    from izin.contacts import book
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope
    from izin.rights import register

    houses = build(), build()
    for house in houses:
        let_in(house.organisation.id, house.objects["file"].id)
        intake.take_in(house.organisation.id, house.objects["review"].id)
        with scope(house.organisation.id):
            house.objects["contact"] = Contact.objects.get()
            house.objects["scan"] = signed(house)
            person = book.find("phone", "+60123456781")
            house.objects["request_id"] = register.take_in(
                "access", channel="letter", person=person, asked="Data saya?"
            )
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


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the log handler of our own settings writes meanwhile."""
    from izin.consent.addresses import WithoutSecrets

    handlers = logging.getLogger().handlers
    ours = next(one for one in handlers if any(isinstance(each, WithoutSecrets) for each in one.filters))
    written = io.StringIO()
    before = ours.setStream(written)
    yield written
    ours.setStream(before)
