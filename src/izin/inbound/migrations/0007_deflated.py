"""Bodies are deflated before they are sealed: what is sealed, PostgreSQL tries to deflate in vain."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inbound", "0006_lighter")]

    operations = [migrations.RunSQL("ALTER TABLE inbound_delivery ALTER body_sealed SET STORAGE EXTERNAL")]
