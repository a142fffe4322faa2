from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0009_lighter")]

    operations = [
        migrations.RemoveIndex(model_name="attempt", name="attempt_message"),
        migrations.AddIndex(
            model_name="attempt", index=models.Index(fields=["message"], name="attempt_of_message")
        ),
    ]
