"""Reading contacts from CSV: what is taken, what is refused with line, column and reason, and that nothing is lost."""

import csv
import importlib.util
import io
import json
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from izin.contacts import spreadsheet
from izin.contacts.spreadsheet import FILE_CODES, ROW_CODES, Reading, UnreadableFile
from izin.contacts.spreadsheet_messages import SENTENCES, explain

AT = datetime(2026, 11, 25, 4, tzinfo=UTC)
HEADER = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber,tarikh_tarik_balik,anak"
EXAMPLES = Path(__file__).parents[2] / "examples"


def line(
    *, name: str = "Ali", number: str = "012-345 6789", language: str = "ms", consented: str = "2026-03-01",
    method: str = "paper", notice: str = "promosi@1", source: str = "Kaunter", withdrawn: str = "", child: str = "Siti",
) -> str:  # fmt: skip
    return ",".join((name, number, language, consented, method, notice, source, withdrawn, child))


def read(*lines: str, header: str = HEADER, end: str = "\n", country: str | None = "MY") -> Reading:
    return spreadsheet.read(end.join((header, *lines)).encode(), country=country, at=AT)


def numbers(reading: Reading) -> list[str]:
    return [row.number.e164 for row in reading.rows]


def reasons(reading: Reading) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.code) for one in reading.rejections]


def refused(data: bytes, country: str | None = "MY") -> tuple[str, int | None]:
    with pytest.raises(UnreadableFile) as error:
        spreadsheet.read(data, country=country, at=AT)
    assert error.value.code in FILE_CODES
    return error.value.code, error.value.line


# --- a good row ---


def test_a_row_with_everything() -> None:
    [row] = read(line(name='"Siti, binti ""Pak"" Ali"')).rows
    assert (row.line, row.number.e164, row.name, row.language) == (2, "+60123456789", 'Siti, binti "Pak" Ali', "ms")
    assert row.consent_at == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert (row.method, row.notice_version, row.source) == ("paper", "promosi@1", "Kaunter")
    assert row.withdrawn_at is None and row.attributes == {"anak": "Siti"}
    assert "Siti" not in repr(row) and "3456" not in repr(row)


def test_english_headings_in_any_order_case_and_dress() -> None:
    header = '\ufeff"NOTICE VERSION";Phone Number\u200b; Full\u00a0Name;Consent-Date;METHOD;Source;Lang;Withdrawn on'
    [row] = read("promosi@1;+60123456789;Tan;2026-03-01;QR;Stall;English;", header=header, country=None).rows
    assert (row.name, row.method, row.language, row.attributes) == ("Tan", "qr", "en", {})


