"""The loop of one leased lane: decide, pace, send, record.

The order is what the promises rest on (design: section 5). A message is decided and its intent committed before any
byte leaves (P1, P4). Between the decision and the write the lane looks once more at the stop-list, the deadline and its
own trust in the lease (P3). What the network leaves open is recorded as uncertain and never sent again (P4, P5).
"""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import psycopg

from izin.campaigns.hours import Hours, is_open
from izin.dispatch import outcomes, pacing
from izin.dispatch.letters import Letter, Wording, write_letter
from izin.dispatch.stop_list import StopList
from izin.dispatch.store import Armed, Outcome, Store, Turn
from izin.dispatch.turns import in_order
from izin.lib.clock import now
from izin.lib.crashpoints import crash_point
from izin.lib.errors import place_of
from izin.lib.keyring import OrganisationKeys, Unreadable
from izin.whatsapp.client import Answer, Client
from izin.whatsapp.errors import TRANSPORT, Verdict

log = logging.getLogger(__name__)

DEADLINE_S = 2.0  # from the decision to the write; later than that, it is decided anew
BATCH_S = 0.2  # how much sending one decision covers
BATCH_MAX = 250
FLUSH_S = 0.03
REST_FOR_S = 0.004  # a wait for the pace is at least so long: then a few messages leave together, and the loop rests
WARM_UP_S = 2.0  # of the pace; docs/decisions/0005-dispatch.md
IDLE_S = 0.5
RESTS_AFTER_S = float(os.environ.get("IZIN_LANE_RESTS_AFTER_S", "5"))  # without anything to do
WORDING_S = 5.0
# After so many calls without any answer, or a few over so long, the line is thought to be down: the lane rests, and
# goes to another process.
UNANSWERED_MAX, UNANSWERED_FEW, UNANSWERED_S = 20, 3, 4.0
MISTAKES_IN_A_ROW = 3  # of the same kind: the campaign pauses, it would fail for everybody
HOLD_S = 600.0
GRACE_S = 25.0


