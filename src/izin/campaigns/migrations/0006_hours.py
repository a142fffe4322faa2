"""The organisation's sending hours."""

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_stops")]
    operations = [
        migrations.CreateModel(
            name="SendingHours",
            fields=[
                (
                    "id",
                    models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
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
            "SendingHours", models.UniqueConstraint(fields=["organisation"], name="sending_hours_once")
        ),
        Isolate("SendingHours", web="SELECT, INSERT, UPDATE", dispatch="SELECT"),
    ]
