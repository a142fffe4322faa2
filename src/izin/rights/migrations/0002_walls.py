"""Walls around what people asked for, and around the codes with which they prove their number."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial"), ("contacts", "0002_walls")]
    operations = [
        Isolate(
            "SubjectRequest",
            references={"contact_id": "contacts_contact"},
            web="SELECT, INSERT, UPDATE",
        ),
        Isolate("ProofCode", web="SELECT, INSERT, UPDATE"),
    ]
