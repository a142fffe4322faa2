"""One organisation never sees, affects or can infer another's rows (P8), whatever relation, verb, scope and role."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import matrix
import psycopg
import pytest
from cast import APP_ROLES, PHONE_NUMBER_ID, ROLES, SUPERUSER, Cast, django_as
from cast import connect as stage_connect
from matrix import SCOPES, Observer, Wall, expected, rows_of
from psycopg import sql

Connect = Callable[..., psycopg.Connection[Any]]
PUBLIC = "'public'::regnamespace"
INTERLEAVINGS = 600


@pytest.fixture(scope="module")
def walls(opened: None) -> dict[str, Wall]:
    return matrix.walls()


@pytest.fixture(scope="module")
def ids(ours: Cast, theirs: Cast, walls: dict[str, Wall]) -> dict[str, UUID]:
    """Both organisations by what they are called here; every table holds rows of both."""
    with stage_connect(SUPERUSER) as superuser:
        for cast in (ours, theirs):
            matrix.fill(superuser, [table for table, wall in walls.items() if wall.column != "id"], cast.id)
    return {"ours": ours.id, "theirs": theirs.id}


def test_every_relation_has_a_decision(connect: Connect, walls: dict[str, Wall]) -> None:
    from izin.organisations.isolation import SHARED

    assert set(matrix.SHARED) == set(SHARED)
    found = dict(
        connect(SUPERUSER).execute(
            f"SELECT relname, relkind::text FROM pg_class WHERE relnamespace = {PUBLIC} "
            "AND relkind NOT IN ('i', 'I', 'S', 't', 'c')"
        )
    )
    assert set(found) == set(walls) | SHARED
    assert set(found.values()) == {"r"}, "a view, partition or foreign table needs a decision of its own"


@pytest.mark.parametrize("role", ROLES)
def test_the_matrix(connect: Connect, walls: dict[str, Wall], ids: dict[str, UUID], role: str) -> None:
    superuser, connection = connect(SUPERUSER), connect(role)
    wrong = []
    for wall in walls.values():
        observer = Observer(connection, ids, rows_of(superuser, wall, ids))
        wrong += differences(observer, wall, role)
    assert not wrong, "\n".join(wrong)


def differences(observer: Observer, wall: Wall, role: str) -> list[str]:
    found = []
    for scope in SCOPES:
        should = expected(wall, role, scope)
        for probe, came in observer.observe(wall, scope).items():
            allowed = {should[probe]}
            if scope == "garbage" and should[probe] in ("refused", "denied"):
                allowed.add("bad scope")  # which of two refusals comes first is the planner's business
            if probe == "TRUNCATE" and should[probe] != "denied":
                allowed.add("referenced")
            if came not in allowed:
                found.append(f"{role} in scope {scope}: {probe} of {wall.table} is {came}, not {should[probe]}")
    return found


@pytest.mark.parametrize("role", [*APP_ROLES, "izin_ops"])
def test_grants_on_shared_tables(connect: Connect, role: str) -> None:
    connection = connect(role)
    for table, grants in matrix.SHARED.items():
        for verb in matrix.EVERYTHING.split(", "):
            assert _may(connection, table, verb) == (verb in grants.get(role, "")), (table, verb)


def _may(connection: psycopg.Connection[Any], table: str, verb: str) -> bool:
    statements = {
        "SELECT": "SELECT FROM {} LIMIT 1",
        "INSERT": "INSERT INTO {} DEFAULT VALUES",
        "UPDATE": "UPDATE {} SET ({column}) = ROW(NULL) WHERE false",
        "DELETE": "DELETE FROM {} WHERE false",
        "TRUNCATE": "TRUNCATE {}",
    }
    column = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND attidentity = '' AND NOT attisdropped LIMIT 1",
        [table],
    )
    names = {"column": sql.Identifier(column.fetchone()[0])}  # type: ignore[index]
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL(statements[verb]).format(sql.Identifier(table), **names))
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.errors.IntegrityError:
        return True
    return True


def test_both_organisations_hold_the_same(ours: Cast, theirs: Cast) -> None:
    """No UNIQUE reaches across: each has the same numbers, keys, names and WhatsApp ids as the other."""
    from izin.contacts import book
    from izin.contacts.models import Contact
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    seen = []
    for cast in (ours, theirs):
        with scope(cast.id):
            numbers = {number.e164 for number in book.numbers(Contact.objects.all()).values()}
            seen.append((numbers, SenderNumber.objects.get().phone_number_id))
    assert seen == [({person.number for person in ours.people}, PHONE_NUMBER_ID)] * 2


def test_blind_indexes_do_not_link_organisations(connect: Connect, ours: Cast, theirs: Cast) -> None:
    ops = connect("izin_ops")
    for table, column in (("contacts_identity", "index"), ("contacts_identity", "suppression_index")):
        names = (sql.Identifier(column), sql.Identifier(table))
        statement = sql.SQL("SELECT {} FROM {} WHERE organisation_id = %s").format(*names)
        mine, others = (set(ops.execute(statement, [cast.id])) for cast in (ours, theirs))
        assert mine and others and not mine & others


def test_unique_never_across_organisations(connect: Connect, walls: dict[str, Wall]) -> None:
    rows = connect(SUPERUSER).execute(
        "SELECT t.relname, i.relname, ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = x.indexrelid) "
        f"FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid "
        f"WHERE x.indisunique AND NOT x.indisprimary AND t.relnamespace = {PUBLIC}"
    )
    across = {index for table, index, columns in rows if table in walls and "organisation_id" not in columns}
    assert across == {"route_once"}, "a public address is taken for everybody, and nothing else is"


def test_references_stay_inside(connect: Connect, walls: dict[str, Wall], ids: dict[str, UUID]) -> None:
    """Another organisation's row is refused with the same error as one that does not exist."""
    superuser = connect(SUPERUSER)
    references = _references(superuser)
    inside = {(table, columns[1]): target for table, columns, target in references if len(columns) == 2}
    plain = {(table, *columns) for table, columns, _ in references if len(columns) == 1 and table in walls}
    assert plain - {(table, "organisation_id") for table in walls} == {("organisations_membership", "user_id")}
    assert set(inside) == _declared(), "each reference has its constraint over (organisation, row)"
    for (table, column), target in inside.items():
        refusals = []
        for wanted in (_first(superuser, target, ids["theirs"]), uuid4()):
            with (
                superuser.transaction(force_rollback=True),
                pytest.raises(psycopg.errors.ForeignKeyViolation) as caught,
            ):
                _disable_guard(superuser, table)
                superuser.execute("SET LOCAL ROLE izin_owner")
                superuser.execute("SELECT set_config('izin.organisation_id', %s, true)", [str(ids["ours"])])
                statement = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s")
                row = _first(superuser, table, ids["ours"])
                superuser.execute(statement.format(sql.Identifier(table), sql.Identifier(column)), [wanted, row])
            refusals.append(str(caught.value).replace(str(wanted), "…"))
        assert refusals[0] == refusals[1], (table, column)


