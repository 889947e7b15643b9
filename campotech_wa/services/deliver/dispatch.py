"""Serve channels side by side in one process: a wake-up goes in, a turn of that channel comes of it."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from campotech_wa.domain.ids import ChannelId
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import credentials
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver.room import Room
from campotech_wa.services.deliver.turn import Leftover, Turn
from campotech_wa.signals import jobs

log = logging.getLogger(__name__)

PLACES, URGENT_PLACES = 64, 16
"""Requests under way at once in one process, and those kept for what a person waits for."""

WORTH = 8
"""Places for which a claim is made, unless it is urgent."""

TURNS = 24
"""Channels served side by side; the others wait in the queue, where any process may take them."""

_BREATH = 0.2
"""Seconds that a channel waits for a turn to end: meanwhile nobody hears of what is urgent."""


def _pass_on(channel_id: ChannelId, left: Leftover) -> None:
    """Have the channel looked at again: before all others, after them, or not for a while."""
    if left.is_urgent:
        jobs.wake_urgently(channel_id)
    elif left.has_more:
        jobs.wake_drain(channel_id)
    elif left.rest:
        jobs.rest_drain(channel_id, left.rest)


class Dispatcher:
    """The channels that this process serves; everything runs on one event loop."""

    def __init__(self, client: GraphClient, is_stopping: Callable[[], bool]) -> None:
        self._client = client
        self._is_stopping = is_stopping
        self._room = Room(PLACES, urgent=URGENT_PLACES, worth=WORTH)
        self._turns: dict[ChannelId, Turn] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._ended = asyncio.Event()

    async def has_hand(self, channel_id: ChannelId) -> bool:
        """Tell whether a channel can be served, having waited a little while for the turn of another one to end."""
        if not self._has_hand(channel_id):
            self._ended.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), _BREATH)
        return self._has_hand(channel_id)

    def _has_hand(self, channel_id: ChannelId) -> bool:
        return channel_id in self._turns or len(self._turns) < TURNS

    async def serve(self, channel_id: ChannelId, *, is_urgent: bool = False) -> None:
        """See to it that a channel is looked at."""
        if channel_id not in self._turns:
            known = await asyncio.to_thread(credentials.by_channel, channel_id)
            if known is None:
                return
            if channel_id not in self._turns:
                self._begin(known, is_urgent=is_urgent)
                return
        self._turns[channel_id].poke(is_urgent=is_urgent)

    def _begin(self, channel: Credentials, *, is_urgent: bool) -> None:
        self._turns[channel.channel_id] = Turn(
            channel,
            self._client,
            self._room,
            is_stopping=self._is_stopping,
            do_others_wait=jobs.do_channels_wait,
        )
        running = asyncio.create_task(self._run(channel.channel_id, is_urgent=is_urgent))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for what is under way."""
        if self._running:
            await asyncio.wait(self._running)

    async def _run(self, channel_id: ChannelId, *, is_urgent: bool) -> None:
        turn = self._turns[channel_id]
        try:
            left = await turn.run(is_urgent=is_urgent)
        except Exception:
            # The sweep wakes what is still due.
            log.exception("turn failed", extra={"channel_id": channel_id})
            return
        finally:
            del self._turns[channel_id]
            self._ended.set()
        if self._is_stopping():
            return
        await asyncio.to_thread(_pass_on, channel_id, left)
