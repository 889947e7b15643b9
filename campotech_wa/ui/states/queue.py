"""The queue page: how each number's outbox stands, and what admins do about it."""

from datetime import UTC, datetime
from typing import Any

import reflex as rx

from campotech_wa.domain.access import Permission
from campotech_wa.domain.ids import ChannelId, EventId, MessageId
from campotech_wa.domain.panic import Extent
from campotech_wa.errors import CampotechError
from campotech_wa.queue_views import ChannelQueue, QueuedMessage
from campotech_wa.services import compose, dead_letters, queue
from campotech_wa.services.panic import acting
from campotech_wa.ui import live, toasts, typed
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.failures import sentence
from campotech_wa.ui.states.desk import Desk
from campotech_wa.views import DeadLetter

PATH = "/queue"

AT_MOST_EVERY = 1.0
"""Seconds between two refreshes: a broadcast changes the queue a hundred times a second, nobody reads that fast."""

_EPOCH = datetime.fromtimestamp(0, UTC)


class Queue(Desk):
    """What the queue page shows. An agent's holds nothing."""

    channels: list[ChannelQueue] = []
    dead: list[DeadLetter] = []
    counts: dict[str, str] = {}
    """By kind of list, how many there are."""
    shown: str = "waiting"
    """The kind of message that is listed."""
    messages: list[QueuedMessage] = []
    has_more: bool = False
    is_loaded: bool = False
    is_known: bool = False
    """Whether it is known who looks at the page."""
    now: str = ""
    """The server's time at the last refresh, for the clocks of the page."""
    _read_at: datetime = _EPOCH
    """When the database was read: what came later nobody has seen."""

    @rx.var
    def is_empty(self) -> bool:
        """Whether the list has nothing to show."""
        return self.is_loaded and not self.messages

    @rx.var
    def has_dead(self) -> bool:
        """Whether any event of Meta's waits for a person."""
        return bool(self.dead)

    @rx.event
    async def enter(self) -> None:
        """Show the page, and refresh it no more often than one can read."""
        actor = await self._greet()
        self.is_known = True
        live.watch(self.router.session.client_token, actor.organization_id, rest=AT_MOST_EVERY)
        await self._refresh()

    @rx.event
    async def show(self, shown: str) -> None:
        """List messages of another kind."""
        await self._actor()
        if str(shown) in queue.SHOWN:
            self.shown, self.messages, self.is_loaded = str(shown), [], False
        await self._refresh()

    @rx.event
    async def pause(self, channel_id: int, extent: str) -> None:
        """Stop what a number sends by itself, or everything."""
        actor = await self._actor()
        await in_thread(queue.pause, actor, ChannelId(int(channel_id)), str(extent))
        await self._refresh()

    @rx.event
    async def resume(self, channel_id: int) -> None:
        """Let go on what was stopped by hand."""
        actor = await self._actor()
        await in_thread(queue.resume, actor, ChannelId(int(channel_id)))
        await self._refresh()

    @rx.event
    async def save_pace(self, form: dict[str, Any]) -> rx.event.EventSpec:
        """Set how many messages a minute a number may send; an empty field is the organization's pace."""
        actor = await self._actor()
        wish = str(form.get("sends_per_minute") or "").strip()
        pace = typed.number(wish) if wish else None
        await in_thread(queue.set_pace, actor, ChannelId(int(form.get("channel_id") or 0)), pace)
        await self._refresh()
        return toasts.done("saved", locale=self.locale)

    @rx.event
    async def stop(self, form: dict[str, Any]) -> None:
        """Declare a panic by hand, with a reason."""
        actor = await self._actor()
        number, note = str(form.get("phone_number_id")), str(form.get("note") or "")
        extent = Extent.ALL if form.get("extent") == Extent.ALL.value else Extent.BUSINESS
        await in_thread(acting.trigger, actor, number, note=note, extent=extent)
        await self._refresh()

    @rx.event
    async def resolve(self, form: dict[str, Any]) -> None:
        """End a panic, with a reason."""
        actor = await self._actor()
        number, note = str(form.get("phone_number_id")), str(form.get("note") or "")
        await in_thread(acting.resolve, actor, number, note=note)
        await self._refresh()

    @rx.event
    async def cancel(self, message_id: int) -> None:
        """Cancel one message that waits."""
        actor = await self._actor()
        await in_thread(compose.cancel, actor, MessageId(int(message_id)))
        await self._refresh()

    @rx.event
    async def retry(self, message_id: int) -> None:
        """Send one message again."""
        actor = await self._actor()
        await in_thread(compose.retry, actor, MessageId(int(message_id)))
        await self._refresh()

    @rx.event
    async def replay(self, event_id: int) -> None:
        """Process a dead letter again."""
        actor = await self._actor()
        await in_thread(dead_letters.replay, actor, EventId(int(event_id)))
        await self._refresh()

    @rx.event(background=True)
    async def cancel_all(self, channel_id: int, key: str) -> rx.event.EventSpec:
        """Cancel what was seen waiting of a lane and priority: that may take long, and the tab stays usable."""
        actor = await self._actor()
        lane, _, priority = str(key).partition(".")
        rank = int(priority) if priority.isdecimal() else -1
        try:
            done = await in_thread(
                queue.cancel_waiting, actor, ChannelId(int(channel_id)), lane, rank, before=self._read_at
            )
        except CampotechError as fault:
            return toasts.failed(sentence(fault, actor.locale))
        return toasts.done("queue_cancelled", locale=self.locale, count=done)

    @rx.event(background=True)
    async def retry_all(self) -> rx.event.EventSpec:
        """Send again everything that failed within a day."""
        actor = await self._actor()
        try:
            done = await in_thread(queue.retry_ended, actor)
        except CampotechError as fault:
            return toasts.failed(sentence(fault, actor.locale))
        return toasts.done("queue_again", locale=self.locale, sent=done.sent, refused=done.refused)

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        if not actor.may(Permission.OPERATE) or self.router.url.path.rstrip("/") != PATH:
            return
        whose = (actor.organization_id, actor.locale, actor.timezone)
        read_at = datetime.now(UTC)
        known = await read(("queue", *whose), queue.picture, actor)
        page = await read(("queued", *whose, self.shown), queue.page, actor, self.shown)
        dead = await read(("dead", *whose), dead_letters.listing, actor)
        self._read_at, self.now, self.is_loaded = read_at, read_at.isoformat(), True
        self.has_more = page.has_more
        self._show(channels=list(known.channels), counts=dict(known.counts))
        self._show(messages=list(page.messages), dead=list(dead))

    def _show(self, **values: Any) -> None:
        """Set what differs: what is set is sent, whether it changed or not."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
