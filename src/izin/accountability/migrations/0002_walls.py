"""Walls around the register of recipients and what was given to them; what was given is never edited."""

from django.db import migrations

from izin.organisations.tenancy import AppendOnly, Isolate


class Migration(migrations.Migration):
    dependencies = [("accountability", "0001_initial"), ("consent", "0002_walls")]
    operations = [
        Isolate("Recipient", references={"purpose_id": "consent_purpose"}, web="SELECT, INSERT, UPDATE"),
        Isolate(
            "Disclosure",
            references={"recipient_id": "accountability_recipient", "purpose_id": "consent_purpose"},
            web="SELECT, INSERT",
        ),
        AppendOnly("Disclosure"),
        Isolate(
            "DisclosedPerson", references={"disclosure_id": "accountability_disclosure"}, web="SELECT, INSERT"
        ),
        AppendOnly("DisclosedPerson"),
    ]
