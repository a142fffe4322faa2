"""Time stamps over checkpoints (RFC 3161), and whose turn it is to ask for one."""

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
from izin.organisations.tenancy import OWN_ROWS, AppendOnly, Isolate, TenantForeignKey

NOTHING = django.db.models.deletion.DO_NOTHING


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_checkpoint_frontier"), ("organisations", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="TimeStamp",
            fields=[
                ("id", models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("response", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("checkpoint", TenantForeignKey(db_constraint=False, on_delete=NOTHING, related_name="+", to="ledger.checkpoint", unique=True)),
                ("organisation", models.ForeignKey(db_index=False, default=izin.organisations.scope.current, editable=False, on_delete=NOTHING, related_name="+", to="organisations.organisation")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="TimeStampTurn",
            fields=[
                ("organisation", models.OneToOneField(default=izin.organisations.scope.current, on_delete=NOTHING, primary_key=True, related_name="+", serialize=False, to="organisations.organisation")),
                ("asked_at", models.DateTimeField(null=True)),
            ],
        ),
        Isolate("TimeStamp", references={"checkpoint_id": "ledger_checkpoint"}, web="SELECT, INSERT"),
        AppendOnly("TimeStamp"),
        Isolate("TimeStampTurn", policy=f"({OWN_ROWS})", web="SELECT, INSERT, UPDATE"),
    ]
