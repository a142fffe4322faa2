"""The officer's documents: what the law wants in each is there, in both languages, and what is missing is named."""

from dataclasses import replace

import pytest

from izin.compliance import agreement, assessment, processing
from izin.compliance.facts import GROUNDS, KINDS, Facts, PurposeFact, RecipientFact
from izin.compliance.papers import both, paper_of, same
from izin.compliance.retention import RULES

NAME = both("Tawaran", "Offers")
FACTS = Facts(
    name="Akademi Cahaya",
    registration="2026",
    address="Jalan 1",
    email="p@example.test",
    phone="",
    country="MY",
    officers=("Mei Ling",),
    people=900,
    countries={"MY": 900},
    purposes=(PurposeFact(NAME, NAME, 730, 800),),
    recipients=(
        RecipientFact("WhatsApp (Meta)", KINDS["processor"], "US", NAME, "Terms", GROUNDS["clauses"], NAME),
        RecipientFact("Cetak Utara", KINDS["processor"], "MY", NAME, "2026", GROUNDS["home"], same("")),
    ),
    spans={rule.key: rule.days for rule in RULES},
    secure=True,
)


def said(paper, language="en"):
    return str([one[language] for one in _all(paper.as_json()["sections"])])


def _all(node):
    if isinstance(node, dict) and set(node) == {"ms", "en"}:
        yield node
    elif isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from _all(one)


def test_the_record_says_what_article_30_wants_and_names_what_is_missing():
    empty = processing.record(FACTS, {})
    assert [one["en"] for one in empty.missing] == [
        "Data protection officer: name and contact",
        "Further security measures",
    ]
    answers = {"officer": "Mei Ling, 03-1", "security_more": "Pejabat berkunci"}
    whole = processing.record(FACTS, answers)
    assert whole.missing == () and paper_of(whole.as_json()) == whole
    text = said(whole)
    for part in (
        "Akademi Cahaya",
        "Mei Ling, 03-1",
        "Offers",
        "WhatsApp (Meta)",
        "standard contract clauses",
        "730 days",
    ):
        assert part in text
    assert "Pejabat berkunci" in text and "We process for nobody else." in text
    assert all(one["ms"] and one["en"] for one in _all(whole.as_json()))
    abroad = processing.record(replace(FACTS, countries={"MY": 1, "DE": 2}), answers)
    assert [one["en"] for one in abroad.missing] == ["Representative in the Union or the UK: people live there"]
    agency = processing.record(FACTS, answers | {"clients": "Kedai A, a@example.test\nKedai B"})
    assert [one["en"] for one in agency.missing] == ["Categories of processing for each client"]
    assert "Kedai B" in said(agency)


@pytest.mark.parametrize(
    ("people", "answers", "needed"),
    [
        (900, {}, None),  # sensitive and vulnerable are open
        (900, {"sensitive": "no"}, False),
        (900, {"sensitive": "no", "vulnerable": "yes"}, False),
        (900, {"sensitive": "yes", "vulnerable": "yes"}, True),
        (20_001, {"sensitive": "no", "vulnerable": "no"}, True),
        (20_001, {"sensitive": "no", "vulnerable": "no", "large": "no"}, True),
    ],
)
def test_two_criteria_or_the_malaysian_number_need_an_assessment(people, answers, needed):
    facts = replace(FACTS, people=people)
    given = assessment.first_answers(facts) | answers
    assert assessment.is_needed(facts, given) is needed
    result = assessment.assessment(facts, answers).sections[0].text[0]["en"]
    words = {None: "cannot be said yet", False: "not needed: fewer than 2", True: "needed, because of"}
    assert words[needed] in result


def test_the_assessment_says_what_article_35_wants():
    answers = {"sensitive": "no", "vulnerable": "yes", "vulnerable_why": "Pelajar di bawah 18", "necessity": "Perlu."}
    undecided = assessment.assessment(FACTS, answers)
    assert len(undecided.missing) == 2 + len(assessment.DANGERS), "nobody but staff says which risk remains"
    answers |= {f"residual_{one.key}": "low" for one in assessment.DANGERS}
    paper = assessment.assessment(FACTS, answers)
    assert [one["en"] for one in paper.missing] == ["Advice of the officer (Art. 35(2))", "Decided by (name, position)"]
    text = said(paper)
    assert "Pelajar di bawah 18" in text and "This cannot be hidden from Meta" in text
    assert "Izin scores nobody." in text and "Article 36" not in text
    assert "Art. 36" in said(assessment.assessment(FACTS, answers | {"residual_stolen": "high"}))


def test_the_agreement_has_every_item_of_article_28_3():
    paper = agreement.agreement(FACTS, {})
    assert len(paper.missing) == 4
    text = said(paper)
    for item in "abcdefgh":
        assert f"28(3)({item})" in text
    for part in ("Subject and nature", "Duration", "Purposes", "Types of data", "Categories of people", "Cetak Utara"):
        assert part in text
    given = {"client": "Kedai", "client_address": "Jalan", "client_officer": "Ali", "duration": "setahun"}
    assert agreement.agreement(FACTS, given).missing == ()
    assert len({law for law, _name, _words in agreement.CLAUSES}) == len(agreement.CLAUSES)
