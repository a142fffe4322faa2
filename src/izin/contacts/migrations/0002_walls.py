"""Walls around the people."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("organisations", "0002_walls")]
    operations = [
        Isolate("Contact", dispatch="SELECT"),
        Isolate("SubjectKey", references={"contact_id": "contacts_contact"}, dispatch="SELECT"),
        Isolate("Identity", references={"contact_id": "contacts_contact"}, dispatch="SELECT"),
    ]
