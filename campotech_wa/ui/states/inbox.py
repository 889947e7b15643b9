"""The list of conversations of one tab."""

import reflex as rx

from campotech_wa.services import inbox
from campotech_wa.ui import live
from campotech_wa.ui.bridge import Read, directly
from campotech_wa.ui.states.desk import Desk
from campotech_wa.views import ConversationList, ConversationRow

PAGE = 30
"""Rows; more than a tall screen shows."""


class Inbox(Desk):
    """What the list shows. It holds the rows on the screen, never the whole list, and writes nothing."""

    rows: list[ConversationRow] = []
    has_more: bool = False
    unread_conversations: int = 0
    search: str = ""
    is_loaded: bool = False
    _limit: int = PAGE

    @rx.var
    def is_empty(self) -> bool:
        """Whether there is nothing to show, and that is known."""
        return self.is_loaded and not self.rows

    @rx.var
    def is_searching(self) -> bool:
        """Whether the list shows matches only."""
        return bool(self.search.strip())

    @rx.event
    async def enter(self) -> None:
        """Show the list, and have this tab told of every change from now on."""
        actor = await self._greet()
        live.watch(self.router.session.client_token, actor.organization_id)
        await self._refresh()

    @rx.event
    async def look_for(self, text: str) -> None:
        """Show what matches a name or a number."""
        await self._actor()
        self.search, self._limit = str(text)[:100], PAGE
        await self._refresh()

    @rx.event
    async def load_more(self) -> None:
        """Show older conversations too."""
        await self._actor()
        self._limit = min(len(self.rows) + PAGE, inbox.LONGEST_LIST)
        await self._refresh()

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        key = ("list", actor.organization_id, actor.locale, actor.timezone, self._limit, self.search)
        self._show(await read(key, inbox.listing, actor, limit=self._limit, search=self.search))

    def _show(self, listing: ConversationList) -> None:
        rows = list(listing.rows)
        if self.rows != rows:
            self.rows = rows
        self.has_more = listing.has_more
        self.unread_conversations = listing.unread_conversations
        self.is_loaded = True
