"""The lane's database work on raw async psycopg: one statement, one unit of work. The SQL is in queries.sql.

The two connections of a lane belong to that lane alone for as long as it holds the lease, so the organisation is set
on the session here, and nowhere else in Izin.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import args_row, class_row, dict_row

from izin.campaigns.allowance import kept
from izin.lib import sql

QUERIES = sql.load("izin.dispatch", "queries.sql")
TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Lease:
    """A lane that is ours, under this epoch, until somebody else takes a higher one."""

    lane_id: UUID
    organisation_id: UUID
    epoch: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A running campaign that has messages waiting in the lane for people of one country, and its sending hours.

    ``up_to`` is the last message that may leave yet, ``limit_told`` what Meta said of the number's limit in 24 hours.
    """

    campaign_id: UUID
    purpose_id: UUID
    country: str
    opens: time
    closes: time
    is_marketing: bool
    priority: int
    up_to: UUID
    limit_told: str
    base_url: str


@dataclass(frozen=True, slots=True)
class Armed:
    """A message whose sending has been decided and committed; with ``reason`` it was decided not to send it.

    Its fields are the columns of ``arm_campaign`` and ``arm_answers``, in their order.
    """

    message_id: UUID
    contact_id: UUID
    template_id: UUID | None
    reason: str
    token: bytes | None = field(repr=False)
    identity_id: UUID | None
    identity_sealed: bytes | None = field(repr=False)
    key_wrapped: bytes | None = field(repr=False)
    name_sealed: bytes | None = field(repr=False)
    text_sealed: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; ``state`` is the message's next state."""

    message_id: UUID
    token: bytes = field(repr=False)
    state: str
    reason: str = ""
    code: int | None = None
    wamid_index: bytes | None = field(default=None, repr=False)
    wamid_sealed: bytes | None = field(default=None, repr=False)
    retry_s: float = 0.0


ROWS: dict[str, type] = {"lease_lane": Lease, "running_campaigns": Turn, "arm_campaign": Armed, "arm_answers": Armed}


async def lease(connection: AsyncConnection[Any], *, holder: str, ttl_s: float) -> Lease | None:
    """Take a free lane of any organisation; None when all are held."""
    async with connection.cursor(row_factory=class_row(Lease)) as cursor:
        await cursor.execute(QUERIES["lease_lane"], {"holder": holder, "ttl": ttl_s})
        return await cursor.fetchone()


async def fair_share(connection: AsyncConnection[Any], *, holder: str, ttl_s: float) -> tuple[int, int]:
    """Say that this process lives; how many lanes it may hold, and how many other processes live.

    The parts of all living processes together are all lanes, and no two differ by more than one.
    """
    await connection.execute(QUERIES["keep_alive"], {"holder": holder, "ttl": ttl_s})
    cursor = await connection.execute(QUERIES["fair_share"], {"holder": holder})
    lanes, processes, place = await cursor.fetchone() or (0, 1, 0)
    each, left = divmod(lanes, max(1, processes))
    return each + (place < left), processes - 1


async def rouse(connection: AsyncConnection[Any], organisation_ids: list[UUID] | None) -> None:
    """End the rest of these organisations' lanes, or of all (None): something was put in line."""
    await connection.execute(QUERIES["rouse_lanes"], {"organisations": organisation_ids})


async def leave(connection: AsyncConnection[Any], *, holder: str) -> None:
    """Say that this process has ended, so that the others take its part at once."""
    await connection.execute(QUERIES["leave"], {"holder": holder})


