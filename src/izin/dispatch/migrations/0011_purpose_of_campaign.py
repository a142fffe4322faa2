"""The purpose is the campaign's: each message paid for a reference of its own to it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0010_attempt_of_message")]

    operations = [migrations.RemoveField(model_name="message", name="purpose")]
