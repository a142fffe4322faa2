"""Walls around the ledger, and the append-only guard."""

from django.db import migrations

from izin.organisations.tenancy import OWN_ROWS, AppendOnly, Isolate


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("organisations", "0002_walls")]
    operations = [
        Isolate("Entry", web="SELECT, INSERT", dispatch="SELECT, INSERT"),
        AppendOnly("Entry"),
        # The Head is one row per organisation, whose key is the organisation itself.
        Isolate("Head", policy=f"({OWN_ROWS})", web="SELECT, INSERT, UPDATE", dispatch="SELECT, INSERT, UPDATE"),
        Isolate("Checkpoint", web="SELECT, INSERT", dispatch="SELECT"),
        AppendOnly("Checkpoint"),
    ]
