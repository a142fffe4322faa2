"""Taking in files: the example's figures, files twice, withdrawals, broken files, and a process killed on the way."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import consent_cast as cast
import pytest
from consent_cast import HEADER, NOON, House, counts, line, number
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import let_in

from izin.consent import files, intake, records, review, suppressions
from izin.consent.models import ContactFile, Evidence, Standing, Suppression
from izin.consent.proof import open_payload
from izin.contacts import book
from izin.contacts.models import Contact
from izin.ledger.models import Entry
from izin.lib import clock
from izin.organisations.scope import scope

EXAMPLES = Path(__file__).parents[2] / "examples"
AKADEMI = (EXAMPLES / "akademi-cahaya.csv").read_bytes()


@pytest.fixture
def house(opened: None) -> House:
    return cast.found()


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.frozen(NOON) as hands:
        yield hands


def reasons(file: ContactFile) -> list[tuple[int, str, str]]:
    return [(one["line"], one["column"], one["code"]) for one in file.rejections]


def test_what_a_stranger_refused_stands_when_a_file_for_something_else_brings_them_in(house: House) -> None:
    with scope(house.id):
        records.withdraw("phone", number(1), method="wa_keyword", at=clock.now(), purpose=house.purposes["jadual"])
    file = house.take_in(line(1), line(2))
    assert (file.granted, file.kept_refused) == (2, 0)
    assert (house.standing(number(1)), house.standing(number(1), "jadual")) == ("granted", "refused")
    assert house.standing(number(2), "jadual") is None
    assert house.problems() == []


def confirm(house: House, file: ContactFile) -> None:
    """The file read, and its sample confirmed by somebody."""
    intake.take_in(house.id, file.id)
    with scope(house.id):
        review.accept(file.id, by=uuid4(), confirmed=review.lines_of(ContactFile.objects.get(id=file.id)))


def withdraw(house: House, index: int) -> None:
    with scope(house.id):
        records.withdraw("phone", number(index), method="wa_keyword", at=clock.now())


# --- whole files ---


def test_the_example_file_has_the_figures_that_it_promises(house: House) -> None:
    expected = json.loads((EXAMPLES / "akademi-cahaya.expected.json").read_text())
    file = house.take_in_bytes(AKADEMI)
    assert file.state == ContactFile.State.DONE
    assert (file.rows, file.granted, file.withdrawn) == (
        expected["rows"],
        expected["importable"],
        expected["withdrawn"],
    )
    by_code: dict[str, set[int]] = {}
    for number_of_line, _, code in reasons(file):
        by_code.setdefault(code, set()).add(number_of_line)
    assert {code: len(lines) for code, lines in by_code.items()} == expected["rejected"]
    assert cast.accounted(file) == file.rows
    with scope(house.id):
        granted = Standing.objects.filter(standing=Standing.State.GRANTED)
        assert granted.count() == Contact.objects.count() == expected["importable"]
        assert Suppression.objects.count() == expected["withdrawn"]
        chunks = -(-expected["importable"] // intake.CHUNK)
        assert Entry.objects.filter(kind="consent.imported").count() == chunks
    assert house.problems() == []


def test_the_same_file_twice_is_taken_in_once(house: House) -> None:
    first = house.take_in(line(1), line(2))
    before = counts(first)
    again = house.take_in(line(1), line(2))
    assert again.id == first.id
    assert counts(again) == before


def test_the_same_people_in_another_file_are_the_same_people(house: House) -> None:
    house.take_in(line(1), line(2))
    house.take_in(line(2, consented="2026-05-01"), line(3))
    with scope(house.id):
        assert Contact.objects.count() == 3
        assert Standing.objects.count() == 3
        assert Evidence.objects.count() == 4
    assert house.problems() == []


def test_the_uploaded_file_does_not_outlive_its_import(house: House) -> None:
    with scope(house.id):
        file, _ = files.receive(f"{HEADER}\n{line(1)}".encode(), name="senarai.csv", purpose=house.purposes["promosi"])
        assert number(1).encode() not in bytes(file.body_sealed or b"")
        assert files.name_of(file) == "senarai.csv"
    waiting = intake.take_in(house.id, file.id)
    assert number(1).encode() not in bytes(waiting.sample_sealed or b"")
    ended = let_in(house.id, file.id)
    assert (ended.body_sealed, ended.sample_sealed) == (None, None)


def test_what_the_row_says_is_sealed_as_evidence(house: House) -> None:
    house.take_in(f"Orang,{number(1)},en,2026-03-01,kaunter,promosi@1,Cawangan Ipoh,", header=HEADER)
    with scope(house.id):
        evidence = Evidence.objects.select_related("notice_version").get()
        person = book.find("phone", number(1))
        assert person is not None
        assert dict(open_payload(evidence, person.key)) == {"source": "Cawangan Ipoh", "line": 2, "attributes": {}}
        assert evidence.notice_version.digest == house.versions["promosi"].digest
    assert (evidence.act, evidence.method, evidence.language) == ("attested", "counter", "en")


def test_a_person_without_a_stated_language_is_written_to_in_malay(house: House) -> None:
    house.take_in(f"Orang,{number(1)},,2026-03-01,paper,promosi@1,Kaunter,")
    with scope(house.id):
        assert Contact.objects.get().language == "ms"
        assert Evidence.objects.get().language == ""  # the evidence says no more than the file did


# --- withdrawals ---


def test_an_import_after_a_withdrawal_changes_nothing_and_says_so(house: House) -> None:
    house.take_in(line(1))
    withdraw(house, 1)
    file = house.take_in(line(1, consented="2026-11-01"), line(2))
    assert (file.granted, file.kept_refused, reasons(file)) == (1, 1, [(2, "", "refused_earlier")])
    assert house.standing(number(1)) == "refused"
    assert house.problems() == []


def test_an_import_of_a_number_that_refused_before_it_was_known_is_refused(house: House) -> None:
    withdraw(house, 1)
    file = house.take_in(line(1), line(2))
    assert (file.granted, file.kept_refused) == (1, 1)
    with scope(house.id):
        assert book.find("phone", number(1)) is None  # not kept, not even as a contact


def test_a_file_that_marks_withdrawn_suppresses_and_later_imports_are_refused(house: House) -> None:
    house.take_in(line(1))
    file = house.take_in(line(1, withdrawn="2026-06-01"), line(2, withdrawn="ya"), line(3, withdrawn="2026-06-02"))
    assert (file.withdrawn, file.granted) == (2, 0)
    assert reasons(file) == [(3, "tarikh_tarik_balik", "date_unreadable")]
    assert house.standing(number(1)) == "refused"
    later = house.take_in(line(1, consented="2026-07-01"), line(3, consented="2026-07-01"))
    assert (later.granted, later.kept_refused) == (0, 2)
    everything = house.take_in(line(1, notice="jadual@1"), line(3, notice="jadual@1"), purpose="jadual")
    assert (everything.granted, everything.kept_refused) == (0, 2)
    with scope(house.id):
        assert book.find("phone", number(3)) is None
        assert Suppression.objects.get(index=book.suppression_index("phone", number(3))).since.month == 6
    assert house.problems() == []


def test_a_number_that_refuses_while_its_file_is_taken_in_stays_refused(house: House) -> None:
    with scope(house.id):
        body = f"{HEADER}\n{line(1)}".encode()
        file, _ = files.receive(body, name="senarai.csv", purpose=house.purposes["promosi"])
    confirm(house, file)
    with scope(house.id):
        records.withdraw("phone", number(1), method="wa_keyword", at=clock.now())
        taking = cast.blocked(lambda: intake.take_in(house.id, file.id))
    assert (taking.result(60).granted, taking.result().kept_refused) == (0, 1)
    assert house.standing(number(1)) is None
    assert house.problems() == []


# Rows that bring the same person again, under any date, purpose and neighbours.
ROWS = st.lists(
    st.tuples(st.sampled_from(["2026-01-05", "2026-11-24", "2026-11-25T12:00+08:00"]), st.integers(1, 3)),
    min_size=1,
    max_size=4,
)
IMPORTS = st.lists(st.tuples(st.sampled_from(["promosi", "jadual"]), ROWS), min_size=1, max_size=4)


@pytest.mark.parametrize("known", [True, False])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(imports=IMPORTS)
def test_no_sequence_of_imports_undoes_a_withdrawal(opened: None, known: bool, imports: list[Any]) -> None:
    house = cast.found()
    if known:
        house.take_in(line(1))
    withdraw(house, 1)
    for turn, (purpose, rows) in enumerate(imports):
        lines = [line(index, consented=date, notice=f"{purpose}@1") for date, index in rows]
        file = house.take_in(*lines, f"# {turn}", purpose=purpose)
        assert cast.accounted(file) == file.rows
    assert [house.standing(number(1), purpose) for purpose in house.purposes] == ["refused" if known else None] * 2
    with scope(house.id):
        assert suppressions.suppressed_among([number(1)], house.purposes["jadual"]) == {number(1)}
    assert house.problems() == []


# --- rows and files that are wrong ---


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (line(1, notice="promosi@9"), ("versi_notis", "notice_unknown")),
        (line(1, notice="jadual@1"), ("versi_notis", "notice_unknown")),
        (line(1, consented="2023-01-01"), ("tarikh_persetujuan", "consent_expired")),
        ("Orang,,ms,2026-03-01,paper,promosi@1,Kaunter,", ("telefon", "empty")),
        ("Orang,=1+2,ms,2026-03-01,paper,promosi@1,Kaunter,", ("telefon", "formula")),
        ("Orang,4.91E+12,ms,2026-03-01,paper,promosi@1,Kaunter,", ("telefon", "scientific")),
        ("Orang,012-345 6789 / 012-345 6780,ms,2026-03-01,paper,promosi@1,Kaunter,", ("telefon", "two_numbers")),
        ("Orang,60123456789,ms,2026-03-01,paper,promosi@1,Kaunter,", ("telefon", "ambiguous")),
        (f"Or\x00ang,{number(1)},ms,2026-03-01,paper,promosi@1,Kaunter,", ("nama", "nul")),
        (f'"Orang,{number(1)},ms,2026-03-01,paper,promosi@1,Kaunter,', ("", "unclosed_quote")),
        (f'Or"ang,{number(1)},ms,2026-03-01,paper,promosi@1,Kaunter,', ("", "stray_quote")),
        (f"Orang,{number(1)},ms,2026-03-01", ("", "field_count")),
        (f"Orang,{number(1)},ms,03/04/2026,paper,promosi@1,Kaunter,", ("tarikh_persetujuan", "date_ambiguous")),
        (f"Orang,{number(1)},ms,2027-03-01,paper,promosi@1,Kaunter,", ("tarikh_persetujuan", "date_future")),
        (f"Orang,{number(1)},ms,2026-03-01,angin,promosi@1,Kaunter,", ("cara", "method_unknown")),
        (f"Orang,{number(1)},ms,2026-03-01,paper,promosi@1,,", ("sumber", "no_evidence")),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_the_rest_is_taken_in(house: House, row: str, expected: tuple[str, str]) -> None:
    file = house.take_in(line(11), row, line(12))
    assert reasons(file) == [(3, *expected)]
    assert (file.state, file.rows, file.granted) == (ContactFile.State.DONE, 3, 2)
    assert [house.standing(number(index)) for index in (1, 11, 12)] == [None, "granted", "granted"]
    assert house.problems() == []


def test_a_byte_that_is_no_text_costs_its_row_only(house: House) -> None:
    rows = [line(1), f"Oran\udcff,{number(2)},ms,2026-03-01,paper,promosi@1,Kaunter,", line(3)]
    file = house.take_in_bytes("\n".join((HEADER, *rows)).encode("utf-8", "surrogateescape"))
    assert (reasons(file), file.granted) == ([(3, "nama", "encoding")], 2)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings_of_spreadsheets_are_read(house: House, delimiter: str, encoding: str) -> None:
    text = "\r\n".join((HEADER, line(1), line(2))).replace(",", delimiter)
    assert house.take_in_bytes(text.encode(encoding)).granted == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04 and the rest of a workbook", "spreadsheet_file"),
        (b"%PDF-1.7", "not_a_table"),
        (HEADER.encode("utf-16-le"), "encoding_unsupported"),
        (b"nama,bahasa\nOrang,ms", "no_phone_column"),
        (b"telefon,phone\n+60123456789,+60123456789", "duplicate_column"),
        (b"Orang,+60123456789,ms", "header_missing"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(house: House, body: bytes, code: str) -> None:
    file = house.take_in_bytes(body)
    assert (file.state, file.refusal, file.body_sealed) == (ContactFile.State.REFUSED, code, None)
    with scope(house.id):
        assert not Evidence.objects.exists()


CELLS = st.text(alphabet="aé\"'=;,\n\r\x00+0 \ufeff\ud83d", max_size=12) | st.sampled_from([number(1), "2026-03-01"])
BROKEN = st.lists(
    st.lists(CELLS, min_size=1, max_size=9).map(",".join) | st.builds(line, st.integers(1, 5)), max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=BROKEN)
def test_every_record_of_any_file_is_accounted_for(opened: None, rows: list[str]) -> None:
    house = cast.found("promosi")
    file = house.take_in_bytes("\n".join((HEADER, *rows)).encode("utf-8", "surrogatepass"))
    if file.state == ContactFile.State.DONE:
        assert cast.accounted(file) == file.rows
    assert house.problems() == []


# --- stopped on the way ---


def run_import(house: House, file: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own; it shares the test's database and keys."""
    command = [sys.executable, "-m", "izin", "import", str(file), "--purpose", "promosi", "--json"]
    return subprocess.run(
        [*command, "--organisation", house.slug],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def only_file(house: House) -> ContactFile:
    with scope(house.id):
        return ContactFile.objects.get()


def test_an_import_killed_in_the_middle_ends_as_if_nothing_had_happened(house: House, tmp_path: Path) -> None:
    path = tmp_path / "akademi.csv"
    path.write_bytes(b"\n".join(AKADEMI.splitlines()[:1_200]))  # whole chunks and a part of one
    assert run_import(house, path).returncode == 0
    confirm(house, only_file(house))
    killed = run_import(house, path, IZIN_CRASHPOINT="I1")
    assert killed.returncode == -signal.SIGKILL
    half = only_file(house)
    assert (half.state, half.rows_done) == (ContactFile.State.RUNNING, intake.CHUNK)

    assert run_import(house, path).returncode == 0
    calm = cast.found()
    assert run_import(calm, path).returncode == 0
    confirm(calm, only_file(calm))
    assert run_import(calm, path).returncode == 0
    assert counts(only_file(house)) == counts(only_file(calm))
    assert house.problems() == calm.problems() == []


def test_going_on_a_day_later_reads_the_same_rows(house: House, noon: Any) -> None:
    """A row whose date lay in the future when the file came must not shift the others on the second reading."""
    rows = [line(1, consented="2026-11-26"), *(line(index) for index in range(2, intake.CHUNK + 4))]
    with scope(house.id):
        body = "\n".join((HEADER, *rows)).encode()
        file, _ = files.receive(body, name="senarai.csv", purpose=house.purposes["promosi"])

    confirm(house, file)

    def stop(done: int, whole: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        intake.take_in(house.id, file.id, progress=stop)
    noon.move(cast.DAY * 2)
    ended = intake.take_in(house.id, file.id)
    assert (ended.granted, reasons(ended)) == (intake.CHUNK + 2, [(2, "tarikh_persetujuan", "date_future")])
    with scope(house.id):
        assert Evidence.objects.count() == intake.CHUNK + 2
    assert house.problems() == []


def test_two_workers_on_one_file_take_turns(house: House) -> None:
    with scope(house.id):
        body = "\n".join((HEADER, *(line(index) for index in range(intake.CHUNK + 1)), "x")).encode()
        file, _ = files.receive(body, name="senarai.csv", purpose=house.purposes["promosi"])

    confirm(house, file)

    def second(done: int, whole: int) -> None:
        """A second worker starts after each of our chunks and does the rest of them all."""
        cast.in_thread(lambda: intake.take_in(house.id, file.id))

    ended = intake.take_in(house.id, file.id, progress=second)
    taken = intake.CHUNK + 1
    assert (ended.granted, ended.rows, ended.rows_done, len(ended.rejections)) == (taken, taken + 1, taken, 1)
    with scope(house.id):
        assert Evidence.objects.count() == taken
    assert house.problems() == []
