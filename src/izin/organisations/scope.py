"""The only door to an organisation's rows.

Row-level security shows nothing unless ``izin.organisation_id`` is set, and it is set here alone, inside a transaction
and for that transaction only, so that a pooled connection never carries one organisation's scope into the next request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

_current: ContextVar[UUID | None] = ContextVar("izin_organisation", default=None)


class OutsideScope(RuntimeError):
    """An organisation's rows were asked for where no scope is open: a mistake of the programmer."""


def current() -> UUID:
    """The id of the organisation whose scope is open. Raises OutsideScope."""
    organisation_id = _current.get()
    if organisation_id is None:
        raise OutsideScope("No organisation scope is open here: wrap the work in scope(organisation_id).")
    return organisation_id


@contextmanager
def scope(organisation_id: UUID) -> Iterator[None]:
    """Open a transaction that sees and writes the rows of one organisation only."""
    outer, is_nested = _current.get(), connection.in_atomic_block
    token = _current.set(organisation_id)
    try:
        with transaction.atomic():
            _tell_database("izin.organisation_id", str(organisation_id))
            yield
            if is_nested:  # releasing a savepoint keeps SET LOCAL: the outer scope, or none, is given back
                _tell_database("izin.organisation_id", str(outer or ""))
    finally:
        _current.reset(token)


@contextmanager
def seen_as(user_id: UUID) -> Iterator[None]:
    """Open a transaction in which a user sees the own memberships, in whichever organisation they are."""
    with transaction.atomic():
        _tell_database("izin.user_id", str(user_id))
        yield
        _tell_database("izin.user_id", "")


def _tell_database(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
