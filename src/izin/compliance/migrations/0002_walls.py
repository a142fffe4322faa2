"""Walls around the officer's registers; what was done, and what was kept as a version, is never edited."""

from django.db import migrations

from izin.organisations.tenancy import AppendOnly, Isolate


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]
    operations = [
        Isolate("Breach", web="SELECT, INSERT, UPDATE"),
        Isolate("BreachStep", references={"breach_id": "compliance_breach"}, web="SELECT, INSERT"),
        AppendOnly("BreachStep"),
        Isolate("BreachTask", references={"breach_id": "compliance_breach"}, web="SELECT, INSERT, UPDATE"),
        Isolate("PaperDraft", web="SELECT, INSERT, UPDATE"),
        Isolate("PaperVersion", web="SELECT, INSERT"),
        AppendOnly("PaperVersion"),
        Isolate("RetentionSpan"),
        Isolate("RetentionRun", web="SELECT, INSERT"),
        AppendOnly("RetentionRun"),
        Isolate("Instruction", web="SELECT, INSERT"),
        AppendOnly("Instruction"),
    ]
