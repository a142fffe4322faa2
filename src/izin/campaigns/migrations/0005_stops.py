"""The stops of all sending: an organisation's own, and the one of the whole installation."""

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
from izin.organisations.tenancy import Isolate

# The web role reaches every organisation by its scope anyway; the terminal commands run under it.
INSTALLATION = """
CREATE UNIQUE INDEX installation_stop_in_force ON campaigns_installationstop ((true)) WHERE lifted_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON campaigns_installationstop TO izin_web;
GRANT SELECT ON campaigns_installationstop TO izin_dispatch, izin_ops;
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_rehearsal_walls"), ("organisations", "0003_jobs")]
    operations = [
        migrations.CreateModel(
            name="SendingStop",
            fields=[
                (
                    "id",
                    models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        default=izin.organisations.scope.current,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "SendingStop",
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(lifted_at=None), name="sending_stop_in_force"
            ),
        ),
        Isolate("SendingStop", web="SELECT, INSERT, UPDATE", dispatch="SELECT"),
        migrations.CreateModel(
            name="InstallationStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(INSTALLATION),
    ]
