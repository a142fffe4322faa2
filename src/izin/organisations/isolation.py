"""Refuse to start where the walls would not hold: wrong role, missing policy, foreign or unmigrated schema."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from izin.lib.errors import IzinError
from izin.organisations.tenancy import TenantModel

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
        "django_session",  # opaque; holds a user id
        "procrastinate_jobs",  # arguments are opaque ids only
        "procrastinate_events",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    }
)


class Unsafe(IzinError):
    """The database would not keep organisations apart; the sentence says what to do."""


def check() -> None:
    """Raise Unsafe unless this connection's role, and the schema behind it, keep organisations apart."""
    _check_role()
    _check_schema()
    _check_walls()


def _check_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, superuser, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relowner = current_user::regrole "
            "AND relnamespace = 'public'::regnamespace"
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
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    applied = set(executor.loader.applied_migrations)
    apps_of_ours = {app for app, _ in known}
    if newer := sorted(name for app, name in applied - known if app in apps_of_ours):
        raise Unsafe(
            f"The database was migrated by a newer Izin (it knows {newer[0]}). Install that version, or restore the "
            "backup that fits this one."
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unsafe("The database is of an older Izin. Run “izin database migrate” first.")


def _check_walls() -> None:
    walled = {table for table, enabled in _tables().items() if enabled}
    tenant = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
    if open_tables := sorted((tenant | (set(_tables()) - SHARED)) - walled):
        raise Unsafe(
            f"Row-level security is not forced on {open_tables[0]}. Somebody changed the schema by hand: restore the "
            "policy (see docs/decisions/0003-isolation.md) before you start Izin."
        )


def _tables() -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS "
            "(SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) FROM pg_class c "
            "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
        )
        return dict(cursor.fetchall())
