"""Jobs of hearing back. Their arguments are opaque ids."""

from uuid import UUID

from procrastinate.contrib.django import app

from izin.inbound import receipts


@app.task(name="inbound.show_read")
def show_read(organisation_id: str, reply_id: str) -> None:
    """Show the person that the reply was read."""
    receipts.show_read(UUID(organisation_id), UUID(reply_id))
