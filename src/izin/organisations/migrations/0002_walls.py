"""Walls around the tables of organisations, and the grants on those that are shared."""

from django.db import migrations

from izin.organisations.tenancy import Isolate

OWN = "id = NULLIF(current_setting('izin.organisation_id', true), '')::uuid"
# Staff find the organisations that they work for before a scope is open. They see them so, and change nothing there.
MEMBERS = """
CREATE POLICY own_memberships ON organisations_membership FOR SELECT
  USING (user_id = NULLIF(current_setting('izin.user_id', true), '')::uuid);
CREATE POLICY own_employers ON organisations_organisation FOR SELECT
  USING (id IN (SELECT organisation_id FROM organisations_membership
                 WHERE user_id = NULLIF(current_setting('izin.user_id', true), '')::uuid));
"""
UUID7 = """
CREATE FUNCTION izin_uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  -- A random UUID with the time in milliseconds in front (RFC 9562 §5.7); PostgreSQL has its own from 18 on.
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
           PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
           52, 1), 53, 1), 'hex')::uuid
$$
"""
SHARED_TABLES = """
GRANT SELECT, INSERT, UPDATE ON organisations_user TO izin_web;
GRANT SELECT ON organisations_user TO izin_ops;
GRANT SELECT, INSERT, UPDATE, DELETE ON organisations_user_groups, organisations_user_user_permissions TO izin_web;
GRANT SELECT ON django_migrations TO izin_web, izin_dispatch, izin_ops;
GRANT SELECT ON django_content_type, auth_permission, auth_group, auth_group_permissions TO izin_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO izin_web;
"""
# A public address leads to its organisation for everybody; only the organisation itself sets or removes its own.
ROUTES = """
DROP POLICY own_rows ON organisations_route;
CREATE POLICY everybody_looks_up ON organisations_route FOR SELECT USING (true);
CREATE POLICY own_insert ON organisations_route FOR INSERT
  WITH CHECK (organisation_id = NULLIF(current_setting('izin.organisation_id', true), '')::uuid);
CREATE POLICY own_delete ON organisations_route FOR DELETE
  USING (organisation_id = NULLIF(current_setting('izin.organisation_id', true), '')::uuid);
GRANT USAGE ON SEQUENCE organisations_route_id_seq TO izin_web;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("sessions", "0001_initial")]
    operations = [
        migrations.RunSQL(UUID7),
        migrations.RunSQL(SHARED_TABLES),
        Isolate(
            "Organisation",
            policy=OWN,
            web="SELECT, INSERT, UPDATE",
            dispatch="SELECT",
        ),
        Isolate(
            "Membership",
            dispatch="SELECT",  # the organisation's own policy looks into it
        ),
        migrations.RunSQL(MEMBERS),
        Isolate("Route", policy="false", web="SELECT, INSERT, DELETE", dispatch="SELECT"),
        migrations.RunSQL(ROUTES),
    ]
