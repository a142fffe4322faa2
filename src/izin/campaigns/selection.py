"""An audience's rules as conditions of one statement. Inside an organisation's scope.

The texts are those of audience.sql; only their parameters are numbered here, so that a rule may stand on both sides.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from izin.campaigns.audience import SIDES, Audience
from izin.lib import sql
from izin.lib.clock import now

QUERIES: Final = sql.load("izin.campaigns", "audience.sql")
PLACE: Final = "/* audience */ true"  # where a statement takes the condition in
_PARAMETER: Final = re.compile(r"%\((\w+)\)s")


def narrowed(statement: str, audience: Audience, purpose_id: UUID, at: datetime) -> tuple[str, dict[str, Any]]:
    """The statement with the audience's condition at its ``PLACE``, and the values of the condition's parameters.

    The statement's own contact is called ``p``. Ages are counted back from ``at``.
    """
    conditions: list[str] = []
    values: dict[str, Any] = {"purpose": purpose_id, "at": at}
    for side in SIDES:
        for rule in audience.rules(side):
            given = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(rule).items()}
            own = {name: f"{side}_{rule.kind}_{name}" for name in given}
            text = _renamed(QUERIES[rule.kind], own)
            values |= {own[name]: value for name, value in given.items()}
            conditions.append(f"({text})" if side == "include" else f"NOT ({text})")
    return statement.replace(PLACE, " AND ".join(conditions) or "true"), values


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return _PARAMETER.sub(lambda one: f"%({names.get(one[1], one[1])})s", text)


def ask(query: str, audience: Audience, purpose_id: UUID, **more: Any) -> list[tuple[Any, ...]]:
    """The rows of one query of audience.sql for this audience; ``at`` is now, unless told."""
    at = more.pop("at", None) or now()
    statement, values = narrowed(QUERIES[query], audience, purpose_id, at)
    with reading_whole() as cursor:
        cursor.execute(statement, values | more)
        return list(cursor.fetchall())


@contextmanager
def reading_whole() -> Iterator[Any]:
    """A cursor for a statement over everybody, which reads each table once; after it the transaction is as it was."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["read_whole"], {"nested": "off"})
        yield cursor
        cursor.execute(QUERIES["read_whole"], {"nested": "on"})
