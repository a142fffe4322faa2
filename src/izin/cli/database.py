"""``izin database create|migrate|check``."""

import argparse
import sys
from pathlib import Path
from urllib.parse import quote

from izin.lib.errors import IzinError


class NotPrepared(IzinError):
    """The server refused to make Izin's roles or database."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    database = subparsers.add_parser("database", help="create, migrate or check the database")
    verbs = database.add_subparsers(metavar="verb", required=True)
    create = verbs.add_parser("create", help="make Izin's roles and database on a server of yours (15 or newer)")
    create.add_argument("--admin-url", required=True, help="a superuser's address: postgresql://postgres@host/postgres")
    create.add_argument("--name", default="izin", help="the database's name (izin)")
    create.add_argument(
        "--password-file", type=Path, help="a file whose first line becomes the password of Izin's roles"
    )
    create.set_defaults(handler=run_create, django=False, database=False)
    migrate = verbs.add_parser("migrate", help="bring the schema to this version of Izin")
    migrate.add_argument("--quiet", action="store_true", help="say nothing when all is well")
    migrate.set_defaults(handler=run_migrate, role="owner")
    check = verbs.add_parser("check", help="say whether roles and schema keep organisations apart")
    check.set_defaults(handler=run_check)


def run_create(parsed: argparse.Namespace) -> None:
    """Make roles and database with a superuser's connection, and print the address to set."""
    import psycopg

    from izin.lib.roles import ROLES, WEB, prepare_roles

    password = _first_line(parsed.password_file) if parsed.password_file else None
    try:
        with psycopg.connect(parsed.admin_url, autocommit=True) as admin:
            passwords = dict.fromkeys(ROLES, password) if password else None
            prepare_roles(admin, database=parsed.name, passwords=passwords)
            row = admin.execute("SHOW track_commit_timestamp").fetchone()
            info = admin.info
            host, port = info.host, info.port
    except psycopg.Error as error:
        raise NotPrepared(f"The server refused: {str(error).strip().splitlines()[0]}") from error
    secret = ":PASSWORD" if password else ""
    name = quote(parsed.name, safe="")
    where = f"@/{name}?host={quote(host, safe='')}&port={port}" if host.startswith("/") else f"@{host}:{port}/{name}"
    print(f"IZIN_DATABASE_URL=postgresql://{WEB}{secret}{where}")
    if password:
        print(f"(with the first line of {parsed.password_file}, percent-encoded, for PASSWORD)", file=sys.stderr)
    if row != ("on",):
        print("Set track_commit_timestamp = on in the server's postgresql.conf, and restart it.", file=sys.stderr)


def run_migrate(parsed: argparse.Namespace) -> None:
    """Apply all migrations as the owner of the schema."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0 if parsed.quiet else 1)


def run_check(parsed: argparse.Namespace) -> None:
    """Raise with the sentence of what is wrong, else say that all is well."""
    from izin.organisations import isolation

    isolation.check()
    print("The database keeps organisations apart: role, schema and row-level security are as they must be.")


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NotPrepared(f"The password file {file} could not be read: {error}.") from error
    if not lines or not lines[0].strip():
        raise NotPrepared(f"The password file {file} is empty.")
    return lines[0]
