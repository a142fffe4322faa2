"""Saved audiences, and the one that a campaign names."""

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
import izin.organisations.tenancy
from izin.organisations.tenancy import Isolate

ID = ("id", models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False))
ORGANISATION = (
    "organisation",
    models.ForeignKey(
        db_index=False,
        default=izin.organisations.scope.current,
        editable=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to="organisations.organisation",
    ),
)
WALL = """
ALTER TABLE campaigns_campaign ADD CONSTRAINT campaigns_campaign_audience_id_own
  FOREIGN KEY (organisation_id, audience_id) REFERENCES campaigns_savedaudience (organisation_id, id);
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_hours"), ("contacts", "0003_tags")]
    operations = [
        migrations.CreateModel(
            name="SavedAudience",
            fields=[
                ID,
                ("name", models.CharField(max_length=80)),
                ("rules", models.JSONField()),
                ("edited_by", models.UUIDField()),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField()),
                ORGANISATION,
            ],
            options={"ordering": ["name"]},
        ),
        migrations.AddConstraint(
            "SavedAudience", models.UniqueConstraint(fields=["organisation", "name"], name="saved_audience_name")
        ),
        Isolate("SavedAudience", web="SELECT, INSERT, UPDATE"),
        migrations.AddField(
            "campaign",
            "audience",
            izin.organisations.tenancy.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="campaigns.savedaudience",
            ),
        ),
        migrations.AddField("campaign", "audience_rules", models.JSONField(null=True)),
        migrations.RunSQL(WALL),
    ]
