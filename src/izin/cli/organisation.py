"""``izin keys create``, ``izin organisation create`` and ``izin organisation add-user``."""

import argparse
import getpass
import os
from pathlib import Path

from izin.cli.terminal import first_line, organisation
from izin.lib.errors import IzinError


class KeyIsThere(IzinError):
    """There is a root key already."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    keys = subparsers.add_parser("keys", help="make the installation's root key")
    keys.add_subparsers(metavar="verb", required=True).add_parser("create").set_defaults(
        handler=create_key, database=False, django=False
    )
    verbs = subparsers.add_parser("organisation", help="create an organisation, add its people").add_subparsers(
        metavar="verb", required=True
    )
    create = verbs.add_parser("create", help="a new organisation with keys of its own")
    create.add_argument("name")
    create.add_argument("--address", default="", help="the short address of its public pages")
    create.add_argument("--country", default="MY")
    create.add_argument("--registration-number", default="")
    create.add_argument("--postal-address", default="")
    create.add_argument("--email", default="", help="for questions about privacy")
    create.add_argument("--phone", default="")
    create.set_defaults(handler=create_organisation)
    add = verbs.add_parser("add-user", help="let somebody work in an organisation")
    add.add_argument("email")
    add.add_argument("--organisation")
    # Not "role": that is the process's own database role.
    add.add_argument("--role", dest="works_as", choices=["admin", "marketer", "reviewer", "officer"], required=True)
    add.add_argument("--name", default="")
    add.add_argument("--password-file", type=Path, help="its first line; asked for when left out")
    add.set_defaults(handler=add_user)


def create_key(parsed: argparse.Namespace) -> None:
    """Make the root key, and say that it must be kept apart from the database's backups."""
    from izin import settings
    from izin.lib.keyring import RootKey

    try:
        RootKey.create(settings.ROOT_KEY_FILE)
    except FileExistsError:
        raise KeyIsThere(f"There is a root key at {settings.ROOT_KEY_FILE} already; it was left as it is.") from None
    print(f"The root key is at {settings.ROOT_KEY_FILE}. Keep a copy apart from the backups of the database:")
    print("without it nobody can read the data, and with it a stolen backup can be read.")


def create_organisation(parsed: argparse.Namespace) -> None:
    """Found an organisation and print its address."""
    from izin import settings
    from izin.organisations import registry

    founded = registry.found(
        parsed.name,
        slug=parsed.address,
        country=parsed.country,
        registration_number=parsed.registration_number,
        address=parsed.postal_address,
        contact_email=parsed.email,
        contact_phone=parsed.phone,
    )
    print(f"{founded.name}: {settings.PUBLIC_URL}/{founded.slug}/")


def add_user(parsed: argparse.Namespace) -> None:
    """Add a member of staff, who signs in with the e-mail address."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope

    organisation_id = organisation(parsed.organisation)
    password = read_password(parsed.password_file, f"Password for {parsed.email}: ")
    try:
        validate_password(password)
    except ValidationError as refused:
        raise IzinError(" ".join(refused.messages)) from None
    user = registry.add_user(parsed.email, password, full_name=parsed.name)
    with scope(organisation_id):
        registry.add_member(user, Role(parsed.works_as))
    print(f"{user.username} works there now as {parsed.works_as}.")


def read_password(file: Path | None, prompt: str) -> str:
    """The first line of a file, or what is typed."""
    if file is not None:
        return first_line(file)
    if not os.isatty(0):
        raise IzinError("Give the password in a file: --password-file FILE.")
    return getpass.getpass(prompt)
