"""Who may do what to whose rows: what the walls declare, and what PostgreSQL really does."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

SCOPES = ("none", "ours", "theirs", "garbage")
GARBAGE = "'; DROP TABLE kedai; --"
EVERYTHING = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"

# Tables of no organisation, and what each role may do to them: every one of these is a decision.
ROWS = "SELECT, INSERT, UPDATE, DELETE"
SHARED: dict[str, dict[str, str]] = {
    "django_migrations": {"izin_web": "SELECT", "izin_dispatch": "SELECT", "izin_ops": "SELECT"},
    "django_content_type": {"izin_web": "SELECT"},
    "auth_permission": {"izin_web": "SELECT"},
    "auth_group": {"izin_web": "SELECT"},
    "auth_group_permissions": {"izin_web": "SELECT"},
    "organisations_user": {"izin_web": "SELECT, INSERT, UPDATE", "izin_ops": "SELECT"},
    "organisations_user_groups": {"izin_web": ROWS},
    "organisations_user_user_permissions": {"izin_web": ROWS},
    "campaigns_installationstop": {
        "izin_web": "SELECT, INSERT, UPDATE",
        "izin_dispatch": "SELECT",
        "izin_ops": "SELECT",
    },
    "dispatch_process": {"izin_dispatch": ROWS, "izin_ops": "SELECT"},
    "django_session": {"izin_web": ROWS},
    "procrastinate_jobs": {"izin_web": ROWS},
    "procrastinate_events": {"izin_web": ROWS},
    "procrastinate_periodic_defers": {"izin_web": ROWS},
    "procrastinate_workers": {"izin_web": ROWS},
}


@dataclass(frozen=True)
class Wall:
    """One tenant's table as its migration declares it."""

    table: str
    column: str  # that says whose row it is
    grants: dict[str, str]
    append_only: bool

    def allows(self, role: str, verb: str) -> bool:
        return verb in self.grants[role]

    def reach(self, role: str, verb: str, scope: str) -> set[str] | None:
        """Whose rows the verb reaches; None where a scope that is no id must be refused."""
        everybody = {"ours", "theirs"}
        if role == "izin_ops" or (self.table == "dispatch_lane" and role == "izin_dispatch"):
            return everybody
        if self.table == "organisations_route" and verb == "SELECT":
            return everybody
        if self.table == "organisations_route" and verb == "UPDATE":
            return set()
        return None if scope == "garbage" else {scope} & everybody


