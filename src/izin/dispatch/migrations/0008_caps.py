"""Count what people got lately, under one lock; and which decision let a message be sent again."""

import django.db.models.deletion
from django.db import migrations

import izin.organisations.tenancy

# Each statement of a volatile function sees what was committed until then. So whoever waited for the lock counts what
# the lane before it has decided, although the statement around this one began earlier (decision 0025).
REACHED = """
CREATE FUNCTION izin_reached(people uuid[], most int, days int) RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('frequency_cap ' || current_setting('izin.organisation_id'), 0));
  RETURN QUERY
    SELECT m.contact_id FROM dispatch_message m
      JOIN campaigns_campaign c ON c.id = m.campaign_id AND c.test_of_id IS NULL
     WHERE m.contact_id = ANY (people)
       AND (m.state = 'sending'
            OR m.state IN ('accepted', 'uncertain', 'unresolved')
               AND m.settled_at > clock_timestamp() - make_interval(days => izin_reached.days)
               AND (m.failed_at IS NULL OR m.delivered_at IS NOT NULL))
     GROUP BY m.contact_id HAVING count(*) >= most;
END $$;
ALTER TABLE dispatch_message ADD CONSTRAINT dispatch_message_resend_id_own
  FOREIGN KEY (organisation_id, resend_id) REFERENCES campaigns_resend (organisation_id, id);
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0007_limits"), ("campaigns", "0008_audiences")]
    operations = [
        migrations.AddField(
            "message",
            "resend",
            izin.organisations.tenancy.TenantForeignKey(
                "campaigns.resend",
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
            ),
        ),
        migrations.RunSQL(REACHED),
    ]
