"""Walls around the wordings, which are immutable once published."""

from django.db import migrations

from izin.organisations.tenancy import AppendOnly, Isolate


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("organisations", "0002_walls")]
    operations = [
        Isolate("Notice", web="SELECT, INSERT", dispatch="SELECT"),
        Isolate("NoticeVersion", references={"notice_id": "notices_notice"}, web="SELECT, INSERT", dispatch="SELECT"),
        AppendOnly("NoticeVersion"),
        Isolate("PrivacyPolicy", web="SELECT, INSERT", dispatch="SELECT"),
        AppendOnly("PrivacyPolicy"),
    ]
