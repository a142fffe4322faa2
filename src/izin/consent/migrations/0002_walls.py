"""Walls around what people agreed to and refused. Evidence is appended, never changed."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("contacts", "0002_walls"), ("notices", "0002_walls")]
    operations = [
        Isolate("Purpose", references={"notice_id": "notices_notice"}, web="SELECT, INSERT", dispatch="SELECT"),
        Isolate(
            "Evidence",
            references={
                "contact_id": "contacts_contact",
                "purpose_id": "consent_purpose",
                "notice_version_id": "notices_noticeversion",
            },
            web="SELECT, INSERT",
            dispatch="SELECT, INSERT",
        ),
        Isolate(
            "Standing",
            references={
                "contact_id": "contacts_contact",
                "purpose_id": "consent_purpose",
                "because_id": "consent_evidence",
            },
            dispatch="SELECT, INSERT, UPDATE",
        ),
        Isolate("Suppression", references={"purpose_id": "consent_purpose"}, dispatch="SELECT, INSERT, UPDATE"),
        Isolate("JoinCode", web="SELECT, INSERT, UPDATE"),
        Isolate("ContactFile", references={"purpose_id": "consent_purpose"}, web="SELECT, INSERT, UPDATE"),
    ]
