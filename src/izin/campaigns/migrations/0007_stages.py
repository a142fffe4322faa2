"""Campaigns in stages, by priority, and with two templates of which one wins."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
import izin.organisations.tenancy
from izin.organisations.tenancy import Isolate

PRIORITIES = [(0, "urgent"), (1, "normal"), (2, "low")]


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_hours")]
    operations = [
        migrations.AddField(
            "campaign", "priority", models.PositiveSmallIntegerField(choices=PRIORITIES, default=1)
        ),
        migrations.AddField("campaign", "variant_name", models.CharField(blank=True, default="", max_length=512)),
        migrations.AddField("campaign", "winner", models.CharField(blank=True, default="", max_length=8)),
        migrations.AddIndex(
            "campaign",
            models.Index(
                fields=["sender", "priority", "started_at"],
                condition=models.Q(state="running"),
                name="campaign_running",
            ),
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("wait_s", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("up_to", models.UUIDField(default=uuid.UUID(int=0))),
                ("opened_at", models.DateTimeField(null=True)),
                ("through_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    izin.organisations.tenancy.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
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
            "Stage", models.UniqueConstraint(fields=["organisation", "campaign", "place"], name="stage_once")
        ),
        Isolate(
            "Stage",
            references={"campaign_id": "campaigns_campaign"},
            web="SELECT, INSERT, UPDATE",
            dispatch="SELECT",
        ),
    ]