def test_columns_say_what_they_are_used_for_and_none_reaches_inside() -> None:
    header = HEADER + ",__class__,org_id,Consent,is_staff,Kelas (2026)"
    reading = read(line() + ",object,1,yes,true,5A", header=header)
    assert reading.rows[0].attributes == {"anak": "Siti", "kelas_2026": "5A"}
    assert [column.use for column in reading.columns[8:]] == ["attribute"] + ["ignored"] * 4 + ["attribute"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    reading = read(line().replace(",", delimiter), header=HEADER.replace(",", delimiter), end=end)
    assert len(reading.rows) == 1 and not reading.rejections


def test_mixed_line_ends_and_blank_lines_keep_their_count() -> None:
    tails = [line(number=f"012345678{digit}") for digit in range(4)]
    text = f"\n{HEADER}\r\n{tails[0]}\r{tails[1]}\n\n,,,,,,,,\r\n   \n{tails[2]}\r\r\n{tails[3]}"
    assert [row.line for row in spreadsheet.read(text.encode(), country="MY", at=AT).rows] == [3, 4, 8, 10]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    reading = spreadsheet.read(mark + f"{HEADER}\n{line(name='陈美玲')}\n".encode(encoding), country="MY", at=AT)
    assert [row.name for row in reading.rows] == ["陈美玲"]


def test_the_hint_line_of_excel_is_understood() -> None:
    reading = read(HEADER.replace(",", ";"), line().replace(",", ";"), header="sep=;")
    assert [row.line for row in reading.rows] == [3]


def test_a_quoted_field_may_go_over_lines() -> None:
    reading = read(line(name='"Ali\nbin ""Abu"""'), line(number="0123456780"))
    assert [(row.line, row.name) for row in reading.rows] == [(2, 'Ali bin "Abu"'), (4, "Ali")]


# --- files that cannot be read ---


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\n \n", "empty_file"),
        (bytes(5000), "empty_file"),
        (b"sep=,", "empty_file"),
        (b"PK\x03\x04rest", "spreadsheet_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet_file"),
        (b"\x1f\x8b\x08rest", "not_a_table"),
        (b"MZ\x90\x00\x03", "not_a_table"),
        (b"%PDF-1.7", "not_a_table"),
        (b" <!DOCTYPE html><table>", "not_a_table"),
        ("telefon,nama\n".encode("utf-16-le"), "encoding_unsupported"),
        ("telefon,nama\n".encode("utf-32"), "encoding_unsupported"),
        (b"Ali,012-345 6789,ms\n", "header_missing"),
        (b"'+60123456789\n", "header_missing"),
        (b"nama,bahasa\nAli,ms\n", "no_phone_column"),
        (b"telefon,telefon\n", "duplicate_column"),
        (b"telefon,Phone\n", "duplicate_column"),
        (b"telefon,anak,ANAK\n", "duplicate_column"),
        (b"telefon,,nama\n", "column_unnamed"),
        (b'telefon,"nama\n0123456789,Ali\n', "header_broken"),
        ("telefon,größe\n".encode("cp1252"), "header_broken"),
        (b"telefon," + b",".join(b"c%d" % count for count in range(64)), "too_many_columns"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_a_place_is_named_where_there_is_one() -> None:
    assert refused(b"\n\nnama,bahasa\n") == ("no_phone_column", 3)


def test_a_country_that_does_not_exist_is_told_once() -> None:
    assert refused(b"telefon\n", country="XX")[0] == "country_unknown"


def test_size_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("izin.contacts.spreadsheet_records.MOST_RECORDS", 3)
    assert refused("\n".join((HEADER, *[line()] * 4)).encode()) == ("too_many_rows", 5)
    monkeypatch.setattr("izin.contacts.spreadsheet_records.MOST_BYTES", 10)
    assert refused(HEADER.encode())[0] == "too_large"


def test_a_header_alone_is_a_file_without_people() -> None:
    reading = read()
    assert (reading.records, list(reading.rows), reading.rejections) == (0, [], [])


def test_sixty_four_columns_and_padding_behind_the_end_are_read() -> None:
    header = HEADER + "".join(f",c{count}" for count in range(55)) + ",,"
    data = f"{header}\n{line()}{',x' * 55},,\n".encode() + bytes(4096)
    assert len(spreadsheet.read(data, country="MY", at=AT).rows[0].attributes) == 56


# --- broken rows ---


def test_an_unclosed_quote_costs_one_row_and_the_rest_goes_on() -> None:
    lines = [line(number=f"01234567{count:02d}") for count in range(60)]
    lines[1] = '"' + lines[1]
    lines[30] = line(number="0123456730", name='"Lim, Grace"')
    lines[40] = line(number="0123456740", child='"never closed')
    reading = read(*lines)
    assert reasons(reading) == [(3, "", "unclosed_quote"), (42, "", "unclosed_quote")]
    assert len(reading.rows) == 58 and reading.records == 60


def test_an_unclosed_quote_that_a_later_stray_quote_closes_swallows_nobody() -> None:
    opening, closing = line(number="0123456780", name='"Ali'), line(number="0123456782", name='Abu"')
    reading = read(opening, line(number="0123456781"), closing, line(number="0123456783"))
    assert reasons(reading) == [(2, "", "unclosed_quote"), (4, "", "stray_quote")]
    assert [row.line for row in reading.rows] == [3, 5]


def test_an_unclosed_quote_never_makes_two_broken_lines_one() -> None:
    reading = read('"Ali,012-345 6789', 'Abu"', line(number="0123456780"))
    assert reasons(reading) == [(2, "", "unclosed_quote"), (3, "", "stray_quote")]
    assert reading.records == 3


@pytest.mark.parametrize(
    ("broken", "column", "code"),
    [
        (line(name='Ali "Boy" Abu'), "", "stray_quote"),
        (line(name='"Ali" Abu'), "", "stray_quote"),
        (line() + ",one more", "", "field_count"),
        ("Ali,0123456789,ms", "", "field_count"),
        (line().replace(",", ";"), "", "field_count"),
        (line(name="A\x00li"), "nama", "nul"),
        (line(number="012\x00-3456789"), "telefon", "nul"),
        (line(child="x" * 4097), "anak", "field_too_long"),
        (line(child="é" * 2049), "anak", "field_too_long"),
        (line(child='"' + "x" * 131_072 + '"'), "anak", "field_too_long"),
        (line(name="x" * 201), "nama", "name_too_long"),
        (line(source="x" * 201), "sumber", "text_too_long"),
        (line(language="klingon"), "bahasa", "language_unknown"),
        (line(method="purchased list"), "cara", "method_unknown"),
        (line(number="6.01235E+10"), "telefon", "scientific"),
        (line(number="012-3456789/013-4567890"), "telefon", "two_numbers"),
        (line(number="60123456789"), "telefon", "ambiguous"),
        (line(number=""), "telefon", "empty"),
    ],
)
def test_a_broken_row_is_named_and_its_neighbours_are_read(broken: str, column: str, code: str) -> None:
    reading = read(line(number="0123456781"), broken, line(number="0123456782"))
    assert reasons(reading) == [(3, column, code)]
    assert numbers(reading) == ["+60123456781", "+60123456782"]


def test_a_byte_that_is_not_utf8_is_named_by_row_and_column() -> None:
    data = f"{HEADER}\n{line(number='0123456780')}\n".encode() + line(name="Müller").encode("cp1252") + b"\n"
    data += line(number="0123456781").encode() + b"\n" + b"\xff," + line().partition(",")[2].encode()
    reading = spreadsheet.read(data, country="MY", at=AT)
    assert reasons(reading) == [(3, "nama", "encoding"), (5, "nama", "encoding")]
    assert len(reading.rows) == 2


# --- dates ---


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-01", "2026-02-28T16:00:00+00:00"),
        ("2026-03-01T09:30", "2026-03-01T01:30:00+00:00"),
        ("2026-03-01 09:30:15", "2026-03-01T01:30:15+00:00"),
        ("2026-03-01T09:30:15.123Z", "2026-03-01T09:30:15+00:00"),
        ("2026-03-01T09:30+02:00", "2026-03-01T07:30:00+00:00"),
        ("2026-03-01T09:30:00-0500", "2026-03-01T14:30:00+00:00"),
        ("31/03/2026", "2026-03-30T16:00:00+00:00"),
        ("31.3.2026 14:05", "2026-03-31T06:05:00+00:00"),
        ("05-05-2026", "2026-05-04T16:00:00+00:00"),  # the same either way
        ("2026-11-25", "2026-11-24T16:00:00+00:00"),  # today
    ],
)
def test_dates(written: str, expected: str) -> None:
    consent_at = read(line(consented=written)).rows[0].consent_at
    assert consent_at and consent_at.isoformat() == expected and consent_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("02/03/2026", "date_ambiguous"),
        ("1-12-2025", "date_ambiguous"),
        ("03/31/2026", "date_impossible"),
        ("31.02.2026", "date_impossible"),
        ("2026-02-30", "date_impossible"),
        ("2026-13-01", "date_impossible"),
        ("2026-03-01T25:00", "date_impossible"),
        ("2026-03-01T10:00+99:00", "date_impossible"),
        ("2026-11-26", "date_future"),
        ("2026-11-25T12:00:01+08:00", "date_future"),
        ("9999-12-31", "date_future"),
        ("1970-01-01", "date_too_old"),
        ("0000-01-01", "date_too_old"),
        ("2008-12-31", "date_too_old"),
        ("45992", "date_unreadable"),
        ("31/03/26", "date_unreadable"),
        ("ya", "date_unreadable"),
        ("٢٠٢٦-٠٣-٠١", "date_unreadable"),
        ("2026-03-01 pagi", "date_unreadable"),
    ],
)
def test_dates_that_are_refused(written: str, code: str) -> None:
    assert reasons(read(line(consented=written))) == [(2, "tarikh_persetujuan", code)]


