"""Carries webhooks: batches them, signs them, and posts each until it is answered 200, for seven simulated days."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from itertools import islice

import aiohttp

from izin_simulator.clock import DAY_S
from izin_simulator.ground import Ground
from izin_simulator.webhooks import Update, acknowledged, envelope, signature

_SHUFFLED_AT_ONCE = 1000
_TIMES_KEPT = 2000


class Courier:
    """`pending` counts updates from the moment they are planned until their acknowledgement is in the log.

    `address_of` gives the callback of a business number, or of the account for None; no address, no webhook.
    """

    def __init__(
        self, ground: Ground, session: aiohttp.ClientSession, address_of: Callable[[str | None], str | None]
    ) -> None:
        self.paused = False
        self.shuffle = False
        self.duplicate = 0
        self.pending = 0
        self.sent = 0
        self.refused = 0
        self._config = ground.config
        self._log = ground.log
        self._session = session
        self._clock = ground.clock
        self._timetable = ground.real
        self._address_of = address_of
        self._dice = random.Random(ground.seed)  # noqa: S311 - an order of delivery, no secret
        self._queues: dict[str, deque[Update]] = {}
        self._posting: set[asyncio.Task[None]] = set()
        self._batches = 0
        self._pumping = False
        self._seconds: deque[float] = deque(maxlen=_TIMES_KEPT)

    def later(self, delay_s: float, make: Callable[..., Update], *arguments: object) -> None:
        """Make the update after so many real seconds, and send it."""
        self.pending += 1
        self._timetable.after(delay_s, self._make, make, *arguments)

    def send(self, update: Update) -> None:
        """Send the update as soon as there is room."""
        self.pending += 1
        self._enqueue([update])

    def pump(self) -> None:
        """Post batches while there are updates, free posts and no pause. Call it after a change of settings."""
        self._pumping = False
        while not self.paused and len(self._posting) < self._config.webhook_concurrency:
            address = max(self._queues, key=lambda one: len(self._queues[one]), default="")
            if not address or not self._queues[address]:
                return
            task = asyncio.create_task(self._deliver(address, self._take(self._queues[address])))
            self._posting.add(task)
            task.add_done_callback(self._delivered)

    def answer_times(self) -> dict[str, float]:
        """Return how fast the receiver answers, in milliseconds; Meta wants a median of 250, and 1 % over a second."""
        times = sorted(self._seconds)
        if not times:
            return {}
        return {
            "median_ms": round(times[len(times) // 2] * 1000, 1),
            "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)] * 1000, 1),
            "over_a_second": sum(one > 1 for one in times) / len(times),
        }

    async def close(self) -> None:
        """Stop posting. What is not acknowledged stays in the log as unfinished."""
        self.paused = True
        posting = list(self._posting)
        for task in posting:
            task.cancel()
        await asyncio.gather(*posting, return_exceptions=True)

    def _make(self, make: Callable[..., Update], *arguments: object) -> None:
        update = make(*arguments)
        late = self._config.webhook_late_rate
        if late and self._dice.random() < late:
            wait = self._dice.random() * self._config.webhook_late_ms / 1000
            self._timetable.after(wait, self._enqueue, [update])
        else:
            self._enqueue([update])

    def _enqueue(self, updates: list[Update]) -> None:
        for update in updates:
            address = self._address_of(update.number_id)
            if address is None:  # like an app that is not subscribed: Meta has nobody to tell
                self.pending -= 1
                continue
            if not update.first_at:
                update.first_at = self._clock.now()
            queue = self._queues.get(address)
            if queue is None:
                queue = self._queues[address] = deque()
            queue.append(update)
        self._pump_soon()

    def _pump_soon(self) -> None:
        """Post after this turn of the loop, so that what it still makes goes along."""
        if not self._pumping and len(self._posting) < self._config.webhook_concurrency:
            self._pumping = True
            asyncio.get_running_loop().call_soon(self.pump)

    def _take(self, queue: deque[Update]) -> list[Update]:
        if self.shuffle:
            front = [queue.popleft() for _ in range(min(len(queue), _SHUFFLED_AT_ONCE))]
            self._dice.shuffle(front)
            queue.extendleft(front)
        batch = list(islice(queue, self._config.webhook_batch_max))
        for _ in batch:
            queue.popleft()
        return batch

    def _delivered(self, task: asyncio.Task[None]) -> None:
        self._posting.discard(task)
        if not task.cancelled():
            task.result()
            self.pump()

    async def _deliver(self, address: str, batch: list[Update]) -> None:
        if any(update.ack["event"] != "status_acked" for update in batch):
            # A person's words are in the log before anybody can have answered them.
            await self._log.durable()
        self._batches += 1
        grouped, slashes = self._batches % 2 == 0, self._config.webhook.escaped_slashes
        body = envelope(
            self._config.business_account_id, batch, grouped=grouped, at=self._clock.now(), escaped_slashes=slashes
        )
        answers = [await self._post(address, body)]
        twice = self._config.webhook_duplicate_rate
        again = self.duplicate + (1 if twice and self._dice.random() < twice else 0)
        if again:
            answers += await asyncio.gather(*(self._post(address, body) for _ in range(again)))
        answered = [at for at in answers if at is not None]
        if answered:
            await self._log.commit(*acknowledged(batch, min(answered)))
            self.pending -= len(batch)
            return
        await self._give_up_or_repeat(batch)

    async def _give_up_or_repeat(self, batch: list[Update]) -> None:
        now = self._clock.now()
        oldest = now - self._config.webhook_retry_days * DAY_S
        dropped = [update for update in batch if update.first_at < oldest]
        if dropped:
            await self._log.commit(*({"at": now, "event": "webhook_dropped", "of": one.ack} for one in dropped))
            self.pending -= len(dropped)
        left = [update for update in batch if update.first_at >= oldest]
        if not left:
            return
        waits = self._config.webhook_retry_s
        wait = waits[min(max(update.attempts for update in left), len(waits) - 1)]
        for update in left:
            update.attempts += 1
        # They go back to the queue one by one, so that a retry may be batched otherwise, as at Meta.
        self._timetable.after(wait, self._enqueue, left)

    async def _post(self, address: str, body: bytes) -> float | None:
        """Return the time of a 200 answer, or None for any other answer or none."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": signature(self._config.app_secret, body),
        }
        began = time.monotonic()
        try:
            async with self._session.post(address, data=body, headers=headers, allow_redirects=False) as answer:
                at, status = self._clock.now(), answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            status = 0
        self._seconds.append(time.monotonic() - began)
        if status != 200:
            self.refused += 1
            return None
        self.sent += 1
        return at
