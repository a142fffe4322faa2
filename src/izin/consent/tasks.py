"""Jobs of consent. Their arguments are opaque ids."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from izin.consent import intake


@app.task(name="consent.take_in_file", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def take_in_file(organisation_id: str, file_id: str) -> None:
    """Read a list of contacts, or record what its reviewer let through; goes on where an earlier try stopped."""
    intake.take_in(UUID(organisation_id), UUID(file_id))
