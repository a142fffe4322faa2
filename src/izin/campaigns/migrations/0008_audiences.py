"""Saved audiences and the one that a campaign names; the cap, tests for own people, decisions to send again."""

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
ALTER TABLE campaigns_campaign ADD CONSTRAINT campaigns_campaign_test_of_id_own
  FOREIGN KEY (organisation_id, test_of_id) REFERENCES campaigns_campaign (organisation_id, id);
"""


def _reference(to: str, **more: object) -> izin.organisations.tenancy.TenantForeignKey:
    return izin.organisations.tenancy.TenantForeignKey(
        to, db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", **more
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_stages"), ("contacts", "0003_tags")]
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
            _reference("campaigns.savedaudience", db_index=False, null=True),
        ),
        migrations.AddField("campaign", "audience_rules", models.JSONField(null=True)),
        migrations.AddField("campaign", "test_of", _reference("campaigns.campaign", db_index=False, null=True)),
        migrations.AddField("campaign", "again_until", models.DateTimeField(null=True)),
        migrations.RunSQL(WALL),
        migrations.CreateModel(
            name="FrequencyCap",
            fields=[
                ID,
                ("most", models.PositiveSmallIntegerField(null=True)),
                ("days", models.PositiveSmallIntegerField()),
                ("stated", models.PositiveSmallIntegerField(null=True)),
                ("is_chosen", models.BooleanField(default=False)),
                ORGANISATION,
            ],
        ),
        migrations.AddConstraint(
            "FrequencyCap", models.UniqueConstraint(fields=["organisation"], name="frequency_cap_once")
        ),
        Isolate("FrequencyCap", web="SELECT, INSERT, UPDATE", dispatch="SELECT"),
        migrations.CreateModel(
            name="Tester",
            fields=[
                ID,
                ("member", models.UUIDField()),
                ("contact", _reference("contacts.contact")),
                ("at", models.DateTimeField()),
                ORGANISATION,
            ],
        ),
        migrations.AddConstraint(
            "Tester", models.UniqueConstraint(fields=["organisation", "member"], name="tester_member")
        ),
        migrations.AddConstraint(
            "Tester", models.UniqueConstraint(fields=["organisation", "contact"], name="tester_contact")
        ),
        Isolate("Tester", references={"contact_id": "contacts_contact"}, web="SELECT, INSERT, DELETE"),
        migrations.CreateModel(
            name="Resend",
            fields=[
                ID,
                ("campaign", _reference("campaigns.campaign")),
                ("by", models.UUIDField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("outage", "a failure of ours or of WhatsApp cut off the answers"),
                            ("must_know", "people must not miss this message"),
                            ("told", "people told us that they did not get it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("people", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ORGANISATION,
            ],
        ),
        Isolate("Resend", references={"campaign_id": "campaigns_campaign"}, web="SELECT, INSERT"),
    ]
