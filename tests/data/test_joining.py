"""The code of the join form: what it stands for, for how long, for whom, and what is kept of it."""

from dataclasses import dataclass
from datetime import timedelta

import consent_cast as cast
import pytest
from consent_cast import NOON, House, number

from izin.consent import joining, records, suppressions
from izin.consent.joining import ALPHABET, CODE_LENGTH, LIFETIME, Joined
from izin.consent.models import Evidence, JoinCode, Standing
from izin.consent.proof import open_payload
from izin.contacts import book
from izin.contacts.models import Contact
from izin.ledger.models import Entry
from izin.lib import clock
from izin.lib.phone import PhoneNumber
from izin.organisations.scope import scope

SHOWN = NOON - timedelta(minutes=5)


@dataclass
class Visit:
    """Somebody at the join form of a house."""

    house: House
    hands: clock.Hands

    def code(self, *purposes: str, language: str = "ms") -> str:
        choices = [(self.house.purposes[key], self.house.versions[key]) for key in purposes or ("promosi",)]
        with scope(self.house.id):
            return joining.issue_code(choices, language=language, shown_at=SHOWN)

    def send(self, code: str, index: int = 1, house: House | None = None) -> Joined | None:
        """The message with the code, from ``number(index)``."""
        with scope((house or self.house).id):
            return joining.redeem(
                code,
                PhoneNumber(number(index)),
                at=clock.now(),
                message_id="wamid.HBgL",
                text=f"SERTAI {code}",
                name="Puan Aminah",
            )

    def people(self) -> int:
        with scope(self.house.id):
            return Contact.objects.count()


@pytest.fixture
def visit(opened: None):  # type: ignore[no-untyped-def]
    with clock.frozen(NOON) as hands:
        yield Visit(cast.found(), hands)


def test_a_code_is_good_once(visit: Visit) -> None:
    code = visit.code()
    assert visit.send(code) is not None
    assert visit.send(code) is None
    assert visit.send(code, index=2) is None
    with scope(visit.house.id):
        assert Evidence.objects.count() == Standing.objects.count() == Contact.objects.count() == 1
    assert visit.house.problems() == []


def test_consent_is_the_sending_numbers(visit: Visit) -> None:
    visit.send(visit.code(), index=4)
    assert visit.house.standing(number(4)) == "granted"
    with scope(visit.house.id):
        person = book.find("phone", number(4))
        assert person is not None
        assert set(book.names(Contact.objects.all()).values()) == {"Puan Aminah"}
        assert Evidence.objects.get().subject_ref == person.subject_ref


def test_only_what_was_ticked_is_granted(visit: Visit) -> None:
    joined = visit.send(visit.code("jadual"))
    assert joined is not None
    assert [purpose.key for purpose in joined.purposes] == ["jadual"]
    assert [visit.house.standing(number(1), key) for key in ("promosi", "jadual")] == [None, "granted"]


def test_several_purposes_are_several_acts(visit: Visit) -> None:
    joined = visit.send(visit.code("promosi", "jadual"))
    assert joined is not None
    assert {purpose.key for purpose in joined.purposes} == {"promosi", "jadual"}
    with scope(visit.house.id):
        assert Evidence.objects.count() == 2
        assert Entry.objects.filter(kind="consent.given").count() == 1
    assert visit.house.problems() == []


def test_a_code_is_good_until_its_last_moment(visit: Visit) -> None:
    early, late = visit.code(), visit.code()
    visit.hands.move(LIFETIME - timedelta.resolution)
    assert visit.send(early) is not None
    visit.hands.move(timedelta.resolution)
    assert visit.send(late, index=2) is None
    assert visit.people() == 1


@pytest.mark.parametrize("code", ["", "ABCDEFGH", "0O1I", "SERTAI", "' OR 1=1 --", "ß" * 8])
def test_an_unknown_code_adds_nobody(visit: Visit, code: str) -> None:
    visit.code()
    assert visit.send(code) is None
    assert visit.people() == 0


