"""Members of staff named on the command line: who they are, what they may do, and that it is really them."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from izin.cli.organisation import read_password
from izin.cli.terminal import NotFound
from izin.lib.errors import IzinError

if TYPE_CHECKING:
    from izin.organisations.models import Role, User


def member(organisation_id: UUID, email: str, roles: "tuple[Role, ...]", what: str) -> "User":
    """A member of staff whose role is among ``roles``, as on the screen; ``what`` they may do. Raises NotFound."""
    from izin.organisations.models import User
    from izin.organisations.registry import memberships_of
    from izin.organisations.roles import is_among

    user = User.objects.filter(username=email.lower(), is_active=True).first()
    works_as = {one.organisation_id: one.role for one in memberships_of(user)} if user else {}
    if user is None or organisation_id not in works_as:
        raise NotFound(f"{email} does not work there. Add the person with “izin organisation add-user”.")
    if not is_among(works_as[organisation_id], roles):
        raise IzinError(f"{email} works there as {works_as[organisation_id]}, who may not {what}.")
    return user


def authenticate(user: "User", password_file: Path | None) -> None:
    """Let the person give the own password, from the file's first line or the terminal. Raises IzinError."""
    from django.contrib.auth import authenticate

    password = read_password(password_file, f"Password of {user.username}: ")
    if authenticate(username=user.username, password=password) is None:
        raise IzinError(f"The password of {user.username} is not right. Nothing was done.")