# --- evidence, withdrawals and duplicates ---


@pytest.mark.parametrize(
    ("lacking", "columns"),
    [
        ({"consented": ""}, ["tarikh_persetujuan"]),
        ({"method": " "}, ["cara"]),
        ({"notice": "", "source": "\u200b"}, ["versi_notis", "sumber"]),
        (
            {"consented": "", "method": "", "notice": "", "source": ""},
            ["tarikh_persetujuan", "cara", "versi_notis", "sumber"],
        ),
    ],
)
def test_each_missing_part_of_the_evidence_is_named(lacking: dict[str, str], columns: list[str]) -> None:
    reading = read(line(**lacking))
    assert reasons(reading) == [(2, column, "no_evidence") for column in columns] and not reading.rows


def test_phone_and_name_alone_are_never_enough() -> None:
    reading = read("0123456789,Ali,yes", header="phone,name,consent")
    assert not reading.rows and reading.rejected() == {"no_evidence": 1}
    assert [one.column for one in reading.rejections] == ["tarikh_persetujuan", "cara", "versi_notis", "sumber"]


@pytest.mark.parametrize("method", ["web_form", "WA_KEYWORD", "paper", "Kaunter", "call", "kod qr"])
def test_ways_of_consenting(method: str) -> None:
    assert read(line(method=method)).rows[0].method in ("web_form", "wa_keyword", "paper", "counter", "call", "qr")


