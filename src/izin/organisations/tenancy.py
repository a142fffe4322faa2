"""Rows that belong to an organisation: the model's base, and the migration operation that walls the table in."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

from izin.lib.ids import uuid7
from izin.organisations.scope import current

OWN_ROWS = "organisation_id = NULLIF(current_setting('izin.organisation_id', true), '')::uuid"

DROP_ORGANISATION = """
DO $$
DECLARE reference text;
BEGIN
  SELECT conname INTO STRICT reference FROM pg_constraint
   WHERE conrelid = '{table}'::regclass AND confrelid = 'organisations_organisation'::regclass AND contype = 'f';
  EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', reference);
END $$
"""


class TenantModel(models.Model):
    """A row of one organisation. A new row belongs to the organisation whose scope is open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        default=current,
        on_delete=models.DO_NOTHING,
        db_index=False,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True


class TenantForeignKey(models.ForeignKey):
    """A reference inside the organisation.

    Django's own constraint would accept another organisation's row, since foreign keys look past row-level security;
    Isolate adds the constraint over (organisation, row) instead. So with ``unique=True``: a constraint over all
    organisations would tell one of them, by another error, what the other has.
    """

    def __init__(self, to: Any, **options: Any) -> None:
        options.setdefault("on_delete", models.DO_NOTHING)
        options.setdefault("related_name", "+")
        options["db_constraint"] = False
        super().__init__(to, **options)


class Isolate(Operation):
    """Wall a tenant's table in: row-level security forced on everybody, references that stay inside, least grants.

    ``web`` and ``dispatch`` are the privileges of the two application roles. izin_ops (backup, verification) reads.
    """

    reversible = False

    def __init__(
        self,
        model: str,
        *,
        references: dict[str, str] | None = None,
        web: str = "SELECT, INSERT, UPDATE, DELETE",
        dispatch: str = "",
        policy: str = OWN_ROWS,
    ) -> None:
        self.model = model
        self.references = references or {}
        self.web = web
        self.dispatch = dispatch
        self.policy = policy

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model's state does not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        table = model._meta.db_table
        references = [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]
        once = [field.column for field in references if field.unique]
        for statement in self.statements(table, once):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Wall in {self.model}"

    def statements(self, table: str, once: Sequence[str] = ()) -> list[str]:
        """All that walls the table in; ``once`` names the references that are unique inside an organisation."""
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY own_rows ON {table} USING ({self.policy}) WITH CHECK ({self.policy})",
            f"GRANT SELECT ON {table} TO izin_ops",
        ]
        if self.policy == OWN_ROWS:
            statements.append(f"ALTER TABLE {table} ADD CONSTRAINT {table}_own UNIQUE (organisation_id, id)")
        statements += [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_own "
            f"FOREIGN KEY (organisation_id, {column}) REFERENCES {other} (organisation_id, id)"
            for column, other in self.references.items()
        ]
        statements += [
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_key, "
            f"ADD CONSTRAINT {table}_{column}_once UNIQUE (organisation_id, {column})"
            for column in once
        ]
        statements += [
            f"GRANT {privileges} ON {table} TO izin_{role}"
            for role, privileges in (("web", self.web), ("dispatch", self.dispatch))
            if privileges
        ]
        return statements


class Lighten(Operation):
    """Take away what each new row of a large table pays for and nobody needs.

    The reference to the organisation: a reference inside the organisation, which every row has (``thanks_to``), leads
    to a row that has it already. And the key over (organisation, row), where no other table refers to this one.
    """

    reversible = False

    def __init__(self, model: str, *, thanks_to: str, is_referred_to: bool = False) -> None:
        self.model = model
        self.thanks_to = thanks_to
        self.is_referred_to = is_referred_to

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model's state does not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        table = model._meta.db_table
        if model._meta.get_field(self.thanks_to).null:
            raise ValueError(f"{table} may have rows whose organisation nothing would hold.")
        schema_editor.execute(DROP_ORGANISATION.format(table=table), params=None)
        if not self.is_referred_to:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_own", params=None)

    def describe(self) -> str:
        return f"Lighten {self.model}"


class AppendOnly(Operation):
    """Refuse every change of a row once written, whoever asks (a trigger, beside the grants that leave it out)."""

    reversible = False

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model's state does not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION izin_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'This table is append-only.'; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION izin_refuse_change()",
            params=None,
        )

    def describe(self) -> str:
        return f"Make {self.model} append-only"
