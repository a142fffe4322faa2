"""Carries webhooks: batches them, signs them, and posts each until it is answered 200. Nothing is dropped in a run."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from itertools import islice

import aiohttp

from izin_simulator.config import Config
from izin_simulator.oracle import Log
from izin_simulator.webhooks import Update, acknowledged, encode, envelope, signature

_SHUFFLED_AT_ONCE = 1000


class Courier:
    """`pending` counts updates from the moment they are planned until their acknowledgement is in the log."""

    def __init__(self, config: Config, log: Log, session: aiohttp.ClientSession, seed: int) -> None:
        self.url = config.webhook_url
        self.paused = False
        self.shuffle = False
        self.duplicate = 0
        self.pending = 0
        self.sent = 0
        self.refused = 0
        self._config = config
        self._log = log
        self._session = session
        self._dice = random.Random(seed)  # noqa: S311 - an order of delivery, no secret
        self._queue: deque[Update] = deque()
        self._posting: set[asyncio.Task[None]] = set()
        self._batches = 0

    def later(self, delay_s: float, make: Callable[[], Update]) -> None:
        """Make the update after the delay, and send it."""
        self.pending += 1
        asyncio.get_running_loop().call_later(delay_s, lambda: self._enqueue([make()]))

    def send(self, update: Update) -> None:
        """Send the update as soon as there is room."""
        self.pending += 1
        self._enqueue([update])

    def pump(self) -> None:
        """Post batches while there are updates, free posts and no pause. Call it after a change of settings."""
        while self._queue and not self.paused and len(self._posting) < self._config.webhook_concurrency:
            task = asyncio.create_task(self._deliver(self._take()))
            self._posting.add(task)
            task.add_done_callback(self._delivered)

    async def close(self) -> None:
        """Stop posting. What is not acknowledged stays in the log as unfinished."""
        self.paused = True
        posting = list(self._posting)
        for task in posting:
            task.cancel()
        await asyncio.gather(*posting, return_exceptions=True)

    def _enqueue(self, updates: list[Update]) -> None:
        if self.url is None:  # like an app that is not subscribed: Meta has nobody to tell
            self.pending -= len(updates)
            return
        self._queue.extend(updates)
        self.pump()

    def _take(self) -> list[Update]:
        if self.shuffle:
            front = [self._queue.popleft() for _ in range(min(len(self._queue), _SHUFFLED_AT_ONCE))]
            self._dice.shuffle(front)
            self._queue.extendleft(front)
        batch = list(islice(self._queue, self._config.webhook_batch_max))
        for _ in batch:
            self._queue.popleft()
        return batch

    def _delivered(self, task: asyncio.Task[None]) -> None:
        self._posting.discard(task)
        if not task.cancelled():
            task.result()
            self.pump()

    async def _deliver(self, batch: list[Update]) -> None:
        if any(update.ack["event"] == "reply_acked" for update in batch):
            # A person's words are in the log before anybody can have answered them.
            await self._log.durable()
        self._batches += 1
        payload = envelope(self._config.business_account_id, batch, grouped=self._batches % 2 == 0, at=time.time())
        body = encode(payload)
        answers = await asyncio.gather(*(self._post(body) for _ in range(1 + self.duplicate)))
        answered = [at for at in answers if at is not None]
        if answered:
            await self._log.commit(*acknowledged(batch, min(answered)))
            self.pending -= len(batch)
            return
        waits = self._config.webhook_retry_s
        wait = waits[min(max(update.attempts for update in batch), len(waits) - 1)]
        for update in batch:
            update.attempts += 1
        # They go back to the queue one by one, so that a retry may be batched otherwise, as at Meta.
        asyncio.get_running_loop().call_later(wait, self._enqueue, batch)

    async def _post(self, body: bytes) -> float | None:
        """Return the time of a 200 answer, or None for any other answer or none."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": signature(self._config.app_secret, body),
        }
        try:
            async with self._session.post(str(self.url), data=body, headers=headers, allow_redirects=False) as answer:
                at, status = time.time(), answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            status = 0
        if status != 200:
            self.refused += 1
            return None
        self.sent += 1
        return at
