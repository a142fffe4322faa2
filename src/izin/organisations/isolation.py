"""Refuse to start where the walls would not hold: wrong role, policy or key, foreign or unmigrated schema."""

import re

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from izin.lib.errors import IzinError
from izin.lib.keyring import KeyMissing
from izin.organisations import keys, registry
from izin.organisations.scope import scope
from izin.organisations.tenancy import OWN_ROWS, TenantModel

# Tables that no organisation owns, each for a reason (docs/decisions/0003-isolation.md).
SHARED = frozenset(
    {
        "django_migrations",  # the schema's own history
        "django_content_type",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
        "organisations_user",  # staff accounts: a person may work for several organisations
        "organisations_user_groups",
        "organisations_user_user_permissions",
        "campaigns_installationstop",  # the operator's stop for everybody: two times, and nobody's data
        "dispatch_process",  # names of processes, and until when each counts as alive
        "django_session",  # opaque; holds a user id
        "procrastinate_jobs",  # arguments are opaque ids only
        "procrastinate_events",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    }
)
# Row-level security lets a row pass when any policy does, so each policy beside a table's own one is listed here.
POLICY = "own_rows"
MORE_POLICIES = {
    "dispatch_lane": {POLICY, "every_lane"},  # a lane is leased before it is known whose it is
    "organisations_membership": {POLICY, "own_memberships"},  # staff see where they work before a scope is open
    "organisations_organisation": {POLICY, "own_employers"},
    "organisations_route": {"everybody_looks_up", "own_insert", "own_delete"},  # public addresses
}


class Unsafe(IzinError):
    """The database would not keep organisations apart; the sentence says what to do."""


def check() -> None:
    """Raise Unsafe unless this connection's role, and the schema behind it, keep organisations apart.

    Raises KeyMissing when the root key is not there, or not the one that this database was sealed with.
    """
    _check_role()
    _check_schema()
    _check_walls()
    _check_policies()
    _check_root_key()


def _check_role() -> None:
    with connection.cursor() as cursor:
        # What a role is a member of counts as well: it becomes that role when it likes.
        cursor.execute(
            "SELECT current_user, bool_or(rolsuper), bool_or(rolbypassrls) FROM pg_roles "
            "WHERE pg_has_role(current_user, oid, 'MEMBER')"
        )
        name, superuser, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND pg_has_role(current_user, relowner, 'MEMBER') AND relnamespace = 'public'::regnamespace"
        )
        (owned,) = cursor.fetchone()
    if superuser or bypasses:
        raise Unsafe(
            f"The database user {name} is a superuser or bypasses row-level security, so organisations would see each "
            "other. Create Izin's own roles with “izin database create --admin-url …” and set IZIN_DATABASE_URL to "
            "the izin_web address that it prints."
        )
    if owned:
        raise Unsafe(
            f"The database user {name} owns the tables, so it could change their walls. Run Izin as izin_web (set "
            "IZIN_DATABASE_URL to its address); izin_owner is for “izin database migrate” only."
        )


def _check_schema() -> None:
    tables = set(_tables())
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | SHARED
    if foreign := sorted(tables - ours):
        raise Unsafe(
            f"The database holds tables that are not Izin's ({', '.join(foreign[:3])}). Give Izin a database of its "
            "own: “izin database create --admin-url …”."
        )
    if "django_migrations" not in tables:
        raise Unsafe("The database is empty. Run “izin database migrate” first.")
    loader = MigrationLoader(connection)
    known, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    apps_of_ours = {app for app, _ in known}
    if newer := sorted(name for app, name in applied - known if app in apps_of_ours):
        raise Unsafe(
            f"The database was migrated by a newer Izin (it knows {newer[0]}). Install that version, or restore the "
            "backup that fits this one."
        )
    if set(loader.graph.nodes) - applied:
        raise Unsafe("The database is of an older Izin. Run “izin database migrate” first.")


def _check_walls() -> None:
    walled = {table for table, enabled in _tables().items() if enabled}
    tenant = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
    if open_tables := sorted((tenant | (set(_tables()) - SHARED)) - walled):
        raise Unsafe(
            f"Row-level security is not forced on {open_tables[0]}. Somebody changed the schema by hand: restore the "
            "policy (see docs/decisions/0003-isolation.md) before you start Izin."
        )


def _check_policies() -> None:
    own = _bare(OWN_ROWS)
    found: dict[str, set[str]] = {}
    for table, policy, *conditions in _policies():
        found.setdefault(table, set()).add(policy)
        mine = own.replace("organisation_id", "id", 1) if table == "organisations_organisation" else own
        if policy == POLICY and {_bare(condition) for condition in conditions} != {mine}:
            raise _changed_by_hand(table)
    for table, policies in found.items():
        if policies != MORE_POLICIES.get(table, {POLICY}):
            raise _changed_by_hand(table)


def _check_root_key() -> None:
    organisations = registry.organisation_ids()
    try:
        keys.root()
    except KeyMissing as missing:
        if organisations:
            raise
        raise KeyMissing(f"{missing.sentence} A new installation makes one with “izin keys create”.") from None
    for organisation_id in organisations[:1]:  # one root key sealed all of them
        with scope(organisation_id):
            keys.keys()


def _changed_by_hand(table: str) -> Unsafe:
    return Unsafe(
        f"The row-level security policies of {table} are not those that Izin made. Somebody changed the schema by "
        "hand: restore them (see docs/decisions/0003-isolation.md) before you start Izin."
    )


def _bare(condition: str | None) -> str:
    """A condition without the brackets, casts and spaces that PostgreSQL adds when it stores one."""
    return re.sub(r"::\w+|[()\s]", "", condition or "")


def _policies() -> list[tuple[str, str, str | None, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = 'public'")
        return list(cursor.fetchall())


def _tables() -> dict[str, bool]:
    """What lies in the schema, and whether a wall is around it; but not what an administrator's extension brought."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS "
            "(SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) FROM pg_class c "
            "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace "
            "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
        )
        return dict(cursor.fetchall())
