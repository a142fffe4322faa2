"""Who refused in the last minutes, heard the moment it commits. A lane that cannot listen sends nothing."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

log = logging.getLogger(__name__)

KEPT_S = 120.0  # far longer than any deadline between a decision and its write
RECONNECT_S = 1.0


class StopList:
    """One per process, shared by its lanes. ``on_queue`` is called when something new may be waiting."""

    def __init__(self, connect: Callable[[], Any], on_queue: Callable[[], None]) -> None:
        self._connect = connect
        self._on_queue = on_queue
        self._refused: dict[UUID, float] = {}
        self.listening = False

    def holds(self, contact_id: UUID) -> bool:
        """Whether this person refused a moment ago."""
        return contact_id in self._refused

    async def listen(self) -> None:
        """Listen until cancelled; while the connection is down, ``listening`` is false and the lanes stand still."""
        while True:
            try:
                connection: AsyncConnection[Any] = await self._connect()
                async with connection:
                    await connection.execute("LISTEN izin_withdrawal")
                    await connection.execute("LISTEN izin_queue")
                    self.listening = True
                    self._on_queue()
                    async for notification in connection.notifies():
                        self._hear(notification.channel, notification.payload)
            except (psycopg.Error, OSError):
                log.warning("the connection that listens for withdrawals is lost: sending stands still")
            finally:
                self.listening = False
            await asyncio.sleep(RECONNECT_S)

    def _hear(self, channel: str, payload: str) -> None:
        if channel == "izin_queue":
            self._on_queue()
            return
        moment = time.monotonic()
        self._refused = {one: at for one, at in self._refused.items() if moment - at < KEPT_S}
        self._refused[UUID(payload.split()[1])] = moment
