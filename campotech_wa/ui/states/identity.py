"""Who the customer of the open conversation is: perhaps somebody known twice, perhaps two made one."""

import reflex as rx

from campotech_wa.domain.ids import ConversationId, CustomerId
from campotech_wa.errors import NotFound
from campotech_wa.services import customers
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.desk import Desk
from campotech_wa.views import IdentityHints, Namesake


class Identity(Desk):
    """What stands below a thread's head. It names who may be meant and decides nothing by itself."""

    conversation: int = 0
    """The one that all of this is about: another one may just have been opened."""
    duplicates: list[Namesake] = []
    merged: list[Namesake] = []
    _customer: int = 0

    @rx.event
    async def enter(self) -> None:
        """Show it for the conversation that has just been opened."""
        await self._actor()
        await self._refresh()

    @rx.event
    async def merge(self, customer_id: int) -> None:
        """Make somebody one with the customer of the open conversation."""
        actor = await self._actor()
        await in_thread(customers.merge, actor, CustomerId(self._customer), CustomerId(int(customer_id)))
        await self._refresh()

    @rx.event
    async def undo(self, merge_id: int) -> None:
        """Part two customers again."""
        actor = await self._actor()
        await in_thread(customers.undo, actor, int(merge_id))
        await self._refresh()

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        opened = ConversationId((await self.get_state(Conversation)).head.id)
        if not opened:
            return
        key = ("identity", actor.organization_id, opened)
        try:
            self._show(opened, await read(key, customers.hints, actor, opened))
        except NotFound:
            self._show(opened, IdentityHints(0, (), ()))

    def _show(self, opened: ConversationId, hints: IdentityHints) -> None:
        self.conversation, self._customer = opened, hints.customer_id
        if (tuple(self.duplicates), tuple(self.merged)) != (hints.duplicates, hints.merged):
            self.duplicates, self.merged = list(hints.duplicates), list(hints.merged)
