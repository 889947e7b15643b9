"""One turn of a channel: claim, call, record, many at once, until nothing may leave or others should have a go.

The waiting is asynchronous, the store is not: each step that touches the database hops to a thread.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from campotech_wa.errors import MetaBusy, MetaError, MetaRefused
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import attachments
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, claim, owed, record
from campotech_wa.services.deliver import pace as paces
from campotech_wa.services.deliver.admission import Terms
from campotech_wa.services.deliver.loading import Loading
from campotech_wa.services.deliver.pace import Pace
from campotech_wa.services.deliver.parcel import Outcome, Parcel
from campotech_wa.services.deliver.room import Room
from campotech_wa.services.deliver.sending import send, send_with_files
from campotech_wa.signals import live
from campotech_wa.signals import pace as slots

log = logging.getLogger(__name__)

IN_FLIGHT = 32
"""Requests of one channel under way at once."""

BATCH = 16
"""Messages of one claim: few enough that several channels find room beside each other."""

SHARE = 16
"""Messages of one turn while others wait for theirs; a channel alone goes on."""

_SLOW = 1.0
"""Seconds after which the pages show that a message is on its way; most have their answer sooner."""

_FRESH = 0.5
"""Seconds for which it is known how a channel may send, unless Meta refuses something."""

_NAP = timedelta(seconds=0.5)
"""A shorter rest is slept through: the throughput's, between two bursts. Whoever else wakes the channel does it once
a second."""

_LINGER = 0.004
"""Seconds for outcomes to gather: they share a transaction."""

_RECORD_PAUSES = (0.1, 0.5, 1, 2, 5, 10)
"""Seconds between the tries to record outcomes; PostgreSQL is back from a crash within a few."""

Landed = tuple[Parcel, Outcome | None]


@dataclass(frozen=True, slots=True)
class Leftover:
    """What a turn leaves behind."""

    has_more: bool = False
    """Its share is used up, or something was queued at its end: there may be more to send at once."""
    rest: timedelta | None = None
    """Nothing may leave for so long."""
    is_urgent: bool = False
    """A person's message came when it was about to end."""


_NO_TERMS = Terms({}, 1.0)