def test_every_row_is_held_to_its_organisation(connect: Connect) -> None:
    """By a reference to the organisation, or by one inside it that no row can leave empty."""
    superuser = connect(SUPERUSER)
    assert _loose(superuser) == []
    with superuser.transaction(force_rollback=True):
        superuser.execute("ALTER TABLE contacts_subjectkey ALTER contact_id DROP NOT NULL")
        assert _loose(superuser) == ["contacts_subjectkey"]


def _loose(superuser: psycopg.Connection[Any]) -> list[str]:
    rows = superuser.execute(
        "SELECT t.relname::text FROM pg_class t JOIN pg_attribute o ON o.attrelid = t.oid "
        "AND o.attname = 'organisation_id' AND NOT o.attisdropped "
        f"WHERE t.relkind = 'r' AND t.relnamespace = {PUBLIC} AND NOT EXISTS ("
        "SELECT 1 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.conkey[1] = o.attnum "
        "AND (c.confrelid = 'organisations_organisation'::regclass OR EXISTS (SELECT 1 FROM pg_attribute other "
        "WHERE other.attrelid = t.oid AND other.attnum = c.conkey[2] AND other.attnotnull)))"
    )
    return [table for (table,) in rows]


def _references(superuser: psycopg.Connection[Any]) -> list[tuple[str, list[str], str]]:
    return superuser.execute(
        "SELECT conrelid::regclass::text, ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, place) "
        "JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY place), confrelid::regclass::text "
        f"FROM pg_constraint WHERE contype = 'f' AND connamespace = {PUBLIC}"
    ).fetchall()


def _declared() -> set[tuple[str, str]]:
    from django.apps import apps

    from izin.organisations.tenancy import TenantForeignKey, TenantModel

    found = set()
    for model in apps.get_models():
        for field in model._meta.local_fields if issubclass(model, TenantModel) else ():
            if field.remote_field and field.name != "organisation":
                assert isinstance(field, TenantForeignKey), f"{model.__name__}.{field.name} looks past the walls"
                found.add((model._meta.db_table, field.column))
    return found


def _first(superuser: psycopg.Connection[Any], table: str, organisation_id: UUID) -> UUID:
    statement = sql.SQL("SELECT id FROM {} WHERE organisation_id = %s LIMIT 1").format(sql.Identifier(table))
    found = superuser.execute(statement, [organisation_id]).fetchone()
    assert found, table
    return UUID(str(found[0]))


