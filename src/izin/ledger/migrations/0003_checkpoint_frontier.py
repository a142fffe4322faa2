"""The tree's right edge beside each checkpoint, so that the next one is grown from it and proofs need less of the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_walls")]
    operations = [
        migrations.AddField(model_name="checkpoint", name="frontier", field=models.BinaryField(null=True)),
    ]
