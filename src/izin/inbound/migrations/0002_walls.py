"""Walls around what came in."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("inbound", "0001_initial"), ("whatsapp", "0002_walls"), ("dispatch", "0002_walls")]
    operations = [
        Isolate(
            "Delivery",
            references={"account_id": "whatsapp_businessaccount"},
            dispatch="SELECT, INSERT, UPDATE",
        ),
        Isolate(
            "Heard",
            references={"delivery_id": "inbound_delivery"},
            web="SELECT, INSERT",
            dispatch="SELECT, INSERT",
        ),
    ]