def walls() -> dict[str, Wall]:
    """Every wall that the migrations on disk build."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from izin.organisations.tenancy import AppendOnly, Isolate

    migrations = MigrationLoader(connection).disk_migrations
    operations = [(app, one) for (app, _), migration in migrations.items() for one in migration.operations]
    append_only = {(app, one.model) for app, one in operations if isinstance(one, AppendOnly)}
    found = {}
    for app, one in operations:
        if isinstance(one, Isolate):
            table = apps.get_model(app, one.model)._meta.db_table
            found[table] = Wall(
                table,
                "id" if table == "organisations_organisation" else "organisation_id",
                {"izin_web": one.web, "izin_dispatch": one.dispatch, "izin_ops": "SELECT", "izin_owner": EVERYTHING},
                (app, one.model) in append_only,
            )
    return found


def expected(wall: Wall, role: str, scope: str) -> dict[str, str]:
    """What each probe should come to."""
    return {probe: _expected(wall, role, scope, verb, target) for probe, verb, target in _probes()}


def _expected(wall: Wall, role: str, scope: str, verb: str, target: str) -> str:
    if verb in ("COPY TO", "COPY FROM"):
        privilege = "SELECT" if verb == "COPY TO" else "INSERT"
    else:
        privilege = "UPDATE" if verb == "MOVE" else verb
    if not wall.allows(role, privilege):
        return "denied"
    if verb == "TRUNCATE":
        return "refused" if wall.append_only else "reached"
    if verb == "COPY FROM":
        return "unsupported"
    if wall.append_only and verb in ("UPDATE", "DELETE", "MOVE"):
        return "refused"
    reach = wall.reach(role, privilege, scope)
    if reach is None:
        return "bad scope"
    if verb == "MOVE":
        if "ours" not in reach:
            return "nothing"
        return "reached" if "theirs" in reach else "walled"
    if verb == "INSERT":
        return "reached" if target in reach else "walled"
    return "reached" if target in reach else "nothing"


def _probes() -> Iterator[tuple[str, str, str]]:
    for verb in ("SELECT", "COPY TO", "INSERT", "UPDATE", "DELETE"):
        for target in ("ours", "theirs"):
            yield f"{verb} {target}", verb, target
    yield "MOVE ours to theirs", "MOVE", "ours"
    yield "TRUNCATE", "TRUNCATE", ""
    yield "COPY FROM", "COPY FROM", ""


class Observer:
    """Runs every probe as one role and changes nothing. ``ids`` maps ours and theirs to organisation ids."""

    def __init__(
        self, connection: psycopg.Connection[Any], ids: dict[str, Any], rows: dict[tuple[str, str], str]
    ) -> None:
        self._connection = connection
        self._ids = ids
        self._rows = rows

    def observe(self, wall: Wall, scope: str) -> dict[str, str]:
        found = {}
        with self._connection.transaction(force_rollback=True):
            self._connection.execute("SET LOCAL lock_timeout = '5s'")
            if scope != "none":
                value = GARBAGE if scope == "garbage" else str(self._ids[scope])
                self._connection.execute("SELECT set_config('izin.organisation_id', %s, true)", [value])
            for probe, verb, target in _probes():
                found[probe] = self._attempt(wall, verb, target)
        return found

    def _attempt(self, wall: Wall, verb: str, target: str) -> str:
        run: Callable[[Wall, str], bool] = getattr(self, "_" + verb.lower().replace(" ", "_"))
        try:
            with self._connection.transaction(force_rollback=True):
                return "reached" if run(wall, target) else "nothing"
        except psycopg.Error as error:
            return verdict(error)

    def _execute(self, statement: str, wall: Wall, *values: Any) -> psycopg.Cursor[Any]:
        names = {"table": sql.Identifier(wall.table), "column": sql.Identifier(wall.column)}
        return self._connection.execute(sql.SQL(statement).format(**names), values)

    def _select(self, wall: Wall, target: str) -> bool:
        row = self._execute("SELECT count(*) FROM {table} WHERE {column} = %s", wall, self._ids[target]).fetchone()
        return bool(row and row[0])

    def _copy_to(self, wall: Wall, target: str) -> bool:
        statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(wall.table))
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            content = b"".join(bytes(line) for line in copy)  # to its end, or the connection stays in the copy
        return str(self._ids[target]).encode() in content

    def _copy_from(self, wall: Wall, _: str) -> bool:
        statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(wall.table))
        with self._connection.cursor() as cursor, cursor.copy(statement):
            return True

    def _insert(self, wall: Wall, target: str) -> bool:
        statement = "INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"
        self._execute(statement, wall, self._rows[wall.table, target])
        return True

    def _update(self, wall: Wall, target: str) -> bool:
        statement = "UPDATE {table} SET {column} = {column} WHERE {column} = %s"
        return bool(self._execute(statement, wall, self._ids[target]).rowcount)

    def _move(self, wall: Wall, _: str) -> bool:
        statement = "UPDATE {table} SET {column} = %s WHERE {column} = %s"
        return bool(self._execute(statement, wall, self._ids["theirs"], self._ids["ours"]).rowcount)

    def _delete(self, wall: Wall, target: str) -> bool:
        return bool(self._execute("DELETE FROM {table} WHERE {column} = %s", wall, self._ids[target]).rowcount)

    def _truncate(self, wall: Wall, _: str) -> bool:
        self._execute("TRUNCATE {table}", wall)
        return True


# What stands in a column of a row that nobody's verb has made.
MADE_UP = {"uuid": "gen_random_uuid()", "bytea": "'\\x00'", "jsonb": "'{}'", "text": "'x'", "boolean": "false"}
MADE_UP |= {"timestamp with time zone": "now()", "date": "current_date", "integer": "0", "bigint": "0", "smallint": "0"}
MADE_UP |= {
    "double precision": "0",
    "character varying": "'x'",
    "numeric": "0",
    "time without time zone": "'09:00'",
    "inet": "'127.0.0.1'",
}


def fill(superuser: psycopg.Connection[Any], tables: Iterable[str], organisation_id: Any) -> None:
    """One made-up row of this organisation in each of these tables that has none, so that no probe finds it empty."""
    empty = [table for table in tables if _is_empty(superuser, table, organisation_id)]
    with superuser.transaction():
        referred = {table: _targets(superuser, table) for table in empty}
        order = TopologicalSorter({table: set(referred[table].values()) & set(empty) for table in empty})
        for table in order.static_order():
            targets = referred[table]
            columns = superuser.execute(
                "SELECT attname::text, split_part(format_type(atttypid, NULL), '(', 1) FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                [table],
            ).fetchall()
            values = [
                sql.SQL("(SELECT id FROM {} WHERE organisation_id = {} LIMIT 1)").format(
                    sql.Identifier(targets[name]), sql.Literal(organisation_id)
                )
                if name in targets
                else sql.Literal(organisation_id)
                if name == "organisation_id"
                else sql.SQL(MADE_UP[kind])
                for name, kind in columns
            ]
            statement = sql.SQL("INSERT INTO {} VALUES ({})")
            superuser.execute(statement.format(sql.Identifier(table), sql.SQL(", ").join(values)))


def _is_empty(superuser: psycopg.Connection[Any], table: str, organisation_id: Any) -> bool:
    statement = sql.SQL("SELECT 1 FROM {} WHERE organisation_id = %s LIMIT 1").format(sql.Identifier(table))
    return superuser.execute(statement, [organisation_id]).fetchone() is None


def _targets(superuser: psycopg.Connection[Any], table: str) -> dict[str, str]:
    """The references inside the organisation: from each column to the table that it leads to."""
    rows = superuser.execute(
        "SELECT attname::text, confrelid::regclass::text FROM pg_constraint "
        "JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[2] "
        "WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    )
    return dict(rows.fetchall())


def verdict(error: psycopg.Error) -> str:
    """A refusal in a word; an error that comes only after a row was reached counts as reached."""
    state, told = error.sqlstate or "", str(error)
    if state == "42501":
        return "walled" if "row-level security" in told else "denied"
    if state == "22P02" and "uuid" in told:
        return "bad scope"
    if state == "P0001" and "append-only" in told:
        return "refused"
    if state == "0A000":
        return "referenced" if "truncate" in told else "unsupported"
    if state.startswith("23"):
        return "reached"
    raise error


def rows_of(superuser: psycopg.Connection[Any], wall: Wall, ids: dict[str, Any]) -> dict[tuple[str, str], str]:
    """One new row per organisation, made from one that it has: a key of its own, all else alike."""
    found = {}
    for who, organisation_id in ids.items():
        names = {"table": sql.Identifier(wall.table), "column": sql.Identifier(wall.column)}
        statement = sql.SQL("SELECT to_jsonb(t) FROM {table} t WHERE t.{column} = %s LIMIT 1").format(**names)
        row = superuser.execute(statement, [organisation_id]).fetchone()
        assert row, f"{wall.table} has no row of {who}: on an empty table the matrix would prove nothing"
        content = row[0]
        if isinstance(content.get("id"), str) and wall.column != "id":
            content["id"] = str(uuid4())
        found[wall.table, who] = json.dumps(content)
    return found
