"""Post signed webhooks to a channel's address, again and again until they are answered 200."""

import asyncio
import dataclasses
import secrets
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from time import perf_counter
from typing import Literal

import httpx

from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.webhooks.callbacks import Callbacks
from campotech_wa.simulator.webhooks.payloads import encode, signature
from campotech_wa.simulator.webhooks.wire import Wire

ACKNOWLEDGED = 200
"""Meta takes no other status for an answer (webhooks.md, 1.3)."""
CONCURRENT_POSTS = 16
"""Webhooks in flight to one address: Meta posts concurrently too, but a laptop's endpoint must survive it."""
ANSWER_TIMEOUT = 10.0
"""Seconds until an unanswered webhook counts as refused."""
FIRST_RETRY = 0.1
LONGEST_PAUSE = 10.0
PERSISTENCE = 600.0
"""Seconds of pauses after which a delivery is abandoned; Meta's days, shortened (webhooks.md, 1.4)."""

Kind = Literal["message", "status", "webhook"]
"""What a delivery carries; a "webhook" was ordered as it stands."""


class Outcome(StrEnum):
    """What became of a delivery."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"
    UNHEARD = "unheard"
    """The app is not subscribed to the account: nothing was posted (webhooks.md, 1.6)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST: the HTTP status it was answered with, or the error that came instead."""

    at: datetime
    seconds: float
    status: int | None = None
    error: str | None = None


@dataclass(slots=True)
class Delivery:
    """One webhook body on its way; `message_ids` are the wamids that it speaks of."""

    url: str
    phone_number_id: str
    kind: Kind
    message_ids: tuple[str, ...]
    created_at: datetime
    field: str = "messages"
    attempts: list[Attempt] = dataclasses.field(default_factory=list[Attempt])
    outcome: Outcome = Outcome.PENDING
    tried: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    """Set when the first attempt has been answered, or has failed."""


def retry_pauses() -> Iterator[float]:
    """Answer the seconds before each new attempt: 0.1, 1, 2, 4, 8, 10, 10 … about ten minutes in all."""
    total, pause = FIRST_RETRY, 1.0
    yield FIRST_RETRY
    while total + pause <= PERSISTENCE:
        yield pause
        total += pause
        pause = min(pause * 2, LONGEST_PAUSE)


class Courier:
    """Carries webhooks; every delivery is a task, and at most sixteen at a time post to one address."""

    def __init__(self) -> None:
        self.callbacks = Callbacks()
        self.deliveries: list[Delivery] = []
        self._client: httpx.AsyncClient | None = None
        self._wire = Wire()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(CONCURRENT_POSTS)
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None, None]:
        """Open the one HTTP client for as long as the block lasts, and cancel what is still pending then."""
        async with httpx.AsyncClient(timeout=ANSWER_TIMEOUT, trust_env=False) as self._client:
            try:
                yield
            finally:
                self.reset()
                self._wire.close()

    def dispatch(
        self,
        channel: Channel,
        kind: Kind,
        payload: JsonObject,
        message_ids: tuple[str, ...],
        on_accepted: Callable[[], None] = lambda: None,
        *,
        field: str = "messages",
        kept: bool = True,
    ) -> Delivery:
        """Send the payload on its way and answer at once; what is not kept is never listed."""
        url = self.callbacks.address(channel, field)
        delivery = Delivery(url, channel.phone_number_id, kind, message_ids, datetime.now(UTC), field)
        if kept:
            self.deliveries.append(delivery)
        if not self.callbacks.subscribed(channel.waba_id):
            delivery.outcome = Outcome.UNHEARD
            delivery.tried.set()
            return delivery
        body = encode(payload)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": signature(body, channel.app_secret),
        }
        task = asyncio.create_task(self._deliver(delivery, headers, body, on_accepted))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._finish(delivery, done))
        return delivery

    async def handshake(self, url: str, verify_token: str) -> bool:
        """Verify an address as Meta does before it first posts there (webhooks.md, 1.1)."""
        challenge = str(secrets.randbelow(10**9))
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        try:
            answer = await self._http().get(url, params=query)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.status_code == ACKNOWLEDGED and answer.text == challenge

    def reset(self) -> None:
        """Cancel what is pending and forget what was delivered."""
        for task in self._tasks:
            task.cancel()
        self.deliveries.clear()
        self.callbacks.reset()

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            raise RuntimeError("The courier is not at work: the application's lifespan has not started.")
        return self._client

    def _finish(self, delivery: Delivery, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            delivery.outcome = Outcome.CANCELLED
        delivery.tried.set()

    async def _deliver(
        self,
        delivery: Delivery,
        headers: Mapping[str, str],
        body: bytes,
        on_accepted: Callable[[], None],
    ) -> None:
        for pause in chain((0.0,), retry_pauses()):
            await asyncio.sleep(pause)
            async with self._turns[delivery.url]:
                attempt = await self._attempt(delivery.url, headers, body)
            delivery.attempts.append(attempt)
            delivery.tried.set()
            if attempt.status == ACKNOWLEDGED:
                delivery.outcome = Outcome.ACCEPTED
                return on_accepted()
        delivery.outcome = Outcome.ABANDONED
        return None

    async def _attempt(self, url: str, headers: Mapping[str, str], body: bytes) -> Attempt:
        started, clock = datetime.now(UTC), perf_counter()
        try:
            status = await self._wire.post(url, headers, body, patience=ANSWER_TIMEOUT)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
            return Attempt(started, perf_counter() - clock, error=f"{type(error).__name__}: {error}")
        return Attempt(started, perf_counter() - clock, status=status)