@dataclass(frozen=True, slots=True)
class Departures:
    """What leaves now, and when to look again."""

    parcels: Sequence[Parcel] = ()
    terms: Terms = _NO_TERMS
    rest: timedelta | None = None
    naps: bool = False
    """The rest is short, and slept through."""
    looks_again: bool = False
    """There may be more at once."""
    is_alone: bool = False
    """The channel's share is used up, and nobody waits for theirs."""


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
        self._flying: set[asyncio.Task[Landed]] = set()
        self._claiming: asyncio.Task[None] | None = None
        self._napping: asyncio.Task[None] | None = None
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
        keeper = asyncio.create_task(self._keep_leases())
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
        return self._flying | {task for task in (self._claiming, self._napping, self._recording) if task}

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
        departures = Departures()
        try:
            departures = await asyncio.to_thread(self._let_in, places)
        except admission.UNKNOWN as fault:
            log.warning(
                "pace unknown, sending nothing",
                extra={"channel_id": self._channel.channel_id, "error_type": type(fault).__name__},
            )
        finally:
            self._room.give(places - sum(not parcel.has_files for parcel in departures.parcels))
        self._depart(departures)

    def _let_in(self, most: int) -> Departures:
        """Claim, and have the pace let in what needs no upload first."""
        pace = self._known_pace()
        wanted = min(most, pace.burst)
        found = claim.next_parcels(self._channel, pace, wanted)
        limits = {each.slot: pace.limit(each.lane, each.priority) for each in found.parcels}
        terms = Terms(limits, pace.per_second)
        admitted = _admit(found.parcels, terms)
        with_files = (parcel for parcel in found.parcels if parcel.has_files)
        return Departures(
            [*admitted.parcels, *with_files],
            terms,
            rest=admitted.rest or found.rest,
            naps=admitted.rest is not None and admitted.rest <= _NAP,
            looks_again=found.has_held or (len(found.parcels) == wanted and admitted.rest is None),
            is_alone=len(found.parcels) >= self._left and not self._do_others_wait(),
        )

    def _known_pace(self) -> Pace:
        if self._pace is None or time.monotonic() > self._pace_until:
            self._pace, self._pace_until = paces.of(self._channel), time.monotonic() + _FRESH
        return self._pace

    def _depart(self, departures: Departures) -> None:
        """Let go what was let in; look again at once, after a nap, or when somebody wakes the channel."""
        self._flying |= {
            asyncio.create_task(self._deliver(parcel, departures.terms)) for parcel in departures.parcels
        }
        self._left = SHARE if departures.is_alone else self._left - len(departures.parcels)
        self._rest = departures.rest
        if departures.looks_again:
            self._news.set()
        elif departures.naps and self._rest and self._napping is None:
            self._napping = asyncio.create_task(asyncio.sleep(self._rest.total_seconds()))

    async def _deliver(self, parcel: Parcel, terms: Terms) -> Landed:
        slow = asyncio.get_running_loop().call_later(_SLOW, self._tell, parcel)
        try:
            return await self._carry(parcel, terms)
        finally:
            slow.cancel()

    def _tell(self, parcel: Parcel) -> None:
        """Have the pages show that a message is on its way, which can not be cancelled any more."""
        change = live.Changed(parcel.organization_id, parcel.conversation_id)
        telling = asyncio.create_task(asyncio.to_thread(live.publish, change))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _carry(self, parcel: Parcel, terms: Terms) -> Landed:
        if parcel.has_files:
            return parcel, await send_with_files(
                parcel, self._channel, self._client, self._loading, terms, self._room
            )
        try:
            return parcel, await send(parcel, self._channel, self._client)
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
        if self._napping and self._napping.done():
            self._napping = None
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

    def _outcomes(self, landed: Iterable["asyncio.Task[Landed]"]) -> list[Landed]:
        """Return what has landed; what nobody expected ends one request, and takes no other outcome with it."""
        faults = [fault for task in landed if (fault := task.exception())]
        for fault in faults:
            log.error("request not made", exc_info=fault, extra={"channel_id": self._channel.channel_id})
        return [task.result() for task in landed if not task.exception()]

    async def _record(self, landed: Sequence[Landed]) -> None:
        known = [(parcel, outcome) for parcel, outcome in landed if outcome is not None]
        if not known:
            return
        if any(isinstance(outcome, MetaError) for _, outcome in known):
            self._pace = None
        await asyncio.to_thread(_free, known)
        await _persist(known)
        for parcel, outcome in known:
            if isinstance(outcome, MetaRefused) and parcel.has_files:
                await self._forget_uploads(parcel)

    async def _forget_uploads(self, parcel: Parcel) -> None:
        """Have the files put up anew if a person asks for the message again; the outcome hangs on none of it."""
        try:
            await asyncio.to_thread(attachments.forget_uploads, parcel.content, self._channel)
        except SQLAlchemyError as fault:
            log.warning(
                "uploads not forgotten",
                extra={"message_id": parcel.message_id, "error_type": type(fault).__name__},
            )

    async def _keep_leases(self) -> None:
        """Keep messages whose files are still on their way."""
        while True:
            await asyncio.sleep(claim.LEASE.total_seconds() / 4)
            try:
                await asyncio.to_thread(claim.keep, self._loading.waiting)
            except SQLAlchemyError as fault:
                log.warning("leases not renewed", extra={"error_type": type(fault).__name__})

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


def _admit(claimed: Sequence[Parcel], terms: Terms) -> admission.Admitted:
    """Have parcels let in; if nobody knows whether they may, all that was claimed goes back."""
    at_once = [parcel for parcel in claimed if not parcel.has_files]
    if not at_once:
        return admission.Admitted([])
    try:
        return admission.admit(at_once, terms)
    except admission.UNKNOWN:
        admission.put_back(claimed)
        raise


def _free(landed: Sequence[tuple[Parcel, Outcome]]) -> None:
    """Tell the pace what has been answered, and what never left."""
    window = landed[0][0].window
    unsent = [parcel.slot for parcel, outcome in landed if _never_left(outcome)]
    sent = [parcel.slot for parcel, outcome in landed if not _never_left(outcome)]
    try:
        slots.finished(window, sent)
        slots.returned(window, unsent)
    except RedisError as fault:
        log.warning("slots stay taken", extra={"error_type": type(fault).__name__})


def _never_left(outcome: Outcome) -> bool:
    return isinstance(outcome, MetaBusy) and outcome.code is None


async def _persist(landed: Sequence[tuple[Parcel, Outcome]]) -> None:
    """Keep trying to write outcomes down: PostgreSQL may be starting again.

    If it stays away, the leases end, and statuses of Meta's settle the messages.
    """
    for pause in _RECORD_PAUSES:
        try:
            return await asyncio.to_thread(record.outcomes, landed)
        except (OperationalError, PoolTimeout) as fault:
            log.warning(
                "outcomes not recorded yet",
                extra={"channel_id": landed[0][0].channel_id, "error_type": type(fault).__name__},
            )
            await asyncio.sleep(pause)
    log.error("outcomes not recorded", extra={"channel_id": landed[0][0].channel_id})
    return None
