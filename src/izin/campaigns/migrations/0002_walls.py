"""Walls around the campaigns."""

from django.db import migrations

from izin.organisations.tenancy import AppendOnly, Isolate

CAMPAIGN = {"campaign_id": "campaigns_campaign"}


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("consent", "0002_walls"), ("whatsapp", "0002_walls")]
    operations = [
        Isolate(
            "Campaign",
            references={"purpose_id": "consent_purpose", "sender_id": "whatsapp_sendernumber"},
            web="SELECT, INSERT, UPDATE",
            dispatch="SELECT, UPDATE",
        ),
        Isolate("Approval", references=CAMPAIGN, web="SELECT, INSERT", dispatch="SELECT"),
        AppendOnly("Approval"),
        Isolate("Pause", references=CAMPAIGN, web="SELECT, INSERT, UPDATE", dispatch="SELECT, INSERT"),
    ]