def test_a_withdrawal_needs_no_evidence_and_no_good_name() -> None:
    kept = read(line(withdrawn="2026-05-01", consented="02/03/2026", method="?", notice="", name="x" * 999)).rows
    assert [(row.withdrawn_at, row.consent_at, row.name) for row in kept] == [
        (datetime(2026, 5, 1, 15, 59, 59, tzinfo=UTC), None, "")
    ]


def test_a_withdrawal_of_today_is_not_in_the_future() -> None:
    assert read(line(withdrawn="2026-11-25")).rows[0].withdrawn_at == AT


@pytest.mark.parametrize("written", ["-", "tidak", "NO", "false", "0"])
def test_a_written_no_withdrawal_is_none(written: str) -> None:
    assert read(line(withdrawn=written)).rows[0].withdrawn_at is None


def test_the_first_of_a_number_is_kept_and_the_others_point_to_it() -> None:
    reading = read(line(name="One"), line(name="Two", number="+60123456789"), line(number="'0060 12 345 6789"))
    assert [row.name for row in reading.rows] == ["One"]
    assert [(one.line, one.code, one.hint) for one in reading.rejections] == [
        (3, "duplicate", "2"),
        (4, "duplicate", "2"),
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_yes_and_no_for_one_number_the_no_stands(order: tuple[int, int]) -> None:
    both = [line(), line(withdrawn="2026-05-01", number="+60123456789")]
    [row] = read(*(both[index] for index in order)).rows
    assert row.line == 2 and row.withdrawn_at == datetime(2026, 5, 1, 15, 59, 59, tzinfo=UTC)


def test_the_later_of_two_withdrawals_stands() -> None:
    [row] = read(line(withdrawn="2026-06-01"), line(withdrawn="2026-05-01")).rows
    assert row.withdrawn_at and row.withdrawn_at.month == 6


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_withdrawal_that_cannot_be_read_holds_back_the_yes_of_the_same_number(order: tuple[int, int]) -> None:
    both = [line(), line(withdrawn="ya")]
    reading = read(*(both[index] for index in order))
    assert not reading.rows
    assert reading.rejected() == {"withdrawal_unclear": 1, "date_unreadable": 1}


# --- texts ---


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x.example")',
        "@SUM(1)",
        "-2+3",
        "+1",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${jndi:ldap://x.example}",
        "%s%n",
        "'; DROP TABLE contact; --",
        "👩‍👩‍👧‍👦",
        "கவிதா",
        "D'Cruz",
        "\\ud800",
    ],
)
def test_names_are_kept_as_the_text_they_are(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    assert read(line(name=quoted)).rows[0].name == name
    assert read(line(name=f"\"'{quoted[1:]}")).rows[0].name.removeprefix("'") == name


def test_our_own_export_escape_is_taken_back() -> None:
    assert read(line(name="'=1+1", number="'+60123456789")).rows[0].name == "=1+1"


def test_names_cannot_turn_a_line_around_or_pile_up() -> None:
    assert read(line(name="\u202eA\x07li\u2066\t \u00a0Abu\x1b[0m")).rows[0].name == "Ali Abu[0m"
    assert len(read(line(name="Z" + "\u0335" * 1000)).rows[0].name) == 9


# --- messages ---


def test_every_code_has_its_sentence_in_both_languages() -> None:
    told_later = ("notice_unknown", "consent_expired", "refused_earlier")
    told_later += ("discarded", "proof_missing", "proof_differs", "no_consent")
    assert sorted(SENTENCES) == sorted((*FILE_CODES, *ROW_CODES, *told_later))
    for code, sentences in SENTENCES.items():
        assert set(sentences) == {"ms", "en"} and len(set(sentences.values())) == 2
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences.values())
        assert explain(code, "ms-MY") == sentences["ms"] and explain(code, "de") == sentences["en"]
    assert explain("duplicate", "en", "12") == "An earlier line has the same number (line 12)."
    with pytest.raises(KeyError):
        explain("unheard_of", "en")


# --- whole files ---


