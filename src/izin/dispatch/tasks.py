"""Jobs of dispatch. Their arguments are opaque ids."""

from uuid import UUID

from procrastinate.contrib.django import app

from izin.dispatch import rehearsal


@app.task(name="dispatch.rehearse")
def rehearse(organisation_id: str, rehearsal_id: str) -> None:
    """Play a campaign through against the simulator."""
    rehearsal.rehearse(UUID(organisation_id), UUID(rehearsal_id))
