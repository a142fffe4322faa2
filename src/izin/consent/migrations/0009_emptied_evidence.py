"""An erasure empties evidence; nothing else may ever change about an act, whoever asks."""

from django.db import migrations

ONLY_EMPTIED = """
GRANT UPDATE (contact_id, payload_sealed) ON consent_evidence TO izin_web;
CREATE FUNCTION izin_only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'contact_id' - 'payload_sealed' - 'organisation_id')
       IS DISTINCT FROM (to_jsonb(OLD) - 'contact_id' - 'payload_sealed' - 'organisation_id')
     OR ((NEW.contact_id, NEW.payload_sealed) IS DISTINCT FROM (OLD.contact_id, OLD.payload_sealed)
         AND (NEW.contact_id IS NOT NULL OR NEW.payload_sealed <> ''::bytea)) THEN
    RAISE EXCEPTION 'Evidence is append-only: an erasure may empty it, and nothing may change it.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_emptied BEFORE UPDATE ON consent_evidence FOR EACH ROW EXECUTE FUNCTION izin_only_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0008_import_lines")]
    operations = [migrations.RunSQL(ONLY_EMPTIED)]
