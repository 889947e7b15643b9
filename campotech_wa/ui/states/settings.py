"""The settings page: connected numbers and dead letters, for admins."""

import reflex as rx

from campotech_wa.domain.access import Permission
from campotech_wa.domain.ids import EventId
from campotech_wa.services import channels, dead_letters
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.states.desk import Desk
from campotech_wa.views import ChannelCard, DeadLetter

PATH = "/settings"


class Settings(Desk):
    """What the settings page shows. An agent's holds nothing but their own name."""

    channels: list[ChannelCard] = []
    dead: list[DeadLetter] = []

    @rx.var
    def has_dead(self) -> bool:
        """Whether any event waits for a person."""
        return bool(self.dead)

    @rx.event
    async def enter(self) -> None:
        """Show the page."""
        await self._greet()
        await self._refresh()

    @rx.event
    async def replay(self, event_id: int) -> None:
        """Process a dead letter again."""
        actor = await self._actor()
        await in_thread(dead_letters.replay, actor, EventId(int(event_id)))
        await self._refresh()

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        if actor.may(Permission.OPERATE) and self.router.url.path.rstrip("/") == PATH:
            whose = (actor.organization_id, actor.locale, actor.timezone)
            self.channels = list(await read(("channels", *whose), channels.cards, actor))
            self.dead = list(await read(("dead", *whose), dead_letters.listing, actor))
