"""A webhook that was set aside can be dismissed by a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbound", "0004_replies_walls")]
    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("done", "Done"),
                    ("set_aside", "Set Aside"),
                    ("dismissed", "Dismissed"),
                ],
                default="new",
                max_length=10,
            ),
        ),
    ]