class Store:
    """The queries of one leased lane. Every write presents the epoch, so a lost lease writes nothing."""

    def __init__(self, lease: Lease, deciding: AsyncConnection[Any], recording: AsyncConnection[Any]) -> None:
        self.lease = lease
        self._deciding = deciding
        self._recording = recording
        self._mine: Mapping[str, Any] = {"lane_id": lease.lane_id, "epoch": lease.epoch}

    async def enter(self) -> None:
        """Bind both connections to the lane's organisation, for as long as they live, and plan each statement once."""
        for connection in (self._deciding, self._recording):
            connection.prepare_threshold = 0
            await connection.execute(QUERIES["read_by_key"], {"local": False})
            await connection.execute("SET plan_cache_mode = force_generic_plan")
            await connection.execute(
                "SELECT set_config('izin.organisation_id', %s, false)", [str(self.lease.organisation_id)]
            )

    async def strand_unfinished(self) -> int:
        """What the last holder left in flight becomes uncertain; how many."""
        return len(await self._rows(self._recording, QUERIES["strand_unfinished"], self._mine))

    async def renew(self, ttl_s: float) -> bool | None:
        """Prolong the lease: whether the lane is on hold, or None when the lease is lost."""
        rows = await self._rows(self._recording, QUERIES["renew_lease"], {**self._mine, "ttl": ttl_s})
        return bool(rows[0]["held"]) if rows else None

    async def release(self) -> None:
        """Let the next holder take the lane at once."""
        await self._rows(self._recording, QUERIES["release_lease"], self._mine)

    async def rest(self) -> None:
        """Let it go, and need nobody to take it until something is put in line."""
        await self._rows(self._recording, QUERIES["rest_lane"], self._mine)
        await self._rows(self._recording, QUERIES["rouse_lane"], self._mine)

    async def hold(self, reason: str, seconds: float) -> None:
        """Nothing is decided in this lane until then."""
        await self._rows(self._recording, QUERIES["hold_lane"], {**self._mine, "reason": reason, "seconds": seconds})

    async def turns(self) -> list[Turn]:
        """The campaigns that wait in this lane, the urgent first, then the oldest start, by country."""
        async with self._deciding.cursor(row_factory=class_row(Turn)) as cursor:
            await cursor.execute(QUERIES["running_campaigns"], self._mine)
            return await cursor.fetchall()

    async def arm_campaign(self, turn: Turn, size: int) -> list[Armed]:
        """Decide the next messages of a campaign and commit the intent to send them, within WhatsApp's limit."""
        allowed = kept(turn.limit_told, turn.base_url)
        if allowed is None:
            return await self._arm_turn(turn, size)
        async with self._deciding.transaction():
            await self._deciding.execute(QUERIES["lock_limit"])
            ((reached,),) = await (await self._deciding.execute(QUERIES["count_reached"])).fetchall()
            if reached >= allowed:
                return []
            armed = await self._arm_turn(turn, min(size, allowed - reached))
            people = [one.contact_id for one in armed if not one.reason]
            await self._deciding.execute(QUERIES["note_reached"], {"contact_ids": people})
        return armed

    async def _arm_turn(self, turn: Turn, size: int) -> list[Armed]:
        more = {
            "campaign_id": turn.campaign_id,
            "purpose_id": turn.purpose_id,
            "country": turn.country,
            "is_marketing": turn.is_marketing,
            "up_to": turn.up_to,
            "size": size,
        }
        return await self._arm(QUERIES["arm_campaign"], {**self._mine, **more, "random": _tokens(size)})

    async def arm_answers(self, size: int) -> list[Armed]:
        """The same for the single messages that answer a person's own act."""
        return await self._arm(QUERIES["arm_answers"], {**self._mine, "size": size, "random": _tokens(size)})

    async def record(self, outcomes: Sequence[Outcome]) -> int:
        """Store what the calls were answered; how many rows were still ours to write."""
        columns = {
            "message_ids": [outcome.message_id for outcome in outcomes],
            "tokens": [outcome.token for outcome in outcomes],
            "states": [outcome.state for outcome in outcomes],
            "reasons": [outcome.reason for outcome in outcomes],
            "codes": [outcome.code for outcome in outcomes],
            "wamid_indexes": [outcome.wamid_index for outcome in outcomes],
            "wamids_sealed": [outcome.wamid_sealed for outcome in outcomes],
            "retry_s": [outcome.retry_s for outcome in outcomes],
        }
        return len(await self._rows(self._recording, QUERIES["record_outcomes"], {**self._mine, **columns}))

    async def _arm(self, query: LiteralString, parameters: Mapping[str, Any]) -> list[Armed]:
        async with self._deciding.cursor(row_factory=args_row(Armed), binary=True) as cursor:
            await cursor.execute(query, parameters)
            return await cursor.fetchall()

    @staticmethod
    async def _rows(
        connection: AsyncConnection[Any], query: LiteralString, parameters: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        async with connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, parameters)
            return await cursor.fetchall()


def _tokens(size: int) -> bytes:
    """Chance for so many tokens, from here: PostgreSQL, where it is built without OpenSSL, opens a device for each."""
    return os.urandom(TOKEN_BYTES * size)
