"""Drop the indexes that no statement reads: each change of a message's state wrote all of them again."""

from django.db import migrations
from django.db.models import DO_NOTHING

from izin.organisations.tenancy import TenantForeignKey


def _unindexed(model: str, name: str, to: str, *, null: bool) -> migrations.AlterField:
    field = TenantForeignKey(
        to, db_constraint=False, db_index=False, null=null, on_delete=DO_NOTHING, related_name="+"
    )
    return migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_walls"),
        ("consent", "0003_holds_and_pauses"),
        ("dispatch", "0002_walls"),
        ("whatsapp", "0002_walls"),
    ]
    operations = [
        _unindexed("attempt", "message", "dispatch.message", null=False),
        _unindexed("message", "campaign", "campaigns.campaign", null=True),
        _unindexed("message", "lane", "dispatch.lane", null=False),
        _unindexed("message", "purpose", "consent.purpose", null=True),
        _unindexed("message", "template", "whatsapp.template", null=True),
        # Room on the page for the outcome, so that noting it touches no index.
        migrations.RunSQL("ALTER TABLE dispatch_attempt SET (fillfactor = 80)"),
    ]
