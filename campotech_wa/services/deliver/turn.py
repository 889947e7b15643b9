"""One turn of a channel: claim, call, record, many at once, until nothing may leave or others should have a go.

The waiting is asynchronous, the store is not: each step that touches the database hops to a thread.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from campotech_wa.errors import MetaError
from campotech_wa.meta.client import GraphClient
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, departures, landing, owed
from campotech_wa.services.deliver import pace as paces
from campotech_wa.services.deliver.admission import Terms
from campotech_wa.services.deliver.departures import Departures
from campotech_wa.services.deliver.loading import Loading
from campotech_wa.services.deliver.pace import Pace
from campotech_wa.services.deliver.parcel import Landed, Outcome, Parcel
from campotech_wa.services.deliver.room import Room
from campotech_wa.services.deliver.sending import send, send_with_files
from campotech_wa.signals import live

log = logging.getLogger(__name__)

IN_FLIGHT = 32
"""Requests of one channel under way at once."""

BATCH = 16
"""Messages of one claim: few enough that several channels find room beside each other."""

SHARE = 8
"""Messages of one turn while others wait for theirs; a channel alone goes on. At any moment some channels are a turn
behind the others: the smaller it is, the less that is."""

_SLOW = 1.0
"""Seconds after which the pages show that a message is on its way; most have their answer sooner."""

_FRESH = 0.5
"""Seconds for which it is known how a channel may send, unless Meta refuses something."""

_LINGER = 0.004
"""Seconds for outcomes to gather: they share a transaction."""

Flight = asyncio.Task[tuple[Parcel, Outcome | None]]
"""A request under way; None when it came to nothing, and its message went back."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """What a turn leaves behind."""

    has_more: bool = False
    """Its share is used up, or something was queued at its end: there may be more to send at once."""
    rest: timedelta | None = None
    """Nothing may leave for so long."""
    is_urgent: bool = False
    """A person's message came when it was about to end."""


