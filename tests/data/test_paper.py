"""A form signed on paper: what stands, what it proves, what it never lifts, and that it goes with the person."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import consent_cast as cast
import pytest
from consent_cast import DAY, NOON, House, number

from izin.consent import paper, records, scans
from izin.consent.grades import Grade
from izin.consent.models import Evidence, SignedForm
from izin.consent.paper import NotRecorded, Signed
from izin.consent.purposes import accept_from
from izin.contacts import book
from izin.contacts.book import Known, Newcomer
from izin.contacts.models import Contact
from izin.evidence.person import bundle_of_person
from izin.ledger import checkpoints
from izin.lib import clock
from izin.lib.phone import PhoneNumber
from izin.organisations.scope import scope
from izin.rights import erasure
from izin_verify import acts as acts_of
from izin_verify import bundle as verifier
from izin_verify.note import Key
from izin_verify.refusal import Refused

PNG = b"\x89PNG\r\n\x1a\n Zqtandatangan \x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0 photo \xff\xd9"
PDF = b"%PDF-1.7\nscan\n%%EOF\n"
STAFF = uuid4()


@pytest.fixture(scope="module")
def opening(opened: None) -> House:
    with clock.frozen(NOON):
        return cast.found()


@pytest.fixture
def house(opening: House) -> Iterator[House]:
    """Ten days after its wordings were published."""
    with clock.frozen(NOON + 10 * DAY), scope(opening.id):
        yield opening


def record(house: House, index: int, *purposes: str, **changes: Any) -> Known:
    chosen = {house.purposes[key]: house.versions[key] for key in purposes or ("promosi",)}
    given = {"method": "paper", "at": NOON + 9 * DAY, "language": "ms", "choices": chosen, "scan": PNG} | changes
    newcomer = Newcomer(PhoneNumber(number(index)), "Puan Zqkertas", "ms")
    return paper.record(Signed(newcomer, **given), by=STAFF)


def test_what_was_signed_stands_for_what_was_chosen_and_the_bundle_proves_it(house: House) -> None:
    person = record(house, 1)
    assert (house.standing(number(1)), house.standing(number(1), "jadual")) == ("granted", None)
    act = Evidence.objects.get(contact_id=person.id)
    assert (act.act, act.method, act.grade, act.at) == ("attested", "paper", Grade.DOCUMENTED, NOON + 9 * DAY)
    kept = SignedForm.objects.get(contact_id=person.id)
    assert b"Zqtandatangan" not in bytes(kept.body_sealed)
    assert house.problems() == []
    raw, digest = bundle_of_person(person.subject_ref), hashlib.sha256(PNG).hexdigest()
    report = verifier.verify(raw, Key.parse(checkpoints.verifier_key()))
    assert dict(report.proven)["scans"] == {"scans": 1} and f"scans/{digest}.png".encode() in raw and PNG in raw
    with pytest.raises(Refused):
        verifier.verify(raw.replace(b"Zqtandatangan", b"Zqtandatengan"), Key.parse(checkpoints.verifier_key()))


def test_the_verifier_wants_each_scan_and_no_other() -> None:
    digest = hashlib.sha256(JPEG).hexdigest()
    act = acts_of.Act(7, 0, {}, {"scan": digest}, NOON)
    assert acts_of.check_scans({f"scans/{digest}.jpg": JPEG, "acts.jsonl": b""}, [act]) == 1
    for files, code in (({}, "scan_missing"), ({"scans/a.jpg": JPEG, "scans/b.jpg": PNG}, "scan_unnamed")):
        with pytest.raises(Refused) as refused:
            acts_of.check_scans(files, [act])
        assert refused.value.code == code


def test_a_purpose_that_asks_for_the_own_message_takes_no_paper(house: House) -> None:
    accept_from(house.purposes["jadual"], Grade.OWN_ACT)
    record(house, 2, "jadual")
    assert house.standing(number(2), "jadual") == "pending"
    accept_from(house.purposes["jadual"], Grade.DOCUMENTED)
    assert house.standing(number(2), "jadual") == "granted"


@pytest.mark.parametrize("known", [True, False], ids=["in the book", "by keyed hash alone"])
@pytest.mark.parametrize("refused", [None, "promosi"], ids=["everything", "this purpose"])
def test_a_refusal_is_never_lifted_and_nothing_is_kept(house: House, known: bool, refused: str | None) -> None:
    index = 10 + 2 * known + bool(refused)
    if known:
        cast.person(index)
    purpose = house.purposes[refused] if refused else None
    records.withdraw("phone", number(index), method="wa_keyword", at=NOON + DAY, purpose=purpose)
    before = (Contact.objects.count(), Evidence.objects.count(), SignedForm.objects.count())
    with pytest.raises(NotRecorded) as caught:
        record(house, index, "jadual", "promosi")  # signed after the refusal: still no own act
    assert caught.value.code == "refused"
    assert (Contact.objects.count(), Evidence.objects.count(), SignedForm.objects.count()) == before


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("future", {"at": NOON + 10 * DAY + timedelta(seconds=1)}),
        ("expired", {"at": NOON - 721 * DAY}),
        ("not_yet_published", {"at": NOON - DAY}),
        ("scan", {"scan": b"<html>" + PNG}),
        ("scan_size", {"scan": PNG[:8] + bytes(scans.MOST_BYTES) + PNG[-8:]}),
        ("choices", {"choices": {}}),
    ],
)
def test_what_cannot_be_is_not_recorded(house: House, code: str, changes: dict[str, Any]) -> None:
    with pytest.raises(NotRecorded) as caught:
        record(house, 20, **changes)
    assert caught.value.code == code
    assert book.find("phone", number(20)) is None


def test_the_same_scan_counts_once_for_a_person(house: House) -> None:
    record(house, 21)
    with pytest.raises(NotRecorded) as caught:
        record(house, 21)
    assert caught.value.code == "twice"
    record(house, 22)  # one sheet may bear several people's signatures


def test_an_erasure_takes_the_scan_along(house: House) -> None:
    person = record(house, 30)
    done = {step.table: step.rows for step in erasure.carry_out(person, method="preferences").plan.goes}
    assert done["consent_signedform"] == 1
    assert not SignedForm.objects.filter(contact_id=person.id).exists()
    assert house.problems() == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PNG, scans.PNG),
        (JPEG, scans.JPEG),
        (PDF, scans.PDF),
        (PNG[:-1], None),
        (JPEG[:-2], None),
        (PDF[:-7], None),
        (b"GIF89a", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b" " + PDF, None),
        (b"", None),
    ],
)
def test_a_scan_is_told_by_its_own_bytes(body: bytes, kind: scans.Kind | None) -> None:
    assert scans.kind_of(body) == kind
