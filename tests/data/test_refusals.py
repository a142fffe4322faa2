"""Izin does not start where its walls would not hold: one line that says what to do, exit code 2, no traceback."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cast import SUPERUSER, Cast, url
from psycopg import sql

TEMPLATE = "izin_refusals"


@dataclass(frozen=True)
class Case:
    """What is wrong, and words of the sentence that tells it. ``key`` prepares the root key and returns environment."""

    told: tuple[str, ...]
    statement: str = ""
    user: str = "izin_web"
    empty: bool = False
    process: str = "web"
    key: Callable[[Path, Path], dict[str, str]] | None = None


def _no_key(file: Path, _: Path) -> dict[str, str]:
    return {"IZIN_ROOT_KEY_FILE": str(file)}


def _other_key(file: Path, _: Path) -> dict[str, str]:
    return _no_key(file, file) | {"IZIN_ROOT_KEY": base64.b64encode(os.urandom(32)).decode()}


def _open_key(file: Path, right: Path) -> dict[str, str]:
    file.write_bytes(right.read_bytes())
    file.chmod(0o440)
    return _no_key(file, right)


CASES = {
    "superuser": Case(("superuser", "izin database create"), user=SUPERUSER),
    "owner of a table": Case(("owns the tables", "izin_web"), "ALTER TABLE notices_notice OWNER TO izin_web"),
    "foreign table": Case(("not Izin's", "kedai", "izin database create"), "CREATE TABLE kedai (id int)"),
    "unmigrated": Case(("empty", "izin database migrate"), empty=True),
    "older": Case(
        ("older", "izin database migrate"),
        "DELETE FROM django_migrations WHERE app = 'inbound' AND name = '0002_walls'",
    ),
    "newer": Case(
        ("newer", "9999_next", "Install"),
        "INSERT INTO django_migrations (app, name, applied) VALUES ('consent', '9999_next', now())",
    ),
    "no FORCE": Case(
        ("contacts_identity", "restore"), "ALTER TABLE contacts_identity NO FORCE ROW LEVEL SECURITY", process="worker"
    ),
    "another policy": Case(
        ("consent_evidence", "restore"), "CREATE POLICY more ON consent_evidence USING (true)", process="dispatch"
    ),
    "no root key": Case(("no root key", "IZIN_ROOT_KEY"), key=_no_key, process="door"),
    "no root key, new": Case(("izin keys create",), "DELETE FROM organisations_route", key=_no_key),
    "another root key": Case(("not the one", "IZIN_ROOT_KEY"), key=_other_key),
    "root key for all to read": Case(("open to other users", "chmod 400"), key=_open_key, process="dispatch"),
}


@pytest.fixture(scope="module")
def told(ours: Cast, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """All cases at once, each against a database as it needs it; exit code, output and errors of each."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    names = {}
    with psycopg.connect(url(SUPERUSER, "postgres"), autocommit=True) as admin:
        _make(admin, TEMPLATE, "izin")
        for place, (name, case) in enumerate(CASES.items()):
            names[name] = f"{TEMPLATE}_{place}" if case.statement or case.empty else TEMPLATE
            if names[name] != TEMPLATE:
                _make(admin, names[name], "template0" if case.empty else TEMPLATE)
            if case.statement:
                with psycopg.connect(url(SUPERUSER, names[name]), autocommit=True) as inside:
                    inside.execute(case.statement)  # type: ignore[call-overload]
    started = {}
    for name, case in CASES.items():
        home = tmp_path_factory.mktemp("refusal")
        own = case.key or (lambda file, right: {"IZIN_ROOT_KEY_FILE": str(right)})
        started[name] = _start(case, names[name], home, own(home / "root.key", settings.ROOT_KEY_FILE))
    return {name: _end(process) for name, process in started.items()}


def _make(admin: psycopg.Connection[Any], database: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log")
    admin.execute(statement.format(sql.Identifier(database), sql.Identifier(template)))


def _start(case: Case, database: str, home: Path, more: dict[str, str]) -> "subprocess.Popen[str]":
    place = url(case.user, database)
    host, port = psycopg.conninfo.conninfo_to_dict(place)["host"], "5432"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}
    environment = (
        clean | {"IZIN_DATA": str(home), "IZIN_DATABASE_URL": place, "PGHOST": str(host), "PGPORT": port} | more
    )
    environment |= {"IZIN_WEB_BIND": "127.0.0.1:1", "IZIN_DOOR_BIND": "127.0.0.1:1"}
    return subprocess.Popen(
        [sys.executable, "-m", "izin", "run", case.process],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment,
    )


def _end(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    try:
        output, errors = process.communicate(timeout=90)
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
    return process.returncode, output, errors


@pytest.mark.parametrize("name", CASES)
def test_refuses_in_one_line(told: dict[str, tuple[int, str, str]], name: str) -> None:
    code, output, errors = told[name]
    assert (code, output) == (2, ""), errors
    assert len(errors.splitlines()) == 1 and errors.startswith("izin: "), errors
    assert "Traceback" not in errors
    for words in CASES[name].told:
        assert words in errors
