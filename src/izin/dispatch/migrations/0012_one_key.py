"""One key for a message and one for an attempt, where there were two indexes that each change of a row wrote.

Nobody asks for a message but inside an organisation, and for an attempt by its token or its message. A page of attempts
keeps room for the outcome of each, so that writing it down touches no index.
"""

from django.db import migrations

ONE_KEY = """
ALTER TABLE dispatch_message DROP CONSTRAINT dispatch_message_pkey, REPLICA IDENTITY USING INDEX dispatch_message_own;
ALTER TABLE dispatch_attempt DROP CONSTRAINT dispatch_attempt_pkey, REPLICA IDENTITY USING INDEX attempt_token;
ALTER TABLE dispatch_attempt SET (fillfactor = 50);
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0011_purpose_of_campaign")]

    operations = [migrations.RunSQL(ONE_KEY)]
