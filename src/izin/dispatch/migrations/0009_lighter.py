"""Two of the checks and indexes that each message and each attempt paid for."""

from django.db import migrations

from izin.organisations.tenancy import Lighten


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0008_caps"), ("organisations", "0004_uuid7")]
    operations = [
        Lighten("message", thanks_to="lane", is_referred_to=True),
        Lighten("attempt", thanks_to="message"),
    ]
