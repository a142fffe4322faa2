"""How strong evidence is, and how much of it somebody looks at."""

import math

from hypothesis import given
from hypothesis import strategies as st

from izin.consent import sampling
from izin.consent.grades import WAYS, Grade, grade_of
from izin.contacts.spreadsheet_cells import METHODS


def test_each_way_has_its_grade() -> None:
    assert {way for way in WAYS if grade_of(way, own_act=True)} == {"wa_keyword", "wa_button", "web_form", "qr"}
    assert all(grade_of(way, own_act=True) in (Grade.OWN_ACT, None) for way in WAYS)
    for way in METHODS:  # whatever a file may say has a grade, and naming the proof never makes it weaker
        assert (grade_of(way), grade_of(way, proof=True)) == (Grade.STATED, Grade.DOCUMENTED)
    for way in ("paper", "counter", "call"):  # what was never our message cannot pass for one
        assert grade_of(way, own_act=True) is None
    assert grade_of("staff", proof=True) is None


@given(st.integers(1, 1_000_000), st.binary(min_size=32, max_size=32))
def test_the_sample_is_as_large_as_the_rule_says_and_within_the_file(rows: int, seed: bytes) -> None:
    drawn = sampling.positions(rows, seed)
    assert len(drawn) == len(set(drawn)) == sampling.size(rows) == min(rows, 60, max(20, math.ceil(rows / 20)))
    assert drawn == sorted(drawn) == sampling.positions(rows, seed)
    assert 0 <= drawn[0] <= drawn[-1] < rows


def test_no_row_is_out_of_the_samples_reach() -> None:
    seen = {place for seed in range(60) for place in sampling.positions(100, seed.to_bytes(32))}
    assert seen == set(range(100))
    assert sampling.positions(0, bytes(32)) == []
