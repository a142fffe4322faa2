"""An import does not count before its review, and weak evidence not where a purpose asks for more."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import consent_cast as cast
import pytest
from consent_cast import HEADER, NOON, House, line, number
from importing import let_in

from izin.campaigns.preflight import audience_of
from izin.consent import files, intake, purposes, records, review, suppressions
from izin.consent.grades import Grade
from izin.consent.models import ContactFile, Evidence, Standing
from izin.consent.review import NotForReview
from izin.contacts import book
from izin.contacts.models import Contact
from izin.evidence.person import bundle_of_person
from izin.ledger import checkpoints
from izin.ledger.models import Entry
from izin.lib import clock
from izin.organisations.scope import scope
from izin_verify import bundle
from izin_verify.note import Key

UPLOADER, REVIEWER = uuid4(), uuid4()
PROVEN = HEADER.replace("sumber", "sumber,bukti,pengumpul")


@pytest.fixture
def house(opened: None) -> House:
    return cast.found()


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.frozen(NOON) as hands:
        yield hands


def received(house: House, *lines: str, header: str = HEADER) -> ContactFile:
    """The file, read and waiting for its review."""
    body = "\n".join((header, *lines)).encode()
    with scope(house.id):
        file, _ = files.receive(body, name="s.csv", purpose=house.purposes["promosi"], uploaded_by=UPLOADER)
    return intake.take_in(house.id, file.id)


def told(house: House, kind: str) -> list[dict[str, Any]]:
    with scope(house.id):
        return [json.loads(bytes(one.leaf))["body"] for one in Entry.objects.filter(kind=kind).order_by("seq")]


def test_nothing_of_a_file_counts_before_somebody_else_has_looked_but_its_refusals_do(house: House) -> None:
    house.take_in(line(9))
    file = received(house, line(1), line(2), line(3, notice=""), line(9, withdrawn="2026-06-01"))
    assert (file.state, file.evidenced, file.granted, file.withdrawn) == (ContactFile.State.REVIEW, 2, 0, 1)
    assert house.standing(number(9)) == "refused"
    again = intake.take_in(house.id, file.id)  # a job that is run twice brings nothing in
    with scope(house.id):
        assert (again.granted, book.find("phone", number(1))) == (0, None)
        assert audience_of(house.purposes["promosi"]) == {}
        with pytest.raises(NotForReview, match="Ask somebody else"):
            review.accept(file.id, by=UPLOADER, confirmed=[2, 3])
    with scope(house.id), pytest.raises(NotForReview, match="1 of 2 proofs"):
        review.accept(file.id, by=REVIEWER, confirmed=[2])
    with scope(house.id):
        review.accept(file.id, by=REVIEWER, confirmed=[2, 3])
    ended = intake.take_in(house.id, file.id)
    assert (ended.state, ended.granted, ended.reviewed_by) == (ContactFile.State.DONE, 2, REVIEWER)
    assert [house.standing(number(index)) for index in (1, 2, 9)] == ["granted", "granted", "refused"]
    accepted = {"file": str(file.id), "reviewer": str(REVIEWER), "rows": 2, "sample": 2}
    assert accepted in told(house, "import.accepted")
    assert house.problems() == []


def test_one_proof_that_does_not_fit_puts_the_whole_file_out(house: House) -> None:
    file = received(house, line(1), line(2), line(3, withdrawn="2026-06-01"))
    with scope(house.id):
        review.refuse(file.id, by=REVIEWER, because="proof_missing")
    ended = intake.take_in(house.id, file.id)
    assert (ended.state, ended.refusal, ended.granted, ended.body_sealed) == ("refused", "proof_missing", 0, None)
    assert [one["why"] for one in told(house, "import.refused")] == ["proof_missing"]
    with scope(house.id):
        assert not Contact.objects.exists()
        assert suppressions.suppressed_among([number(3)], house.purposes["promosi"]) == {number(3)}
    with scope(house.id), pytest.raises(NotForReview):
        review.accept(file.id, by=REVIEWER, confirmed=[2, 3])
    assert received(house, line(1), line(2), line(3, withdrawn="2026-06-01")).id == file.id  # no second try
    with scope(house.id):
        assert not Evidence.objects.filter(act="attested").exists()


def test_a_refusal_between_review_and_recording_wins(house: House) -> None:
    file = received(house, line(1), line(2))
    with scope(house.id):
        review.accept(file.id, by=REVIEWER, confirmed=[2, 3])
        records.withdraw("phone", number(1), method="wa_keyword", at=clock.now())
    ended = intake.take_in(house.id, file.id)
    assert (ended.granted, ended.kept_refused) == (1, 1)
    assert [house.standing(number(index)) for index in (1, 2)] == [None, "granted"]


def test_the_sample_is_drawn_from_the_rows_with_evidence(house: House) -> None:
    rows = [line(index) if index % 2 else line(index, notice="") for index in range(500)]
    file = received(house, *rows)
    with scope(house.id):
        sample = files.sample_of(file)
    assert (file.evidenced, len(sample)) == (250, 20)
    assert all((one.line - 2) % 2 and one.number.e164 == number(one.line - 2) for one in sample)
    assert told(house, "import.read")[-1]["sample"] == 20


def test_weak_evidence_stands_only_where_the_purpose_accepts_it_and_the_verifier_agrees(house: House) -> None:
    file = received(
        house,
        f"A,{number(1)},ms,2026-03-01,paper,promosi@1,Kaunter,imbasan-17.pdf,Kak Ros,",
        f"B,{number(2)},ms,2026-03-01,paper,promosi@1,Kaunter,,,",
        header=PROVEN,
    )
    assert file.grades == {"DOCUMENTED": 1, "STATED": 1}
    let_in(house.id, file.id)
    purpose = house.purposes["promosi"]
    for least, expected in (
        (Grade.STATED, ["granted", "granted"]),
        (Grade.DOCUMENTED, ["granted", "pending"]),
        (Grade.OWN_ACT, ["pending", "pending"]),
        (Grade.STATED, ["granted", "granted"]),
    ):
        with scope(house.id):
            purposes.accept_from(purpose, least)
            purpose.refresh_from_db()
            assert sum(audience_of(purpose).values()) == expected.count("granted")
        assert [house.standing(number(index)) for index in (1, 2)] == expected
        assert house.problems() == []
        with scope(house.id):
            person = book.find("phone", number(2))
            assert person is not None
            made = bundle_of_person(person.subject_ref)
            key = Key.parse(checkpoints.verifier_key())
        assert bundle.verify(made, key)
    with scope(house.id):
        assert Standing.objects.count() == 2
        assert sorted(Evidence.objects.values_list("grade", flat=True)) == [1, 2]


def test_reviewing_in_the_terminal(house: House, tmp_path: Path) -> None:
    from izin.organisations import registry
    from izin.organisations.models import Role

    with scope(house.id):
        mark = uuid4().hex[:8]
        reviewer = registry.add_user(f"semak-{mark}@contoh.example", "kata laluan panjang", full_name="R")
        registry.add_member(reviewer, Role.REVIEWER)
    (tmp_path / "s.csv").write_text(f"{HEADER}\n{line(1)}\n")
    (tmp_path / "password").write_text("kata laluan panjang\n")
    first = izin("import", str(tmp_path / "s.csv"), "--purpose", "promosi", "--organisation", house.slug, "--json")
    assert json.loads(first.stdout)["state"] == "review"
    command = ["contacts", "review", "--organisation", house.slug, "--reviewer", reviewer.username, "--accept"]
    second = izin(*command, "--reviewer-password-file", str(tmp_path / "password"), "--json")
    assert json.loads(second.stdout)["granted"] == 1
    assert number(1) not in first.stdout + first.stderr + second.stdout + second.stderr
    assert "line 2: +60 •••••• 01, 2026-03-01, paper, promosi@1, Kaunter" in second.stderr
    assert house.standing(number(1)) == "granted"


def izin(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "izin", *arguments]
    return subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True, timeout=60)
