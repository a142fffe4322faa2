"""A message outlives the person's data: it keeps its outcome, so that the campaign's sums stay true."""

import django.db.models.deletion
from django.db import migrations

import izin.organisations.tenancy


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_walls"), ("dispatch", "0003_fewer_indexes")]
    operations = [
        migrations.AlterField(
            "message",
            "contact",
            izin.organisations.tenancy.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="contacts.contact",
            ),
        ),
    ]
