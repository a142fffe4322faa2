"""The rules of the house that no compiler holds: who writes what, where SQL stands, and what no file may name."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SOURCE = HOUSE / "src"
IZIN = SOURCE / "izin"
LONGEST = 400
WRITES = re.compile(r"a?(create|bulk_create|bulk_update|get_or_create|update_or_create|save|update|delete|raw)")
SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s|TRUNCATE\s|COPY\s+\w+\s"
    r"|(CREATE|ALTER|DROP)\s+(TABLE|ROLE|DATABASE|POLICY|SCHEMA|FUNCTION|TRIGGER|INDEX|VIEW)\s|(GRANT|REVOKE)\s+\w+)"
)
# Settings of the transaction and notifications have no other form; the name of what they tell is what follows.
SMALL_SQL = re.compile(r"(SELECT set_config\(|SELECT pg_notify\(|SELECT pg_advisory_xact_lock\(|LISTEN |SHOW )")
SQL_AT_HOME = ("organisations/", "lib/roles.py", "lib/embedded_postgres.py")
PROCRASTINATE_AT_HOME = re.compile(r"(\w+/tasks|cli/worker)\.py")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of izin that people wrote, by its path inside the package."""
    found = {}
    for file in sorted(IZIN.rglob("*.py")):
        place = file.relative_to(IZIN).as_posix()
        if "/migrations/" not in place:
            found[place] = ast.parse(file.read_text(), place)
    return found


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for place, tree in modules().items():
        for node in ast.walk(tree):
            yield place, node


def package_of(place: str) -> str:
    return place.partition("/")[0]


def foreign_models(place: str, tree: ast.Module) -> dict[str, str]:
    """Local names of the models that this module has from other packages, each with its package."""
    found = {}
    for node in ast.walk(tree):
        module = re.fullmatch(r"izin\.(\w+)\.models", getattr(node, "module", None) or "")
        if isinstance(node, ast.ImportFrom) and module and module[1] != package_of(place):
            models = model_names(module[1])
            found |= {one.asname or one.name: module[1] for one in node.names if one.name in models}
    return found


@cache
def model_names(package: str) -> frozenset[str]:
    """The classes of a package's models.py that are tables."""
    tree = ast.parse((IZIN / package / "models.py").read_text())
    bases = {"TenantModel", "AbstractUser", "models.Model"}
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return frozenset(node.name for node in classes if {ast.unparse(base) for base in node.bases} & bases)


def root_of(node: ast.expr) -> str:
    """The name at the beginning of a chain of attributes and calls; empty when it begins otherwise."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def rows_of(foreign: dict[str, str], tree: ast.Module) -> dict[str, str]:
    """Names that hold rows of these models: what a query or a constructor gave, and arguments that say so."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None and root_of(node.annotation) in foreign:
            found[node.arg] = foreign[root_of(node.annotation)]
        elif isinstance(node, ast.Assign | ast.For):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            given = node.value if isinstance(node, ast.Assign) else node.iter
            if isinstance(given, ast.Call) and root_of(given) in foreign:
                found |= {name.id: foreign[root_of(given)] for name in targets if isinstance(name, ast.Name)}
    return found


