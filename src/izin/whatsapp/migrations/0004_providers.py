"""Providers beside Meta, and the Marketing Messages endpoint as an option of a sender number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("whatsapp", "0003_connection")]
    operations = [
        migrations.AddField("businessaccount", "key_header", models.CharField(default="Authorization", max_length=64)),
        migrations.AddField("businessaccount", "bare_paths", models.BooleanField(default=False)),
        migrations.AddField("sendernumber", "marketing_endpoint", models.BooleanField(default=False)),
    ]
