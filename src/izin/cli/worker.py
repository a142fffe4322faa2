"""The worker process: background jobs, the inbound backlog, and the housekeeping of campaigns and ledger.

The two loops are not jobs of the queue, since nothing that matters legally may rest on a queue's locks; each may run in
any number of processes at once.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from procrastinate.contrib.django import app

from izin.campaigns import lifecycle
from izin.compliance import sweeping
from izin.dispatch import outbox, stages
from izin.dispatch.report import report_on
from izin.inbound import replies, watch
from izin.inbound.drain import drain
from izin.inbound.proving import prove
from izin.ledger import checkpoints, timestamps
from izin.lib.clock import now
from izin.lib.errors import place_of
from izin.organisations import registry
from izin.organisations.scope import scope
from izin.rights.register import day_of
from izin.whatsapp import connecting
from izin.whatsapp.models import BusinessAccount, SenderNumber

log = logging.getLogger(__name__)

SWEEP_S = 5.0
WORDS_WAIT_S, STATUSES_WAIT_S = 0.1, 0.4  # how long what came is gathered before it is drained
HOUSEKEEPING_S = 1.0
CHECKPOINT_S = 10.0
STAMP_S = 60.0  # how often it is looked whether an hour has passed since a time stamp was asked for
WATCH_S = 15.0
CONNECTION_S = 3600.0  # how often it is looked whether an account was not checked for a day
CHECK_EVERY = timedelta(days=1)
RETENTION_S = 1800.0  # how often it is looked whether today's deletions were done
CANARY_S = 600.0  # how often it is looked whether the daily canary is due
RETRY_S = 2.0


def main() -> None:
    """Work until SIGTERM or SIGINT."""
    stopping = threading.Event()
    loops = [
        threading.Thread(target=_keep, args=(partial(_listen_and_drain, stopping), 0.0, stopping), name="drain"),
        threading.Thread(target=_keep, args=(partial(_for_each, _close), HOUSEKEEPING_S, stopping), name="close"),
        threading.Thread(target=_keep, args=(partial(_for_each, _advance), HOUSEKEEPING_S, stopping), name="stages"),
        threading.Thread(target=_keep, args=(partial(_for_each, _sign), CHECKPOINT_S, stopping), name="sign"),
        threading.Thread(target=_keep, args=(partial(_for_each, _watch), WATCH_S, stopping), name="watch"),
        threading.Thread(target=_keep, args=(partial(_sing, stopping), 0.0, stopping), name="canary"),
        threading.Thread(target=_keep, args=(partial(_look_after, stopping), 0.0, stopping), name="connections"),
        threading.Thread(target=_keep, args=(partial(_let_go, stopping), 0.0, stopping), name="retention"),
    ]
    if settings.TIMESTAMP_URL:
        renew = partial(_for_each, partial(_stamp, stopping))
        loops.append(threading.Thread(target=_keep, args=(renew, STAMP_S, stopping), name="stamp"))
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


def _keep(work: Callable[[], None], pause_s: float, stopping: threading.Event) -> None:
    """Repeat ``work`` until stopping, with a pause after each time."""
    while not stopping.is_set():
        try:
            work()
            pause = pause_s
        except Exception as problem:  # whatever it is, it must not end the loop
            log.warning("%s: trying again: %s", threading.current_thread().name, place_of(problem))
            connection.close()
            pause = RETRY_S
        stopping.wait(pause)
    connection.close()


def _for_each(work: Callable[[UUID], None], organisation_ids: Iterable[UUID] | None = None) -> None:
    """Do it for these organisations, or for every one, so that one with a problem holds up no other."""
    for organisation_id in organisation_ids or registry.organisation_ids():
        try:
            work(organisation_id)
        except OperationalError:
            raise  # the database is away, for everybody
        except Exception as problem:
            log.error("%s: an organisation is left out: %s", threading.current_thread().name, place_of(problem))
            connection.close()


def _listen_and_drain(stopping: threading.Event) -> None:
    """Drain each organisation when a door says that it has something, and all of them every few seconds.

    What comes within a moment is drained together: the statuses of one message then change its row once, not three
    times. Somebody's words wait less; what refuses in them is in force since the door took it.
    """
    parameters = connection.get_connection_params()
    for foreign in ("cursor_factory", "context"):
        parameters.pop(foreign, None)
    with psycopg.connect(**parameters, autocommit=True) as ear:
        ear.execute("LISTEN izin_inbound")
        while not stopping.is_set():
            _for_each(_drain_whole)
            swept_at = time.monotonic()
            while time.monotonic() - swept_at < SWEEP_S and not stopping.is_set():
                told = _gathered(ear, stopping)
                if told:
                    _for_each(_drain_whole, told)


def _gathered(ear: "psycopg.Connection[Any]", stopping: threading.Event) -> set[UUID]:
    """The organisations that the doors have named, once what came first has waited long enough."""
    told = _told(ear, timeout=0.2)
    began = time.monotonic()
    while told and not stopping.is_set():
        wait_s = WORDS_WAIT_S if any(told.values()) else STATUSES_WAIT_S
        left_s = began + wait_s - time.monotonic()
        if left_s <= 0:
            break
        for organisation_id, has_words in _told(ear, timeout=left_s).items():
            told[organisation_id] = has_words or told.get(organisation_id, False)
    return set(told)


def _told(ear: "psycopg.Connection[Any]", *, timeout: float) -> dict[UUID, bool]:
    """The organisations that the doors have named by now, and whether words came; waits so long for the first."""
    told: dict[UUID, bool] = {}
    for notice in ear.notifies(timeout=timeout, stop_after=1):
        organisation_id, _, has_words = notice.payload.partition(" ")
        told[UUID(organisation_id)] = told.get(UUID(organisation_id), False) or bool(has_words)
    return told


def _drain_whole(organisation_id: UUID) -> None:
    while drain(organisation_id):
        pass


def _close(organisation_id: UUID) -> None:
    with scope(organisation_id):
        for campaign in outbox.close_ended(settings.UNCERTAIN_WINDOW_S):
            lifecycle.complete(campaign, report_on(campaign.id).as_json())


def _advance(organisation_id: UUID) -> None:
    with scope(organisation_id):
        stages.advance()


def _sign(organisation_id: UUID) -> None:
    with scope(organisation_id):
        checkpoints.sign()


def _stamp(stopping: threading.Event, organisation_id: UUID) -> None:
    """A loop of its own: an authority that is slow keeps nobody waiting but itself."""
    if not stopping.is_set():
        timestamps.renew(organisation_id)


def _watch(organisation_id: UUID) -> None:
    """Is the way out open, and does nobody wait too long for a decision?"""
    with scope(organisation_id):
        watch.check_silence(timedelta(seconds=settings.WEBHOOK_SILENCE_S))
        replies.close_silent()


def _sing(stopping: threading.Event) -> None:
    """Look now and then whether the canary is due; not at once, so that the door is up before it sings."""
    stopping.wait(CANARY_S)
    if not stopping.is_set():
        _for_each(_sing_for)


def _sing_for(organisation_id: UUID) -> None:
    with scope(organisation_id):
        senders = list(SenderNumber.objects.select_related("account")) if watch.canary_is_due() else []
    for sender in senders:
        with scope(organisation_id):
            letter = watch.canary_letter(sender)
        refused = partial(_refused, organisation_id, letter)
        heard = watch.post(letter) and watch.wait_until(refused, watch.HEARD_WITHIN_S)
        with scope(organisation_id):
            watch.note_canary(sender, heard=heard)


def _refused(organisation_id: UUID, letter: watch.Letter) -> bool:
    with scope(organisation_id):
        return watch.is_refused(letter)


def _look_after(stopping: threading.Event) -> None:
    """Once a day, ask Meta about each account: its token, numbers, subscription and templates. Not at once."""
    stopping.wait(CONNECTION_S)
    if not stopping.is_set():
        _for_each(_look_after_accounts)


def _look_after_accounts(organisation_id: UUID) -> None:
    with scope(organisation_id):
        stale = BusinessAccount.objects.filter(checked_at__lte=now() - CHECK_EVERY)
        account_ids = list(stale.values_list("id", flat=True))
    for account_id in account_ids:
        found = connecting.check(organisation_id, account_id, door_url=settings.DOOR_URL, prove=prove)
        for finding in found:
            if finding.severity != "note":
                log.warning("WhatsApp account %s: %s", account_id, finding.code)


def _let_go(stopping: threading.Event) -> None:
    """Once a day, delete what its retention says; not at once, so that a restart in the morning rush does nothing."""
    stopping.wait(RETENTION_S)
    if not stopping.is_set():
        _for_each(_let_go_of)


def _let_go_of(organisation_id: UUID) -> None:
    with scope(organisation_id):
        due = sweeping.is_due(day_of(now()))
    if due:
        sweeping.run(organisation_id)