class Turn:
    """A channel that is being served."""

    def __init__(
        self,
        channel: Credentials,
        client: GraphClient,
        room: Room,
        *,
        is_stopping: Callable[[], bool],
        do_others_wait: Callable[[], bool],
    ) -> None:
        self._channel = channel
        self._do_others_wait = do_others_wait
        self._pace: Pace | None = None
        self._pace_until = 0.0
        self._client = client
        self._room = room
        self._is_stopping = is_stopping
        self._loading = Loading(channel, client.media, is_stopping)
        self._flying: set[Flight] = set()
        self._claiming: asyncio.Task[None] | None = None
        self._naps: set[asyncio.Task[None]] = set()
        self._recording: asyncio.Task[None] | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._is_urgent = False
        self._left = SHARE
        self._rest: timedelta | None = None

    @property
    def has_news(self) -> bool:
        """Whether it was poked since its last look."""
        return self._news.is_set()

    def poke(self, *, is_urgent: bool) -> None:
        """Have the turn look once more: something was queued meanwhile."""
        self._is_urgent = self._is_urgent or is_urgent
        if is_urgent:
            self._left = max(self._left, BATCH)
        self._news.set()

    async def run(self, *, is_urgent: bool = False) -> Leftover:
        """Serve the channel; afterwards every outcome is recorded, and every place of the room free again."""
        self.poke(is_urgent=is_urgent)
        keeper = asyncio.create_task(self._loading.keep_leases())
        try:
            await asyncio.to_thread(owed.settle, self._channel)
            while self._may_claim or self._under_way:
                if self._may_claim and self._claiming is None:
                    self._news.clear()
                    self._claiming = asyncio.create_task(self._claim())
                await self._land()
            return Leftover(self._left <= 0 or self.has_news, self._rest, self._is_urgent)
        finally:
            await self._finish()
            keeper.cancel()

    @property
    def _under_way(self) -> set[asyncio.Task[Any]]:
        # Claiming is apart from the rest: it may wait for room, and what has landed is recorded meanwhile.
        return self._flying | self._naps | {task for task in (self._claiming, self._recording) if task}

    @property
    def _may_claim(self) -> bool:
        return self._news.is_set() and self._left > 0 and not self._is_stopping()

    async def _claim(self) -> None:
        """Take what may leave, as much as there is room for, and let it go."""
        requests = len(self._flying) - len(self._loading.waiting)
        most = min(BATCH, self._left, IN_FLIGHT - requests)
        if most <= 0:
            return
        is_urgent, self._is_urgent = self._is_urgent, False
        places = await self._room.take(most, is_urgent=is_urgent)
        leaving, has_new_share = Departures(), False
        try:
            leaving, has_new_share = await asyncio.to_thread(self._let_out, places)
        except admission.UNKNOWN as fault:
            log.warning(
                "pace unknown, sending nothing",
                extra={"channel_id": self._channel.channel_id, "error_type": type(fault).__name__},
            )
        finally:
            self._room.give(places - sum(not parcel.has_files for parcel in leaving.parcels))
        self._left = SHARE if has_new_share else self._left - len(leaving.parcels)
        self._depart(leaving)

    def _let_out(self, most: int) -> tuple[Departures, bool]:
        """Let out what may leave; tells besides whether the share was used up and nobody else waits for theirs."""
        out = departures.let_out(self._channel, self._known_pace(), most)
        return out, out.claimed >= self._left and not self._do_others_wait()

    def _known_pace(self) -> Pace:
        if self._pace is None or time.monotonic() > self._pace_until:
            self._pace, self._pace_until = paces.of(self._channel), time.monotonic() + _FRESH
        return self._pace

    def _depart(self, leaving: Departures) -> None:
        """Let go what was let in; look again at once, after a nap, or when somebody wakes the channel."""
        self._flying |= {
            asyncio.create_task(self._deliver(parcel, leaving.terms)) for parcel in leaving.parcels
        }
        self._rest = leaving.rest
        if leaving.looks_again:
            self._news.set()
        elif leaving.nap:
            # One for each answer of the pace: a thread that was held up comes back with a longer wait than the next.
            self._naps.add(asyncio.create_task(asyncio.sleep(leaving.nap.total_seconds())))

    async def _deliver(self, parcel: Parcel, terms: Terms) -> tuple[Parcel, Outcome | None]:
        slow = asyncio.get_running_loop().call_later(_SLOW, self._tell, parcel)
        try:
            return parcel, await self._carry(parcel, terms)
        finally:
            slow.cancel()

    def _tell(self, parcel: Parcel) -> None:
        """Have the pages show that a message is on its way, which can not be cancelled any more."""
        change = live.Changed(parcel.organization_id, parcel.conversation_id)
        telling = asyncio.create_task(asyncio.to_thread(live.publish, change))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _carry(self, parcel: Parcel, terms: Terms) -> Outcome | None:
        if parcel.has_files:
            return await send_with_files(
                parcel, self._channel, self._client, self._loading, terms, self._room
            )
        try:
            return await send(parcel, self._channel, self._client)
        finally:
            self._room.give(1)

    async def _land(self) -> None:
        """Wait until something has landed or was queued; hand what has landed over to be recorded."""
        if not self._under_way:
            return
        # News that can not be acted on yet would end the wait at once, again and again.
        news = [] if self.has_news else [asyncio.create_task(self._news.wait())]
        await asyncio.wait({*self._under_way, *news}, return_when=asyncio.FIRST_COMPLETED)
        for waiting in news:
            waiting.cancel()
        if self._claiming and self._claiming.done():
            claimed, self._claiming = self._claiming, None
            claimed.result()
        if over := {nap for nap in self._naps if nap.done()}:
            self._naps -= over
            self._news.set()
        if self._recording and self._recording.done():
            recorded, self._recording = self._recording, None
            self._news.set()
            recorded.result()
        if self._recording is None and any(task.done() for task in self._flying):
            await asyncio.sleep(_LINGER)
            landed = {task for task in self._flying if task.done()}
            self._flying -= landed
            self._recording = asyncio.create_task(self._record(self._outcomes(landed)))

    def _outcomes(self, flights: Iterable[Flight]) -> list[Landed]:
        """Return what has landed; what nobody expected ends one request, and takes no other outcome with it."""
        flown = list(flights)
        for fault in filter(None, (flight.exception() for flight in flown)):
            log.error("request not made", exc_info=fault, extra={"channel_id": self._channel.channel_id})
        returned = [flight.result() for flight in flown if not flight.exception()]
        return [(parcel, outcome) for parcel, outcome in returned if outcome is not None]

    async def _record(self, landed: list[Landed]) -> None:
        if not landed:
            return
        if any(isinstance(outcome, MetaError) for _, outcome in landed):
            self._pace = None
        await landing.put_down(landed, self._channel)

    async def _finish(self) -> None:
        """Record what is under way, whatever stopped the turn: else it would wait for its leases to end."""
        while self._under_way:
            try:
                self._news.clear()
                await self._land()
            except Exception as fault:  # noqa: BLE001  (each outcome counts, also after one that could not be kept)
                log.error(  # noqa: TRY400  (its text may quote content)
                    "outcomes lost",
                    extra={"channel_id": self._channel.channel_id, "error_type": type(fault).__name__},
                )
