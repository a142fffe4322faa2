"""Who refused in the last minutes, and who stopped all sending, heard the moment it commits.

A lane that cannot listen sends nothing.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from izin.lib.errors import place_of

log = logging.getLogger(__name__)

KEPT_S = 120.0  # far longer than any deadline between a decision and its write
RECONNECT_S = 1.0


class StopList:
    """One per process, shared by its lanes. ``on_queue`` is called when something new may be waiting."""

    def __init__(self, connect: Callable[[], Any], on_queue: Callable[[UUID | None], None]) -> None:
        self._connect = connect
        self._on_queue = on_queue
        self._refused: dict[UUID, float] = {}
        self._stopped: dict[UUID | None, float] = {}
        self._listening_since: float | None = None

    def holds(self, contact_id: UUID) -> bool:
        """Whether this person refused a moment ago."""
        return contact_id in self._refused

    def has_stopped_since(self, organisation_id: UUID, moment: float) -> bool:
        """Whether all sending of the organisation, or of the installation, was stopped since then (monotonic)."""
        stopped = self._stopped
        if not stopped:  # nearly always, and asked before each message
            return False
        return any(stopped.get(whose, moment) > moment for whose in (organisation_id, None))

    def has_heard_since(self, moment: float) -> bool:
        """Whether no refusal can have been missed since then (monotonic seconds)."""
        return self._listening_since is not None and self._listening_since <= moment

    async def listen(self) -> None:
        """Listen until cancelled; while the connection is down, the lanes stand still. No error ends it."""
        while True:
            try:
                connection: AsyncConnection[Any] = await self._connect()
                async with connection:
                    await connection.execute("LISTEN izin_withdrawal")
                    await connection.execute("LISTEN izin_stop")
                    await connection.execute("LISTEN izin_queue")
                    self._listening_since = time.monotonic()
                    self._on_queue(None)
                    async for notification in connection.notifies():
                        self._hear(notification.channel, notification.payload)
            except Exception as problem:
                log.warning("no ear for withdrawals, sending stands still: %s", place_of(problem))
            finally:
                self._listening_since = None
            await asyncio.sleep(RECONNECT_S)

    def _hear(self, channel: str, payload: str) -> None:
        if channel == "izin_queue":
            self._on_queue(UUID(payload) if payload else None)
            return
        moment = time.monotonic()
        if channel == "izin_stop":
            self._stopped[UUID(payload) if payload else None] = moment
            return
        self._refused = {one: at for one, at in self._refused.items() if moment - at < KEPT_S}
        self._refused[UUID(payload.split()[1])] = moment
