"""The clocks of a breach side by side, and whom its gravity says to tell (GDPR Art. 33, 34; PDPA s.12B)."""

from datetime import UTC, datetime, timedelta

import pytest

from izin.compliance import breach_rules as rules
from izin.compliance import breach_words as words
from izin.compliance.breach_rules import Moments

FOUND = datetime(2026, 11, 20, 9, tzinfo=UTC)
SURE = FOUND + timedelta(hours=10)
MOMENTS = Moments(FOUND, SURE)
HOUR = timedelta(hours=1)


def running(whom, *, kinds=("contact",), facts=("malicious",), people=10, **more):
    risk = rules.assess(kinds, facts, people)
    found = rules.clocks(MOMENTS, whom, risk, told=more.pop("told", {}), **more)
    return {(one.name, one.whom): one for one in found}


def test_each_law_has_its_own_beginning():
    found = running(["MY", "DE"])
    assert found["breach.my.commissioner", "MY"].due == FOUND + timedelta(hours=72)
    assert found["breach.gdpr.sa", "DE"].due == SURE + timedelta(hours=72)
    late = found["breach.gdpr.sa", "DE"].due + HOUR
    assert {one.state(SURE) for one in found.values()} == {"running"}
    assert found["breach.gdpr.sa", "DE"].state(late) == "overdue"


def test_seven_and_thirty_days_run_from_the_first_notice():
    told = {("authority", "MY"): FOUND + timedelta(hours=20)}
    found = running(["MY"], told=told)
    assert found["breach.my.subjects", "MY"].due == FOUND + timedelta(hours=20, days=7)
    assert found["breach.my.rest", "MY"].due == FOUND + timedelta(hours=20, days=30)
    assert found["breach.my.commissioner", "MY"].state(SURE + timedelta(days=30)) == "done"
    before = running(["MY"])
    assert ("breach.my.rest", "MY") not in before
    assert before["breach.my.subjects", "MY"].due == FOUND + timedelta(hours=72, days=7)
    too_late = running(["MY"], told={("authority", "MY"): FOUND + timedelta(hours=73)})
    assert too_late["breach.my.commissioner", "MY"].state(SURE) == "late"


def test_a_client_is_told_within_a_day_and_a_decision_stops_a_clock():
    found = running(["MY"], for_client=True, decided_not={("people", "")})
    assert found["breach.gdpr.processor", ""].due == SURE + timedelta(hours=24)
    assert found["breach.my.subjects", "MY"].state(SURE + timedelta(days=99)) == "waived"
    open_ones = rules.undecided(["MY"], tuple(found.values()))
    assert {one.name for one in open_ones} == {"breach.my.commissioner", "breach.gdpr.processor"}


@pytest.mark.parametrize(
    ("kinds", "facts", "people", "level", "gdpr", "pdpa", "told"),
    [
        (["contact"], [], 10, "risk", True, False, False),
        (["contact"], [], 1_001, "risk", True, True, False),
        (["contact"], ["malicious"], 10, "high", True, True, True),
        (["sensitive"], [], 1, "high", True, True, True),
        (["sensitive"], ["unintelligible"], 5_000, "unlikely", False, False, False),
        (["contact"], ["recovered"], 10, "unlikely", False, False, False),
        (["contact"], ["recovered", "public"], 10, "high", True, True, True),
    ],
)
def test_gravity_decides_whom_to_tell(kinds, facts, people, level, gdpr, pdpa, told):
    risk = rules.assess(kinds, facts, people)
    assert (risk.level, risk.needs_authority("gdpr"), risk.needs_authority("pdpa"), risk.needs_people()) == (
        level,
        gdpr,
        pdpa,
        told,
    )
    assert risk.because or not kinds


def test_a_controller_outside_the_union_tells_every_authority_there():
    counted = {"MY": 9, "DE": 1, "FR": 1, "GB": 1, "SG": 2}
    assert rules.authorities("MY", counted) == ("MY", "DE", "FR", "GB")
    assert rules.authorities("DE", counted) == ("MY", "DE", "GB")
    assert rules.authorities("MY", {}) == ("MY",)
    assert rules.without_rule("MY", counted) == ("SG",)


def test_every_code_has_its_words():
    assert set(words.KIND_NAMES) == set(rules.KINDS) and set(words.FACT_NAMES) == set(rules.FACTS)
    listed = {
        one.name
        for one in rules.clocks(
            MOMENTS,
            ["MY", "DE", "GB"],
            rules.assess(["sensitive"], [], 9),
            told={("authority", "MY"): SURE},
            for_client=True,
        )
    }
    assert listed == set(words.CLOCK_NAMES)


def test_a_notice_names_what_it_lacks():
    given = {
        "organisation": "Akademi",
        "registration": "1",
        "address": "Jalan 1",
        "email": "",
        "phone": "",
        "number": 3,
        "happened": None,
        "detected": FOUND,
        "aware": SURE,
        "zone": "Asia/Kuala_Lumpur",
        "kinds": ["contact"],
        "people": 7,
        "records": 20,
        "countries": {"MY": 7},
        "level": "risk",
        "is_late": True,
    }
    whole = dict.fromkeys(words.TEXTS, "Teks.")
    empty = words.to_authority(words.Told(**given, texts={}), "MY")
    assert len(empty.missing) == 11  # five parts in two languages, and nobody to ask
    given |= {"email": "p@example.test"}
    full = words.Told(**given, texts={"ms": whole, "en": whole})
    assert words.to_authority(full, "DE").missing == words.to_people(full).missing == ()
    without_malay = words.Told(**given, texts={"en": whole})
    assert [said["en"] for said in words.to_people(without_malay).missing] == [
        f"{words.TEXTS[name]['en']} (Malay)" for name in words.FOR_PEOPLE
    ]
