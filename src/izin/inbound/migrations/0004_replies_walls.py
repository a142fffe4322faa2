"""Walls around the replies and the alarms."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("inbound", "0003_replies")]
    operations = [
        Isolate(
            "Reply",
            references={
                "contact_id": "contacts_contact",
                "sender_id": "whatsapp_sendernumber",
                "campaign_id": "campaigns_campaign",
                "delivery_id": "inbound_delivery",
            },
            web="SELECT, INSERT, UPDATE",
        ),
        Isolate(
            "Alarm",
            references={"sender_id": "whatsapp_sendernumber"},
            web="SELECT, INSERT, UPDATE",
        ),
    ]
