"""Let the queue be read by country, since people in one country may be written to while others sleep."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0004_message_of_nobody"), ("campaigns", "0006_hours")]
    operations = [
        migrations.AddField("message", "country", models.CharField(blank=True, default="", max_length=2)),
        migrations.RemoveIndex("message", "message_queue"),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["lane", "campaign", "country", "id"],
                condition=models.Q(state="queued"),
                name="message_queue",
            ),
        ),
    ]
