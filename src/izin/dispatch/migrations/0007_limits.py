"""WhatsApp's limits: who was written to in 24 hours, and whom WhatsApp itself held back from us."""

import django.db.models.deletion
from django.db import migrations, models

import izin.lib.ids
import izin.organisations.scope
import izin.organisations.tenancy
from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_walls"), ("dispatch", "0006_process"), ("campaigns", "0007_stages")]
    operations = [
        migrations.CreateModel(
            name="Reached",
            fields=[
                (
                    "id",
                    models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "contact",
                    izin.organisations.tenancy.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contacts.contact",
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
        migrations.AddIndex("Reached", models.Index(fields=["organisation", "at"], name="reached_when")),
        migrations.AddConstraint(
            "Reached", models.UniqueConstraint(fields=["organisation", "contact"], name="reached_once")
        ),
        Isolate(
            "Reached",
            references={"contact_id": "contacts_contact"},
            web="SELECT, UPDATE, DELETE",
            dispatch="SELECT, INSERT, UPDATE",
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["contact"],
                condition=models.Q(reason="ecosystem") | models.Q(failed_code=131049),
                name="message_held_back",
            ),
        ),
    ]
