"""Tell the dispatch processes that something waits, or that everything must stop, the moment it commits."""

from uuid import UUID

from django.db import connection


def wake_lanes(organisation_id: UUID | None) -> None:
    """There may be something to send for this organisation, or for any (None)."""
    _notify("izin_queue", organisation_id)


def stop_lanes(organisation_id: UUID | None) -> None:
    """All sending of this organisation, or of the installation (None), is stopped."""
    _notify("izin_stop", organisation_id)


def _notify(channel: str, organisation_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, str(organisation_id or "")])
