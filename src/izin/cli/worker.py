"""The worker process: background jobs, the inbound backlog, and the housekeeping of campaigns and ledger.

The two loops are not jobs of the queue, since nothing that matters legally may rest on a queue's locks; each may run in
any number of processes at once.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection
from procrastinate.contrib.django import app

from izin.campaigns import lifecycle
from izin.dispatch import outbox
from izin.dispatch.report import report_on
from izin.inbound.drain import drain
from izin.ledger import checkpoints
from izin.lib.errors import place_of
from izin.organisations import registry
from izin.organisations.scope import scope

log = logging.getLogger(__name__)

DRAIN_S = 0.1
HOUSEKEEPING_S = 1.0
CHECKPOINT_S = 10.0
RETRY_S = 2.0


def main() -> None:
    """Work until SIGTERM or SIGINT."""
    stopping = threading.Event()
    loops = [
        threading.Thread(target=_keep, args=(partial(_for_each, drain), DRAIN_S, stopping), name="drain"),
        threading.Thread(target=_keep, args=(partial(_for_each, _close), HOUSEKEEPING_S, stopping), name="close"),
        threading.Thread(target=_keep, args=(partial(_for_each, _sign), CHECKPOINT_S, stopping), name="sign"),
    ]
    for loop in loops:
        loop.start()
    try:
        asyncio.run(_run_jobs())
    finally:
        stopping.set()
        for loop in loops:
            loop.join()


async def _run_jobs() -> None:
    """Procrastinate's worker on connections of its own; it handles the signals by itself and ends its jobs first."""
    jobs = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with jobs.open_async():
        await jobs.run_worker_async(
            concurrency=2, fetch_job_polling_interval=1.0, install_signal_handlers=True, delete_jobs="successful"
        )


def _keep(work: Callable[[], bool], pause_s: float, stopping: threading.Event) -> None:
    """Repeat ``work`` until stopping: at once while it finds something to do, else after a pause."""
    while not stopping.is_set():
        try:
            found_work = work()
            pause = 0.0 if found_work else pause_s
        except Exception as problem:  # whatever it is, it must not end the loop
            log.warning("%s: trying again: %s", threading.current_thread().name, place_of(problem))
            connection.close()
            pause = RETRY_S
        stopping.wait(pause)
    connection.close()


def _for_each(work: Callable[[UUID], int]) -> bool:
    """Do it for every organisation, so that one with a problem holds up no other; whether any had something to do."""
    found = 0
    for organisation_id in registry.organisation_ids():
        try:
            found += work(organisation_id)
        except OperationalError:
            raise  # the database is away, for everybody
        except Exception as problem:
            log.error("%s: an organisation is left out: %s", threading.current_thread().name, place_of(problem))
            connection.close()
    return found > 0


def _close(organisation_id: UUID) -> int:
    with scope(organisation_id):
        for campaign in outbox.close_ended(settings.UNCERTAIN_WINDOW_S):
            lifecycle.complete(campaign, report_on(campaign.id).as_json())
    return 0


def _sign(organisation_id: UUID) -> int:
    with scope(organisation_id):
        checkpoints.sign()
    return 0
