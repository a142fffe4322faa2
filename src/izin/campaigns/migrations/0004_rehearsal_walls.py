"""Walls around the rehearsals. They are thrown away, so the web role may delete them; dispatch never sees them."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_rehearsal")]
    operations = [Isolate("Rehearsal", references={"campaign_id": "campaigns_campaign"})]
