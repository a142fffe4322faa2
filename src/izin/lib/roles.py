"""The four database roles and Izin's database, the same on the embedded PostgreSQL and on a server."""

from typing import Any

import psycopg
from psycopg import sql

OWNER, WEB, DISPATCH, OPS = "izin_owner", "izin_web", "izin_dispatch", "izin_ops"
ROLES = (OWNER, WEB, DISPATCH, OPS)

# Statements, their parameters and the values that error details quote may hold what a person wrote. ERROR and WARNING
# go to the client alone: even their first line can quote a value ("invalid input syntax for type uuid: …").
QUIET = {
    "log_error_verbosity": "terse",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

_PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT"
# Two starters at once would otherwise meet on the same catalogue rows.
_LOCK = 0x697A696E


def prepare_roles(
    connection: psycopg.Connection[Any], *, database: str = "izin", passwords: dict[str, str] | None = None
) -> None:
    """Create or put right the roles, their quiet logging, the database and its grants. May be repeated at any time.

    ``connection`` is a superuser's, in autocommit, to any other database of the server. ``passwords`` maps a role to
    its password (none is set otherwise: peer authentication); only its SCRAM verifier is sent. No default privileges
    are given: each migration grants what its tables need. Raises ``psycopg.Error`` as the server refuses.
    """
    connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        for role in ROLES:
            _prepare_role(connection, role, (passwords or {}).get(role))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            _create_database(connection, database)
        _grant(connection, database)
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _prepare_role(connection: psycopg.Connection[Any], role: str, password: str | None) -> None:
    name = sql.Identifier(role)
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    attributes = f"{_PLAIN} {'BYPASSRLS' if role == OPS else 'NOBYPASSRLS'}"
    verb = "ALTER" if known else "CREATE"
    connection.execute(sql.SQL(f"{verb} ROLE {{}} {attributes}").format(name))
    for setting, value in (QUIET | {"timezone": "UTC"}).items():
        statement = sql.SQL("ALTER ROLE {} SET {} = {}")
        connection.execute(statement.format(name, sql.Identifier(setting), sql.Literal(value)))
    if password is not None:
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(verifier)))


def _create_database(connection: psycopg.Connection[Any], database: str) -> None:
    # The builtin provider sorts alike on every machine, so that an upgrade of the C library corrupts no index.
    alike = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if connection.info.server_version >= 170000 else ""
    statement = sql.SQL(f"CREATE DATABASE {{}} OWNER {{}} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' {alike}")
    connection.execute(statement.format(sql.Identifier(database), sql.Identifier(OWNER)))


def _grant(connection: psycopg.Connection[Any], database: str) -> None:
    name = sql.Identifier(database)
    everyone, workers = (sql.SQL(", ").join(map(sql.Identifier, roles)) for roles in (ROLES[1:], (WEB, DISPATCH)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, everyone))
    connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(name, workers))
    inside: dict[str, Any] = {
        **connection.info.get_parameters(),
        "dbname": database,
        "password": connection.info.password,
    }
    with psycopg.connect(**inside) as own:
        # Owning the database is not enough before PostgreSQL 16, for a role that inherits nothing.
        own.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
        own.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        own.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(everyone))
