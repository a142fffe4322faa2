"""The law matrix names tests that exist, and is plain about what it cannot show."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
FAMILIES = {
    **{"A": 20, "B": 12, "C": 19, "D": 6, "E": 8, "F": 2, "G": 11, "H": 18, "I": 15, "J": 11, "K": 8, "L": 8},
    **{"M": 6, "N": 4, "O": 3, "P": 8, "Q": 7, "4": 7},
}


def rows(name: str) -> list[dict[str, str]]:
    with (HOUSE / "tests" / "law" / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def functions(file: Path) -> set[str]:
    return {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_its_row_once() -> None:
    ids = [row["id"] for row in rows("requirements.tsv")]
    assert len(ids) == len(set(ids))
    assert Counter(re.split(r"[-.]", name)[0] for name in ids) == FAMILIES
    assert [row["id"] for row in rows("audit.tsv")] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("name", ["requirements.tsv", "audit.tsv"])
def test_each_row_names_tests_that_exist_or_says_why_it_is_open(name: str) -> None:
    for row in rows(name):
        assert row["requirement"] and (row["tests"] or row["open"]), row["id"]
        for test in row["tests"].split():
            place, _, function = test.partition("::")
            assert function in functions(HOUSE / place), (row["id"], test)
