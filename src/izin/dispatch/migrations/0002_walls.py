"""Walls around the messages. The dispatch role sees every lane, so that it can lease one before it knows whose it is."""

from django.db import migrations

from izin.organisations.tenancy import Isolate

EVERY_LANE = """
CREATE POLICY every_lane ON dispatch_lane TO izin_dispatch USING (true) WITH CHECK (true);
ALTER TABLE dispatch_message SET (fillfactor = 70);
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0001_initial"), ("campaigns", "0002_walls")]
    operations = [
        Isolate(
            "Lane",
            references={"sender_id": "whatsapp_sendernumber"},
            web="SELECT, INSERT, UPDATE",
            dispatch="SELECT, INSERT, UPDATE",
        ),
        Isolate(
            "Message",
            references={
                "campaign_id": "campaigns_campaign",
                "contact_id": "contacts_contact",
                "purpose_id": "consent_purpose",
                "lane_id": "dispatch_lane",
                "template_id": "whatsapp_template",
            },
            web="SELECT, INSERT, UPDATE",
            dispatch="SELECT, INSERT, UPDATE",
        ),
        Isolate(
            "Attempt",
            references={"message_id": "dispatch_message"},
            web="SELECT",
            dispatch="SELECT, INSERT, UPDATE",
        ),
        migrations.RunSQL(EVERY_LANE),
    ]