def test_the_example_file_reads_as_its_maker_planned() -> None:
    expected = json.loads((EXAMPLES / "akademi-cahaya.expected.json").read_text())
    reading = spreadsheet.read((EXAMPLES / "akademi-cahaya.csv").read_bytes(), country="MY", at=AT)
    withdrawn = sum(row.withdrawn_at is not None for row in reading.rows)
    assert expected == {
        "rows": reading.records,
        "importable": len(reading.rows) - withdrawn,
        "withdrawn": withdrawn,
        "rejected": reading.rejected(),
    }
    assert len(set(numbers(reading))) == len(reading.rows) and all(row.name for row in reading.rows)


def test_the_example_file_is_what_its_maker_writes() -> None:
    spec = importlib.util.spec_from_file_location("make_akademi_cahaya", EXAMPLES / "make_akademi_cahaya.py")
    assert spec and spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    text, expected = maker.build()
    assert text.encode() == (EXAMPLES / "akademi-cahaya.csv").read_bytes()
    assert expected == json.loads((EXAMPLES / "akademi-cahaya.expected.json").read_text())


PIECES = st.sampled_from(
    [
        *('"', '""', ",", ";", "\t", "|", "\n", "\r\n", "\r", "\x00", "\ufeff", "\ufffd", "'", "=", " "),
        *(HEADER, line(), line(number="0123456781"), line(withdrawn="2026-05-01"), line(withdrawn="ya"), "sep=;"),
        *("telefon", "nama", "0123456789", "+60123456789", "2026-03-01", "02/03/2026", "Ali", "x" * 5000, "陈"),
    ]
)


def check_that_every_line_is_accounted_for(data: bytes, country: str | None) -> None:
    try:
        reading = spreadsheet.read(data, country=country, at=AT)
    except UnreadableFile as error:
        assert error.code in FILE_CODES
        return
    taken, rejected = [row.line for row in reading.rows], {one.line for one in reading.rejections}
    assert len(set(taken)) == len(taken) and not rejected & set(taken)
    assert len(taken) + len(rejected) == reading.records
    assert {one.code for one in reading.rejections} <= set(ROW_CODES)
    for row in reading.rows:
        assert row.withdrawn_at or (row.consent_at and row.method and row.notice_version and row.source)


@given(st.binary(max_size=300), st.sampled_from([None, "MY"]))
def test_any_bytes_are_read_or_refused(data: bytes, country: str | None) -> None:
    check_that_every_line_is_accounted_for(data, country)
    check_that_every_line_is_accounted_for(f"{HEADER}\n{line()}\n".encode() + data, country)


@given(st.lists(PIECES, max_size=40).map("".join))
@example(f'{HEADER}\n"{line()}\n{line()}')
@example(f'{HEADER}\n"\n"')
def test_any_text_is_read_or_refused(text: str) -> None:
    check_that_every_line_is_accounted_for(text.encode(), "MY")
    check_that_every_line_is_accounted_for(f"{HEADER}\n{text}".encode(), "MY")


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffd"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(",;\t|"))
def test_what_the_standard_writer_writes_is_read(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Differential: each row that Python's own ``csv`` writes comes back, however its cells look."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER.split(","))
    for count, (name, child) in enumerate(rows):
        child = child.replace(delimiter, "").replace('"', "")  # so that no piece of a cell is a whole record
        name = name.replace(delimiter, "").replace('"', "")
        number = f"012345{count:04d}"
        writer.writerow([name, number, "ms", "2026-03-01", "paper", "promosi@1", "Kaunter", "", child])
    reading = spreadsheet.read(out.getvalue().encode(), country="MY", at=AT)
    assert not reading.rejections and len(reading.rows) == len(rows)


@given(st.integers(0, 19), st.integers(0, 8))
def test_one_quote_anywhere_costs_at_most_that_row(row: int, column: int) -> None:
    lines = [line(number=f"012345{count:04d}", name='"Lim, Grace"') for count in range(20)]
    cells = next(csv.reader([lines[row]]))
    cells[column] = '"' + cells[column]
    lines[row] = ",".join(f'"{cell}"' if "," in cell and cell[0] != '"' else cell for cell in cells)
    reading = read(*lines)
    assert {one.line for one in reading.rejections} == {row + 2}
    assert len(reading.rows) == 19


def test_an_error_about_a_file_shows_none_of_it() -> None:
    with pytest.raises(UnreadableFile) as error:
        spreadsheet.read(f"Ali,0123456789\n{line()}".encode(), country="MY")
    assert "Ali" not in "".join(traceback.format_exception_only(error.value)) and error.value.args == (
        "header_missing",
    )