def test_another_organisations_code_is_unknown_here(visit: Visit) -> None:
    other = cast.found()
    code = visit.code()
    assert visit.send(code, house=other) is None
    assert other.standing(number(1)) is None
    assert visit.send(code) is not None  # and it was not used up over there


def test_the_same_code_in_two_organisations_has_two_hashes(visit: Visit) -> None:
    other = cast.found()
    for house in (visit.house, other):
        with scope(house.id):
            JoinCode.objects.create(
                index=joining._index("ABCDEFGH"),
                purposes=[],
                language="ms",
                shown_at=SHOWN,
                expires_at=NOON + LIFETIME,
            )
    kept = []
    for house in (visit.house, other):
        with scope(house.id):
            kept.append(bytes(JoinCode.objects.get().index))
    assert kept[0] != kept[1]


def test_small_letters_do_as_well(visit: Visit) -> None:
    assert visit.send(visit.code().lower()) is not None


def test_a_code_is_easily_read_aloud_and_hard_to_guess(visit: Visit) -> None:
    codes = {visit.code() for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("0O1I") & set(ALPHABET)
    assert len(ALPHABET) ** CODE_LENGTH > 10**12


@pytest.mark.parametrize("language", ["ms", "en"])
def test_the_evidence_holds_the_words_that_were_shown_and_sent(visit: Visit, language: str) -> None:
    code = visit.code(language=language)
    joined = visit.send(code)
    assert joined is not None
    with scope(visit.house.id):
        evidence = Evidence.objects.get()
        payload = open_payload(evidence, joined.person.key)
    assert payload == {
        "shown": visit.house.versions["promosi"].texts[language],
        "shown_at": "2026-11-25T03:55:00.000Z",
        "words": f"SERTAI {code}",
        "message_id": "wamid.HBgL",
    }
    assert (evidence.act, evidence.method, evidence.language) == ("given", "web_form", language)
    assert (evidence.at, evidence.notice_version_id) == (NOON, visit.house.versions["promosi"].id)


def test_only_a_keyed_hash_of_the_code_is_kept(visit: Visit) -> None:
    code = visit.code()
    with cast.raw() as everywhere:
        rows = everywhere.execute(
            "SELECT j::text FROM consent_joincode j WHERE organisation_id = %(id)s UNION ALL "
            "SELECT convert_from(e.leaf, 'UTF8') FROM ledger_entry e WHERE organisation_id = %(id)s",
            {"id": visit.house.id},
        ).fetchall()
    text = "".join(row[0] for row in rows).lower()
    assert "consent.shown" in text
    assert code.lower() not in text
    assert code.encode().hex() not in text
    with scope(visit.house.id):
        assert len(bytes(JoinCode.objects.get().index)) == 16


def test_what_was_shown_is_in_the_ledger_before_anybody_agrees(visit: Visit) -> None:
    visit.code("promosi", "jadual")
    with scope(visit.house.id):
        entry = Entry.objects.order_by("-seq").first()
        assert entry is not None
        assert entry.kind == "consent.shown"
        assert all(version.digest.encode() in bytes(entry.leaf) for version in visit.house.versions.values())
        assert not Standing.objects.exists()


def test_joining_after_a_refusal_is_the_persons_own_way_back(visit: Visit) -> None:
    with scope(visit.house.id):
        records.withdraw("phone", number(1), method="wa_keyword", at=clock.now())
    visit.hands.move(timedelta(seconds=1))
    assert visit.send(visit.code()) is not None
    assert visit.house.standing(number(1)) == "granted"
    with scope(visit.house.id):
        assert suppressions.suppressed_among([number(1)], visit.house.purposes["promosi"]) == set()
        assert suppressions.suppressed_among([number(1)], visit.house.purposes["jadual"]) == {number(1)}


def test_a_known_person_who_joins_again_stays_one_person(visit: Visit) -> None:
    visit.house.take_in(cast.line(1))
    assert visit.send(visit.code()) is not None
    assert visit.people() == 1
    with scope(visit.house.id):
        assert set(book.names(Contact.objects.all()).values()) == {"Orang 1"}
    assert visit.house.problems() == []