def _disable_guard(superuser: psycopg.Connection[Any], table: str) -> None:
    superuser.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))


def test_a_member_sees_the_own_organisations_and_changes_nothing(connect: Connect, ours: Cast, theirs: Cast) -> None:
    """Before a scope is open, staff find where they work. They cannot make themselves a member elsewhere."""
    web = connect("izin_web", autocommit=False)
    web.execute("SELECT set_config('izin.user_id', %s, true)", [str(ours.author.id)])
    assert web.execute("SELECT id FROM organisations_organisation").fetchall() == [(ours.id,)]
    assert web.execute("SELECT organisation_id FROM organisations_membership").fetchall() == [(ours.id,)]
    for statement in ("UPDATE organisations_membership SET role = 'admin'", "DELETE FROM organisations_membership"):
        assert web.execute(statement).rowcount == 0
    assert web.execute("UPDATE organisations_organisation SET name = name").rowcount == 0
    joining = "INSERT INTO organisations_membership (id, organisation_id, user_id, role) VALUES (%s, %s, %s, 'admin')"
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        web.execute(joining, [uuid4(), theirs.id, ours.author.id])


def test_a_scope_ends_with_its_transaction(ours: Cast) -> None:
    from django.db import connection

    from izin.contacts.models import Contact
    from izin.organisations.scope import OutsideScope, current, scope

    with scope(ours.id):
        assert Contact.objects.exists()
    with connection.cursor() as cursor:  # the same connection: an empty text, which is no uuid, and no error either
        cursor.execute("SELECT current_setting('izin.organisation_id', true)")
        assert cursor.fetchone() == ("",)
    assert not Contact.objects.exists()
    with pytest.raises(OutsideScope):
        current()


def test_a_nested_scope_gives_the_outer_one_back(ours: Cast, theirs: Cast) -> None:
    from izin.organisations.scope import scope

    with scope(ours.id):
        with scope(theirs.id):
            assert _seen() == {theirs.id}
            with scope(ours.id):
                assert _seen() == {ours.id}
            assert _seen() == {theirs.id}
        assert _seen() == {ours.id}
        with pytest.raises(ZeroDivisionError), scope(theirs.id):
            assert _seen() == {theirs.id}
            raise ZeroDivisionError
        assert _seen() == {ours.id}
        with pytest.raises(Exception, match="division"), scope(theirs.id):
            _run("SELECT 1 / 0")
        assert _seen() == {ours.id}


def test_random_interleavings_on_one_connection(ours: Cast, theirs: Cast) -> None:
    """Scopes opened, nested, left and broken off in any order: at each step exactly the innermost one's rows."""
    from django.db import connection

    chance = random.Random(20260722)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    for _ in range(INTERLEAVINGS):
        _wander(chance, [ours.id, theirs.id], None, depth=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == backend


class BrokenOff(Exception):
    """Somebody's request failed in the middle."""


def _wander(chance: random.Random, organisations: list[UUID], outer: UUID | None, depth: int) -> None:
    from izin.organisations.scope import scope

    inner = chance.choice(organisations)
    try:
        with scope(inner):
            assert _seen() == {inner}
            while depth < 3 and chance.random() < 0.3:
                _wander(chance, organisations, inner, depth + 1)
            if chance.random() < 0.15:
                raise BrokenOff
            if chance.random() < 0.1:
                _run("SELECT 'orang'::uuid")
            if chance.random() < 0.3:
                assert _seen() == {inner}
    except (BrokenOff, _database_error()):
        pass
    if outer is not None or chance.random() < 0.2:
        assert _seen() == ({outer} if outer else set())


def _database_error() -> type[Exception]:
    from django.db import DatabaseError

    return DatabaseError


def _seen() -> set[UUID]:
    from izin.contacts.models import Contact
    from izin.ledger.models import Head

    return {*Contact.objects.values_list("organisation_id", flat=True), *Head.objects.values_list("pk", flat=True)}


def _run(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_no_more_than_it_needs(connect: Connect, role: str) -> None:
    connection = connect(role)
    attributes = connection.execute(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles "
        "WHERE rolname = current_user"
    ).fetchone()
    assert attributes == (False,) * 5
    bypasses = connection.execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    assert bypasses == (role == "izin_ops",)
    others = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')"
    ).fetchall()
    assert others == ([("pg_database_owner",)] if role == "izin_owner" else [])
    if role == "izin_owner":
        return
    owned = (
        "SELECT 1 FROM pg_class WHERE relowner = current_user::regrole "
        "UNION ALL SELECT 1 FROM pg_proc WHERE proowner = current_user::regrole"
    )
    assert connection.execute(owned).fetchall() == []
    for statement in (
        "CREATE TABLE kedai ()",
        "CREATE SCHEMA kedai",
        "CREATE VIEW kedai AS SELECT 1",
        "CREATE ROLE kedai",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_functions_run_as_their_caller(connect: Connect) -> None:
    definers = connect(SUPERUSER).execute(f"SELECT proname FROM pg_proc WHERE pronamespace = {PUBLIC} AND prosecdef")
    assert definers.fetchall() == []


@pytest.mark.parametrize("role", [*ROLES, SUPERUSER])
def test_append_only_tables_are_append_only(
    connect: Connect, walls: dict[str, Wall], ids: dict[str, UUID], role: str
) -> None:
    connection = connect(role)
    guarded = [wall.table for wall in walls.values() if wall.append_only]
    assert {"ledger_entry", "ledger_checkpoint", "notices_noticeversion", "campaigns_approval"} <= set(guarded)
    connection.execute("SELECT set_config('izin.organisation_id', %s, false)", [str(ids["ours"])])
    for table in guarded:
        for statement in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)) as caught:
                connection.execute(sql.SQL(statement).format(sql.Identifier(table)))
            if role in ("izin_owner", SUPERUSER):
                assert "append-only" in str(caught.value)


