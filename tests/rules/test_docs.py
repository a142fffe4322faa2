"""The documentation names what is there: settings, dependencies, decisions, and tests and links that exist."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from izin.contacts.spreadsheet import COLUMN_NAMES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("src/**/*.md"))]
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
DEFINED = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
SETTING = re.compile(r"IZIN_[A-Z_]*[A-Z]")
PROMISES = [f"P{number}" for number in range(1, 12)]


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The relative links of a page: the file that each means, and the heading in it, or nothing."""
    for target in LINK.findall(FENCED.sub("", page.read_text())):
        if not re.match(r"[a-z]+:", target):
            path, _, heading = target.partition("#")
            yield (page.parent / path).resolve() if path else page, heading


def anchors(page: Path) -> set[str]:
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(page.read_text())}


def rows(page: Path) -> list[list[str]]:
    """The cells of every table row of a page."""
    lines = [line for line in page.read_text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    broken = []
    for target, heading in links(page):
        inside = ROOT in target.parents and target.exists()
        if not inside or (heading and heading not in anchors(target)):
            broken.append(f"{target.name}#{heading}")
    assert broken == []


def test_every_setting_is_described():
    used = {name for file in ROOT.glob("src/**/*.py") for name in SETTING.findall(file.read_text())}
    first_cells = " ".join(row[0] for row in rows(DOCS / "settings.md"))
    described = set(SETTING.findall(first_cells))
    roles = {f"IZIN_DATABASE_URL_{role}" for role in ("WEB", "DISPATCH", "OWNER", "OPS")}
    assert described == used | roles


def test_each_promise_names_its_tests():
    shown = {row[0]: row[-1] for row in rows(ROOT / "README.md") if row[0] in PROMISES}
    assert list(shown) == PROMISES
    for promise, cell in shown.items():
        tests = LINK.findall(cell)
        assert tests and all(re.match(r"tests/.*test_\w+\.py$", test) for test in tests), promise


def test_every_decision_is_in_the_index_and_in_form():
    pages = sorted(page for page in DECISIONS.glob("*.md") if page.name != "README.md")
    assert [target for target, _ in links(DECISIONS / "README.md")] == pages
    for page in pages:
        text = page.read_text()
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Rejected", "Consequences"], page.name
        assert len(text.splitlines()) <= 60, page.name


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    stated = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w.-]+", requirement)[0] for requirement in stated}
    told = {name for row in rows(DECISIONS / "0010-dependencies.md") for name in re.findall(r"`([^`]+)`", row[0])}
    assert told == names


def test_every_test_that_a_page_names_is_there():
    files = list((ROOT / "tests").rglob("test_*.py"))
    there = {file.stem for file in files} | {name for file in files for name in DEFINED.findall(file.read_text())}
    named = {name for page in PAGES for name in re.findall(r"`(test_\w+)`", page.read_text())}
    assert named and named <= there, named - there


def test_shared_tables_are_those_that_the_code_leaves_open():
    source = (ROOT / "src/izin/organisations/isolation.py").read_text()
    shared = source.partition("SHARED = ")[2].partition(")")[0]
    page = rows(DECISIONS / "0003-isolation.md")
    assert {name for row in page for name in re.findall(r"`(\w+)`", row[0])} == set(re.findall(r'"(\w+)"', shared))


def test_the_guide_lists_every_heading_of_a_file():
    guide = {name for row in rows(DOCS / "guide.md") for name in re.findall(r"`(\w+)`", " ".join(row[1:2]))}
    assert {name for names in COLUMN_NAMES.values() for name in names} <= guide
