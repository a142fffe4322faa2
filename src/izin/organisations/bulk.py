"""Write many rows of the open organisation in one short statement, each column as one array.

An import writes five rows for a person. Objects and placeholders for each of their values, as the ORM makes them, take
several times as long as sealing them and storing them. Row-level security holds here as everywhere.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from izin.organisations.scope import current
from izin.organisations.tenancy import TenantModel


def insert(
    model: type[TenantModel],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    once: Sequence[str] = (),
    replacing: Sequence[str] = (),
) -> None:
    """New rows of this organisation: ``columns`` are the table's names, a row holds one value for each.

    Where a row with the same ``once`` (beside the organisation) is there, its columns ``replacing`` are overwritten.
    """
    if not rows:
        return
    meta = model._meta
    types = {field.column: _array_type(str(field.db_type(connection))) for field in meta.local_concrete_fields}
    statement = sql.SQL("INSERT INTO {} (organisation_id, {}) SELECT {}, * FROM unnest({})").format(
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.Literal(current()),
        sql.SQL(", ").join(sql.SQL("%b::{}[]").format(sql.SQL(types[name])) for name in columns),
    )
    if once:
        statement += sql.SQL(" ON CONFLICT (organisation_id, {}) DO UPDATE SET {}").format(
            sql.SQL(", ").join(map(sql.Identifier, once)),
            sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in replacing),
        )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(values) for values in zip(*rows, strict=True)])


def _array_type(column_type: str) -> Any:
    """The type to read an array as. A cast to ``varchar(8)`` would cut what is too long; storing it refuses that."""
    return "text" if column_type.startswith("varchar") else column_type