# A wall that is broken must be noticed, or the tests above prove nothing.
BREACHES = {
    "no FORCE": "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    "no RLS": "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "another policy": "CREATE POLICY generous ON {} USING (true)",
    "another policy to read": "CREATE POLICY generous ON {} FOR SELECT TO izin_web USING (true)",
    "no policy": "DROP POLICY own_rows ON {}",
    "a changed policy": "ALTER POLICY own_rows ON {} USING (true)",
    "a changed check": "ALTER POLICY own_rows ON {} WITH CHECK (true)",
}
BROKEN_TABLES = (
    "contacts_contact",
    "consent_standing",
    "ledger_entry",
    "dispatch_message",
    "inbound_delivery",
    "ledger_head",
)


@pytest.mark.parametrize("breach", BREACHES)
@pytest.mark.parametrize("table", BROKEN_TABLES)
def test_a_breach_is_noticed(
    connect: Connect, walls: dict[str, Wall], ids: dict[str, UUID], table: str, breach: str
) -> None:
    from izin.organisations import isolation

    rows = rows_of(connect(SUPERUSER), walls[table], ids)
    with breached(sql.SQL(BREACHES[breach]).format(sql.Identifier(table))) as raw:
        raw.execute("SET LOCAL ROLE izin_web")
        with pytest.raises(isolation.Unsafe):
            isolation.check()
        noticed = []
        for role in ("izin_web", "izin_owner"):
            raw.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
            noticed += differences(Observer(raw, ids, rows), walls[table], role)
        assert noticed


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE VIEW peek AS SELECT * FROM contacts_contact", "not Izin's"),
        ("CREATE MATERIALIZED VIEW peek AS SELECT * FROM contacts_contact", "not Izin's"),
        ("GRANT izin_owner TO izin_web", "owns the tables"),
        ("GRANT izin_ops TO izin_web", "bypasses row-level security"),
        ("GRANT postgres TO izin_web", "superuser"),
        ("ALTER TABLE contacts_contact OWNER TO izin_web", "owns the tables"),
    ],
)
def test_start_up_notices(opened: None, ours: Cast, statement: str, told: str) -> None:
    from izin.organisations import isolation

    with breached(sql.SQL(statement)) as raw:
        raw.execute("SET LOCAL ROLE izin_web")
        with pytest.raises(isolation.Unsafe, match=told):
            isolation.check()


def test_start_up_does_not_mind_what_an_extension_brings(opened: None, ours: Cast) -> None:
    from izin.organisations import isolation

    with breached(sql.SQL("CREATE EXTENSION pg_stat_statements")) as raw:
        raw.execute("SET LOCAL ROLE izin_web")
        isolation.check()


def test_start_up_is_content_as_every_application_role(opened: None, ours: Cast) -> None:
    from izin.organisations import isolation

    for role in APP_ROLES:
        with django_as(role):
            isolation.check()


@contextmanager
def breached(statement: sql.Composable) -> Iterator[psycopg.Connection[Any]]:
    """Django's own connection, inside a superuser's transaction that undoes the breach at its end."""
    from django.db import connection, transaction

    with django_as(SUPERUSER), transaction.atomic():
        connection.ensure_connection()
        raw = connection.connection
        raw.execute(statement)
        try:
            yield raw
        finally:
            transaction.set_rollback(True)
