"""Grants on the job queue, whose arguments are opaque ids only. The queue belongs to no organisation."""

from django.db import migrations

QUEUE = """
GRANT SELECT, INSERT, UPDATE, DELETE ON
  procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers TO izin_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO izin_web;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_walls"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(QUEUE)]
