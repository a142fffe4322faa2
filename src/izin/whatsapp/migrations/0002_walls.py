"""Walls around the business accounts and what is sent from them."""

from django.db import migrations

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):
    dependencies = [("whatsapp", "0001_initial"), ("organisations", "0002_walls")]
    operations = [
        Isolate("BusinessAccount", web="SELECT, INSERT, UPDATE", dispatch="SELECT"),
        Isolate(
            "SenderNumber",
            references={"account_id": "whatsapp_businessaccount"},
            web="SELECT, INSERT, UPDATE",
            dispatch="SELECT",
        ),
        Isolate("Template", references={"account_id": "whatsapp_businessaccount"}, dispatch="SELECT"),
    ]
