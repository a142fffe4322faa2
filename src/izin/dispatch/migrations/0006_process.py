"""The dispatch processes that live, so that the lanes are shared out among them."""

from django.db import migrations, models

ROLES = """
GRANT SELECT, INSERT, UPDATE, DELETE ON dispatch_process TO izin_dispatch;
GRANT SELECT ON dispatch_process TO izin_ops;
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0005_queue_by_country")]
    operations = [
        migrations.AddField("lane", "rests_until", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Process",
            fields=[
                ("holder", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seen_until", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(ROLES),
    ]
