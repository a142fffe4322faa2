"""The dispatch process: leases free lanes of every organisation and runs each until it must let go."""

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import uvloop
from django.db import connection, connections
from psycopg import AsyncConnection

from izin.campaigns import lifecycle
from izin.campaigns.hours import zones_of
from izin.consent import records
from izin.consent.models import Evidence
from izin.contacts import book
from izin.dispatch import store
from izin.dispatch.lane import Lane, Upstairs
from izin.dispatch.letters import wording_of
from izin.dispatch.models import Lane as LaneRow
from izin.dispatch.stop_list import StopList
from izin.dispatch.store import Lease, Store
from izin.ledger import checkpoints, journal
from izin.lib.clock import now
from izin.lib.errors import place_of
from izin.lib.keyring import OrganisationKeys
from izin.organisations.isolation import check
from izin.organisations.keys import keys
from izin.organisations.scope import scope
from izin.whatsapp.accounts import Access, access_of, client_for

log = logging.getLogger(__name__)

TTL_S = float(os.environ.get("IZIN_LEASE_TTL_S", "8"))
LOOK_S, LOOK_AT_MOST_S = 1.0, 0.05  # for lanes to take; when told that something waits, not oftener than this
REST_S = 30.0  # for a process that got no answers from WhatsApp any more
HAND_OVER_S = 2.0  # for its lane, when another process can try
CONNECTIONS = 1_000
# A database behind a cut line says nothing at all: after so long the connection counts as gone (seconds, but for the
# last, which is milliseconds). A local socket has no use for it.
PATIENCE: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
Result = TypeVar("Result")


def main() -> None:
    """Run until SIGTERM or SIGINT; then finish what is in flight, record it, and let the lanes go."""
    check()
    zones_of("MY")  # reads all time zones, which would stop a running lane for a moment
    connections.close_all()
    uvloop.run(Dispatch().run())


class Dispatch:
    """One process: one ear for withdrawals, and as many lanes as it gets hold of."""

    def __init__(self) -> None:
        self._holder = f"{socket.gethostname()[:50]}:{os.getpid()}"
        self._lanes: set[Lane] = set()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._look = asyncio.Event()  # at once: something was put in line
        self._called: set[UUID | None] = set()
        self._others = 0
        self._rests_until = 0.0
        self._stop_list = StopList(connect, self._wake)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signal_number, self._stop)
        ear = asyncio.create_task(self._stop_list.listen())
        while not self._stopping.is_set():
            try:
                async with asyncio.timeout(TTL_S):
                    await self._share_lanes()
            except (psycopg.Error, OSError):  # TimeoutError is one
                log.warning("the database does not answer; trying again")
            await asyncio.sleep(LOOK_AT_MOST_S)
            try:
                async with asyncio.timeout(LOOK_S):
                    await self._look.wait()
            except TimeoutError:
                continue
            self._look.clear()
        for lane in self._lanes:
            lane.stop()
        if self._running:
            await asyncio.wait(self._running)
        await self._leave()
        ear.cancel()

    def _stop(self) -> None:
        self._stopping.set()
        self._look.set()

    def _wake(self, organisation_id: UUID | None) -> None:
        """Something waits for this organisation, or for any (None)."""
        self._called.add(organisation_id)
        self._look.set()
        for lane in self._lanes:
            lane.wake()

    async def _share_lanes(self) -> None:
        """Take free lanes up to this process's part of all, and let go of what is more: another process has come."""
        if time.monotonic() < self._rests_until:
            return
        called, self._called = self._called, set()
        async with await connect() as looking:
            if called:
                await store.rouse(looking, None if None in called else [one for one in called if one])
            share, self._others = await store.fair_share(looking, holder=self._holder, ttl_s=TTL_S)
            staying = sorted((lane for lane in self._lanes if not lane.is_ending()), key=Lane.is_busy)
            for lane in staying[: max(0, len(staying) - share)]:
                lane.stop()
            while len(self._running) < share:
                lease = await store.lease(looking, holder=self._holder, ttl_s=TTL_S)
                if lease is None:
                    return
                task = asyncio.create_task(self._run_lane(lease))
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def _rest(self) -> None:
        """Nobody answers here; another machine may have a better line."""
        self._rests_until = time.monotonic() + REST_S
        await self._leave()

    async def _leave(self) -> None:
        try:
            async with asyncio.timeout(TTL_S), await connect() as leaving:
                await store.leave(leaving, holder=self._holder)
        except (psycopg.Error, OSError):
            log.warning("the database does not answer; the others wait until this process counts as gone")

    async def _run_lane(self, lease: Lease) -> None:
        """One lane from lease to release. Whatever goes wrong ends this lane only; it is leased again later."""
        lane = None
        try:
            access, per_second, organisation_keys = await in_scope(lease.organisation_id, _particulars, lease.lane_id)
            sending = client_for(access, limit=CONNECTIONS)
            async with await connect() as deciding, await connect() as recording, sending as client:
                lane = Lane(
                    Store(lease, deciding, recording),
                    client,
                    organisation_keys,
                    self._stop_list,
                    _upstairs(lease.organisation_id),
                    phone_number_id=access.phone_number_id,
                    marketing_endpoint=access.marketing_endpoint,
                    per_second=per_second,
                    ttl_s=TTL_S,
                    rest_s=lambda: HAND_OVER_S if self._others else REST_S,
                )
                self._lanes.add(lane)
                if self._stopping.is_set():
                    lane.stop()
                await lane.run()
            if lane.is_cut_off and self._others:
                await self._rest()
        except Exception as problem:
            log.error("a lane ended: %s", place_of(problem))
        finally:
            if lane is not None:
                self._lanes.discard(lane)


async def connect() -> AsyncConnection[Any]:
    """A connection of our own, as this process's database role."""
    parameters = connection.get_connection_params()
    for foreign in ("cursor_factory", "context"):
        parameters.pop(foreign, None)
    return await AsyncConnection.connect(**PATIENCE | parameters, autocommit=True)


async def in_scope(organisation_id: UUID, work: Callable[..., Result], *arguments: Any) -> Result:
    """Run synchronous work in a thread, inside the organisation's scope, on a connection that is closed after it."""

    def run() -> Result:
        try:
            with scope(organisation_id):
                return work(*arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def _particulars(lane_id: UUID) -> tuple[Access, float, OrganisationKeys]:
    """What a lane must know before it sends. Raises RolledBack when the database is older than the last checkpoint,
    Unreplayed when it is older than an erasure."""
    checkpoints.refuse_when_rolled_back()
    journal.refuse_when_unreplayed()
    sender = LaneRow.objects.select_related("sender__account").get(id=lane_id).sender
    return access_of(sender), float(sender.per_second), keys()


def _upstairs(organisation_id: UUID) -> Upstairs:
    return Upstairs(
        wording_of=partial(in_scope, organisation_id, wording_of),
        withdraw=partial(in_scope, organisation_id, _withdraw),
        pause_campaign=partial(in_scope, organisation_id, lifecycle.pause_by_machine),
    )


def _withdraw(contact_id: UUID) -> None:
    """Error 131050: the person stopped marketing in WhatsApp itself, which is a withdrawal like any other."""
    for person in book.open_many([contact_id]):
        records.withdraw_known(person, method=Evidence.Method.WA_SETTING, at=now(), payload={"code": 131050})
