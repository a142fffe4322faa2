"""Walls around the forms by which people are asked. What was published or served is never changed."""

from django.db import migrations

from izin.organisations.tenancy import AppendOnly, Isolate


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_forms"), ("notices", "0002_walls")]
    operations = [
        Isolate("ConsentForm", web="SELECT, INSERT, UPDATE"),
        Isolate("FormVersion", references={"form_id": "consent_consentform"}, web="SELECT, INSERT"),
        AppendOnly("FormVersion"),
        Isolate("ServedPage", references={"form_version_id": "consent_formversion"}, web="SELECT, INSERT"),
        AppendOnly("ServedPage"),
        Isolate(
            "Coverage",
            references={"purpose_id": "consent_purpose", "notice_version_id": "notices_noticeversion"},
            web="SELECT, INSERT",
        ),
        AppendOnly("Coverage"),
    ]
