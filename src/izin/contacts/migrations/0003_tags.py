"""Staff's own words on people, and the list of those in use."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_walls"), ("organisations", "0003_jobs")]
    operations = [
        # Text without a length: a list is compared with lists of text as they come from the driver.
        migrations.AddField(
            "contact",
            "tags",
            django.contrib.postgres.fields.ArrayField(models.TextField(), db_default=[], default=list),
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=30)),
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
            "Tag", models.UniqueConstraint(fields=["organisation", "name"], name="tag_once")
        ),
        Isolate("Tag", web="SELECT, INSERT, DELETE"),
    ]
