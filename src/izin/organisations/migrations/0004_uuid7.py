"""PostgreSQL's own time-ordered UUIDs where it has them: a tenth of a million planned messages' time went into ours."""

from django.db import migrations

OWN = """
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    CREATE OR REPLACE FUNCTION izin_uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT uuidv7()';
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_jobs")]
    operations = [migrations.RunSQL(OWN)]