def writes_elsewhere(place: str, tree: ast.Module) -> list[str]:
    """Writes to another package's tables, and rows of them in the making."""
    foreign = foreign_models(place, tree)
    foreign |= rows_of(foreign, tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (package := foreign.get(root_of(node.func))):
            writes = isinstance(node.func, ast.Attribute) and WRITES.fullmatch(node.func.attr)
            makes = isinstance(node.func, ast.Name) and node.func.id in model_names(package)
            if writes or makes:
                found.append(f"{place}:{node.lineno} {ast.unparse(node.func)} belongs to {package}")
    return found


def test_each_table_is_written_by_its_own_package() -> None:
    assert [line for place, tree in modules().items() for line in writes_elsewhere(place, tree)] == []


def test_the_search_for_writes_finds_them() -> None:
    source = (
        "from izin.contacts.models import Contact\n"
        "Contact.objects.filter(id=1).update(country='MY')\n"
        "one = Contact.objects.get(id=1)\n"
        "one.save()\n"
        "Contact()\n"
        "def f(given: Contact):\n    given.delete()\n"
        "for each in Contact.objects.all():\n    each.save()\n"
        "Contact.objects.filter(id=1).count()\n"
    )
    assert len(writes_elsewhere("dispatch/x.py", ast.parse(source))) == 5
    assert writes_elsewhere("contacts/x.py", ast.parse(source)) == []


def test_sql_stands_where_it_is_looked_for() -> None:
    found = [
        f"{place}:{node.lineno}"
        for place, node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not place.startswith(SQL_AT_HOME)
        if SQL.match(node.value) and not SMALL_SQL.match(node.value)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["SELECT 1", "update x set y = 1".upper(), "WITH a AS (SELECT 1) SELECT 2", "DROP TABLE x"]
)
def test_the_search_for_sql_finds_it(text: str) -> None:
    assert SQL.match(text) and not SMALL_SQL.match(text)


def test_no_way_around_the_orm() -> None:
    found = [
        f"{place}:{node.lineno}"
        for place, node in nodes()
        if (isinstance(node, ast.Attribute) and node.attr in ("raw", "extra") and "objects" in ast.unparse(node))
        or (isinstance(node, ast.Name) and node.id in ("RawSQL", "RunSQL"))
    ]
    assert found == []


def imported() -> Iterator[tuple[str, str]]:
    for place, node in nodes():
        if isinstance(node, ast.Import):
            yield from ((place, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((place, f"{node.module}.{one.name}") for one in node.names)


def test_the_job_queue_is_met_in_tasks_alone() -> None:
    strangers = {
        place
        for place, name in imported()
        if name.startswith("procrastinate") and not PROCRASTINATE_AT_HOME.fullmatch(place)
    }
    assert strangers == set()


def test_no_signals_and_no_hidden_saves() -> None:
    """From a form to the ledger one can follow "go to definition"."""
    assert [(place, name) for place, name in imported() if "dispatch.receiver" in name or "signals" in name] == []
    saves = [
        f"{place}:{method.lineno}"
        for place, node in nodes()
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete", "asave", "adelete")
    ]
    assert saves == []


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    long = {
        file.relative_to(HOUSE).as_posix(): lines
        for file in SOURCE.rglob("*.py")
        if (lines := len(file.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def test_imports_point_down() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint([])"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3_000:] + told.stderr[-1_000:]
    assert "0 broken" in told.stdout


# Places of one machine and hosts of package registries, written so that this file does not name one itself.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:w[o]rk|r[o]ot|h[o]me/(?!user\b)\w+)/\w|pypi\.[o]rg|pythonhosted\.[o]rg|npmjs\.[o]rg|/simple/?[\"']"
)
UNREAD = (".png", ".ico", ".woff2", ".mo", ".pdf")


def test_no_file_names_this_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not in a git checkout")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        file = HOUSE / name
        if name == "uv.lock" or file.suffix in UNREAD or not file.is_file():
            continue
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{name}:{number}")
    assert found == []


def test_every_query_file_is_a_known_one() -> None:
    known = {"campaigns/audience.sql", "contacts/tags.sql", "dispatch/queries.sql"}
    assert {file.relative_to(IZIN).as_posix() for file in IZIN.rglob("*.sql")} == known
    assert files("izin.dispatch").joinpath("queries.sql").is_file()


def test_what_a_person_tells_the_tests_reaches_them() -> None:
    tests = HOUSE / "tests"
    kept = set(re.findall(r'"(IZIN_\w+)"', (tests / "conftest.py").read_text().split("ASKED = ")[1].split("}")[0]))
    asked = re.compile(r'os\.environ(?:\.get\(|\[)"(IZIN_\w+)"')
    read = {name for file in tests.rglob("test_*.py") for name in asked.findall(file.read_text())}
    passed_on = set(re.findall(r"\b(IZIN_\w+)=", (HOUSE / "Makefile").read_text()))
    assert read | passed_on <= kept
    assert "IZIN_TIER" in read & passed_on