@dataclass(frozen=True, slots=True)
class Upstairs:
    """What the lane asks of the synchronous side, each call in a thread with a scope of its own."""

    wording_of: Callable[[UUID], Awaitable[Wording]]
    withdraw: Callable[[UUID], Awaitable[None]]
    pause_campaign: Callable[[UUID, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one decision let through, and when it was asked for (monotonic seconds)."""

    armed: list[Armed]
    asked_at: float = 0.0
    campaign_id: UUID | None = None
    wording: Wording | None = None


class Room:
    """How many calls may be under way at once.

    It begins with what the pace needs at an eighth of a second for each call and grows while that is too little. Each
    new connection costs a TLS handshake, a hundred times a message: a thousand of them at once would stop everything.
    """

    GROWTH_S = 0.02

    def __init__(self, first: int, most: int) -> None:
        self._free = asyncio.Semaphore(first)
        self._left = most - first
        self._grown_at = 0.0

    async def enter(self) -> None:
        """Wait for a place; whoever enters leaves."""
        moment = time.monotonic()
        if self._free.locked() and self._left and moment - self._grown_at >= self.GROWTH_S:
            self._grown_at = moment
            self._left -= 1
            self._free.release()
        await self._free.acquire()

    def leave(self) -> None:
        self._free.release()


def _is_open(turn: Turn) -> bool:
    """Whether its people may be written to now, and still when the last of what is decided now is written."""
    hours, moment = Hours(turn.opens, turn.closes), now()
    return all(is_open(turn.country, moment + timedelta(seconds=seconds), hours) for seconds in (0.0, DEADLINE_S))


def _seems_cut_off(unanswered: list[float]) -> bool:
    few = len(unanswered) >= UNANSWERED_FEW and unanswered[-1] - unanswered[0] >= UNANSWERED_S
    return few or len(unanswered) >= UNANSWERED_MAX


class Lane:
    """One sender number's stream while this process holds it."""

    def __init__(
        self,
        store: Store,
        client: Client,
        keys: OrganisationKeys,
        stop_list: StopList,
        upstairs: Upstairs,
        *,
        phone_number_id: str,
        per_second: float,
        marketing_endpoint: bool = False,
        ttl_s: float,
        rest_s: Callable[[], float],
    ) -> None:
        self.store = store
        self._client = client
        self._keys = keys
        self._stop_list = stop_list
        self._upstairs = upstairs
        self._phone_number_id = phone_number_id
        self._marketing_endpoint = marketing_endpoint
        self._ttl_s = ttl_s
        self._rest_s = rest_s
        self.is_cut_off = False  # nobody answered any more, from here
        self._pace = pacing.start(pacing.careful(per_second), time.monotonic(), warm_up_s=WARM_UP_S)
        self._size = max(1, min(BATCH_MAX, int(per_second * BATCH_S)))
        self._room = Room(first=max(32, int(per_second / 8)), most=max(64, int(per_second)))
        self._trusted_until = time.monotonic() + 0.75 * ttl_s
        self._held = False
        self._stopping = False
        self._idle_since: float | None = None
        self._ended = False
        self._wake = asyncio.Event()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._outcomes: list[Outcome] = []
        self._wordings: dict[UUID, tuple[float, Wording]] = {}
        self._turn = 0
        self._unanswered: list[float] = []  # when the last calls failed that nobody answered (monotonic)
        self._mistake, self._mistakes_in_a_row = "", 0

    def stop(self) -> None:
        """Decide nothing more; what is in flight is waited for and recorded."""
        self._stopping = True
        self._wake.set()

    def is_ending(self) -> bool:
        """Whether it was told to let go."""
        return self._stopping

    def is_busy(self) -> bool:
        """Whether messages are under way."""
        return bool(self._in_flight)

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped, or until the lease cannot be trusted any more. Raises psycopg.Error."""
        await self.store.enter()
        stranded = await self.store.strand_unfinished()
        if stranded:
            log.warning("took over a lane: %d messages of its last holder are uncertain", stranded)
        renewing, recording = asyncio.create_task(self._keep_lease()), asyncio.create_task(self._keep_recording())
        try:
            await self._work()
        finally:
            if self._in_flight:
                await asyncio.wait(self._in_flight, timeout=GRACE_S)
            renewing.cancel()
            self._ended = True  # recording is never cancelled: what it holds in its hands would be lost
            await asyncio.gather(renewing, recording, return_exceptions=True)
            await self._record()
            await (self.store.rest() if self._is_idle_for(RESTS_AFTER_S) else self.store.release())

    async def _work(self) -> None:
        batch = await self._decide()
        while not self._over():
            if not batch.armed:
                await self._idle()
            if self._is_idle_for(RESTS_AFTER_S):
                self.stop()
            # Decide the next batch while this one is being sent, so that the pace has no holes.
            upcoming = asyncio.create_task(self._decide())
            try:
                for armed in batch.armed:
                    if not armed.reason:
                        await self._start_sending(armed, batch)
            finally:
                batch = await upcoming
        for armed in batch.armed:
            if not armed.reason:
                self._outcomes.append(outcomes.not_written(armed, withdrawn=False))

    def _is_idle_for(self, seconds: float) -> bool:
        return self._idle_since is not None and time.monotonic() - self._idle_since >= seconds

    def _over(self) -> bool:
        return self._stopping or time.monotonic() >= self._trusted_until

    async def _decide(self) -> Batch:
        """The next batch: answers to people first, then campaigns by turns. Deaf to opt-outs, it decides nothing."""
        asked_at = time.monotonic()
        if self._over() or self._held or not self._stop_list.has_heard_since(asked_at):
            return Batch([])
        if answers := await self.store.arm_answers(self._size):
            self._idle_since = None
            return Batch(answers, asked_at)
        waiting = await self.store.turns()
        self._idle_since = None if waiting else self._idle_since or asked_at
        turns = [turn for turn in waiting if _is_open(turn)]
        self._turn += 1
        for turn in in_order(turns, self._turn):  # one that only waits, to try again, holds up no other
            wording = await self._wording(turn.campaign_id)
            if not wording.as_approved:
                await self._upstairs.pause_campaign(turn.campaign_id, "content_changed")
                continue
            asked_at = time.monotonic()
            crash_point("C1")
            armed = await self.store.arm_campaign(turn, self._size)
            crash_point("C3")
            if armed:
                return Batch(armed, asked_at, turn.campaign_id, wording)
        return Batch([])

    async def _wording(self, campaign_id: UUID) -> Wording:
        read_at, wording = self._wordings.get(campaign_id, (0.0, None))
        if wording is None or time.monotonic() - read_at > WORDING_S:
            wording = await self._upstairs.wording_of(campaign_id)
            self._wordings = {campaign_id: (time.monotonic(), wording)}
        return wording

    async def _start_sending(self, armed: Armed, batch: Batch) -> None:
        try:
            letter = write_letter(armed, batch.wording, self._keys, marketing_endpoint=self._marketing_endpoint)
        except Unreadable:
            self._outcomes.append(outcomes.unreadable(armed, "unreadable"))
            return
        except ValueError:  # CannotRender, or no number that may be written to
            self._outcomes.append(outcomes.unreadable(armed, "cannot_render"))
            return
        await self._room.enter()
        self._pace, wait_s = pacing.reserve(self._pace, time.monotonic())
        if wait_s:
            await asyncio.sleep(max(wait_s, REST_FOR_S))
        task = asyncio.create_task(self._send(armed, letter, batch))
        self._in_flight.add(task)
        task.add_done_callback(self._sent)

    async def _send(self, armed: Armed, letter: Letter, batch: Batch) -> None:
        """The last look, the call, and what came of it. No await stands between the look and the call."""
        withdrawn = batch.campaign_id is not None and self._stop_list.holds(armed.contact_id)
        stopped = self._stop_list.has_stopped_since(self.store.lease.organisation_id, batch.asked_at)
        barred = self._held or stopped or not self._stop_list.has_heard_since(batch.asked_at)
        if withdrawn or barred or time.monotonic() >= min(batch.asked_at + DEADLINE_S, self._trusted_until):
            self._outcomes.append(outcomes.not_written(armed, withdrawn=withdrawn))
            return
        try:
            answer = await self._client.send(self._phone_number_id, letter.body, marketing=letter.is_marketing)
        except Exception as problem:  # it may have left: without an outcome the row would stay "sending" for ever
            log.error("a call failed in an unknown way: %s", place_of(problem))
            answer = Answer("no_answer")
        crash_point("C5")
        verdict = outcomes.verdict_on(answer)
        if verdict is None:
            self._outcomes.append(outcomes.accepted(armed, letter, answer, self._keys))
            self._mistakes_in_a_row = 0
            self._unanswered.clear()
            return
        self._outcomes.append(outcomes.not_accepted(armed, verdict, answer.code))
        await self._act_on(verdict, armed, batch)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._room.leave()
        self._in_flight.discard(task)
        problem = None if task.cancelled() else task.exception()
        if problem is not None:
            log.error("a sending task failed: %s", place_of(problem))

    async def _act_on(self, verdict: Verdict, armed: Armed, batch: Batch) -> None:
        """What an answer means beyond its own message: the pace, the lane, the campaign, the person."""
        if verdict in TRANSPORT.values():
            self._unanswered.append(time.monotonic())
        else:
            self._unanswered.clear()
        if verdict.kind == "retry":
            self._pace = pacing.throttled(self._pace, time.monotonic(), verdict.wait_s)
        elif verdict.kind == "withdrawn":
            await self._upstairs.withdraw(armed.contact_id)
        elif verdict.kind == "hold_lane":
            await self._hold(verdict.reason, HOLD_S)
        elif verdict.kind == "template_stop" and batch.campaign_id:
            await self._upstairs.pause_campaign(batch.campaign_id, verdict.reason)
        if _seems_cut_off(self._unanswered) and not self.is_cut_off:
            self.is_cut_off = True
            await self._hold("no_answers", self._rest_s())
            self.stop()
        self._mistakes_in_a_row = self._mistakes_in_a_row + 1 if verdict.reason == self._mistake else 1
        self._mistake = verdict.reason
        if verdict.pauses_if_repeated and self._mistakes_in_a_row >= MISTAKES_IN_A_ROW and batch.campaign_id:
            await self._upstairs.pause_campaign(batch.campaign_id, verdict.reason)

    async def _hold(self, reason: str, seconds: float) -> None:
        log.warning("a lane is on hold for %.0f s: %s", seconds, reason)
        self._held = True
        await self.store.hold(reason, seconds)

    async def _keep_lease(self) -> None:
        """Renew in time. A renewal that fails or comes late ends the trust by itself, since it is never prolonged."""
        while True:
            await asyncio.sleep(self._ttl_s / 4)
            asked_at = time.monotonic()
            try:
                held = await self.store.renew(self._ttl_s)
            except (psycopg.Error, OSError):
                log.warning("a lane could not renew its lease")
                continue
            if held is None:
                self.stop()
                return
            self._held = held
            self._trusted_until = asked_at + 0.75 * self._ttl_s

    async def _keep_recording(self) -> None:
        while not self._ended:
            await asyncio.sleep(FLUSH_S)
            try:
                await self._record()
            except Exception as problem:
                # It is tried once more at the end. Whoever takes the lane next calls what is left uncertain, and
                # WhatsApp's statuses settle it.
                log.warning("a lane could not record its outcomes and gives up its lease: %s", place_of(problem))
                self.stop()
                return

    async def _record(self) -> None:
        known, self._outcomes = self._outcomes, []
        if not known:
            return
        try:
            await self.store.record(known)
        except BaseException:
            self._outcomes = known + self._outcomes
            raise
        crash_point("C6")

    async def _idle(self) -> None:
        self._wake.clear()
        try:
            async with asyncio.timeout(IDLE_S):
                await self._wake.wait()
        except TimeoutError:
            return
