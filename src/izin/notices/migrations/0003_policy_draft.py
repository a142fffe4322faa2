"""The privacy policy that is being written."""

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_walls"), ("organisations", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="PolicyDraft",
            fields=[
                ("id", models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("texts", models.JSONField()),
                ("edited_by", models.UUIDField()),
                ("edited_at", models.DateTimeField()),
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
            model_name="policydraft",
            constraint=models.UniqueConstraint(fields=("organisation",), name="policy_draft_once"),
        ),
        Isolate("PolicyDraft", web="SELECT, INSERT, UPDATE, DELETE"),
    ]
