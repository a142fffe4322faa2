"""Write and look up many rows of the open organisation in one short statement, each column as one array.

An import writes five rows for a person. Objects and placeholders for each of their values, as the ORM makes them, take
several times as long as sealing them and storing them. Row-level security holds here as everywhere.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignObject, Lookup
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
    types = {field.column: sql.SQL(_type_of(field)) for field in meta.local_concrete_fields}
    values = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
    differing = [name for place, name in enumerate(columns) if place == 0 or not _is_one(values[name])]
    same = [name for name in columns if name not in differing]
    statement = sql.SQL("INSERT INTO {} (organisation_id, {}) SELECT {}, * FROM unnest({})").format(
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, [*same, *differing])),
        sql.SQL(", ").join([sql.Literal(current()), *(sql.SQL("%b::{}").format(types[name]) for name in same)]),
        sql.SQL(", ").join(sql.SQL("%b::{}[]").format(types[name]) for name in differing),
    )
    if once:
        statement += sql.SQL(" ON CONFLICT (organisation_id, {}) DO UPDATE SET {}").format(
            sql.SQL(", ").join(map(sql.Identifier, once)),
            sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in replacing),
        )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(values[name][0] for name in same), *(values[name] for name in differing)])


def under(model: type[TenantModel], kind: str, indexes: Sequence[bytes], column: str) -> list[tuple[bytes, Any]]:
    """Of this organisation's rows of the kind: (keyed hash, ``column``) of each that is kept under one of the hashes.

    Each hash is sought in the index by itself. Left to choose, PostgreSQL reads every row that the organisation has, as
    long as its statistics are from before a large import: for each chunk again, which grows with the square.
    """
    statement = sql.SQL(
        "SELECT sought.index, found.{column} FROM unnest(%b::bytea[]) AS sought (index) CROSS JOIN LATERAL "
        "(SELECT {column} FROM {table} AS kept WHERE kept.kind = %s AND kept.index = sought.index OFFSET 0) AS found"
    ).format(column=sql.Identifier(column), table=sql.Identifier(model._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [indexes, kind])
        return [(bytes(index), value) for index, value in cursor.fetchall()]


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):  # type: ignore[type-arg]  # Django has it generic in its stubs only
    """``…__among=values``: ``…__in`` for many values, sent as one array where the ORM makes a parameter of each."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%b::{_type_of(self.lhs.output_field)}[])", [*params, list(self.rhs)]


def _type_of(field: "Field[Any, Any]") -> Any:
    """The type to read a value as. A cast to ``varchar(8)`` would cut what is too long; storing it refuses that."""
    column_type = str(field.db_type(connection))
    return "text" if column_type.startswith("varchar") else column_type


def _is_one(values: list[Any]) -> bool:
    """Whether a column says the same in every row, as most of an import's do; it is then sent once."""
    return values.count(values[0]) == len(values)
