"""The open conversation of one tab: its thread, and what the composer sends."""

from typing import cast

import reflex as rx

from campotech_wa.domain.ids import AttachmentId, ConversationId, MessageId
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services import attachments, compose, inbox, receipts
from campotech_wa.ui import lean
from campotech_wa.ui.bridge import Read, directly, in_thread
from campotech_wa.ui.failures import sentence
from campotech_wa.ui.states.desk import Desk
from campotech_wa.views import Bubble, ConversationHead, QueueHint, Thread

lean.register()

PAGE = 40
"""Messages; more than a tall screen shows."""

_REMEMBERED = 50
"""Outcomes of sends that the composer can still be waiting for."""

_LONGEST_ID = 18
"""Digits; more do not fit the database's integers."""

_NOBODY = ConversationHead(0, "", "", "", "", 0, window_expires_at="")


class Conversation(Desk):
    """What the thread shows. It holds the bubbles on the screen; the composer keeps its own draft."""

    head: ConversationHead = _NOBODY
    bubbles: list[Bubble] = []
    has_more: bool = False
    is_missing: bool = False
    accepted: list[str] = []
    """Keys of sends that are in the store: the composer forgets them."""
    refused: dict[str, str] = {}
    """Keys of sends that can never be, with the reason in a sentence: the composer gives them back."""
    hint: QueueHint = QueueHint()
    """What whoever writes should know of the queue."""
    entered: int = 0
    """Grows whenever the page is entered, also after a lost connection: the composer offers again what it holds."""
    _open: int = 0
    _limit: int = PAGE

    @rx.var
    def is_open(self) -> bool:
        """Whether a thread is on the screen."""
        return self.head.id != 0

    @rx.event
    async def enter(self) -> None:
        """Show the conversation of the page's address."""
        await self._greet()
        wanted = _conversation_id(self.router.url.path)
        if wanted != self._open:
            self._limit, self.bubbles, self.head, self.hint = PAGE, [], _NOBODY, QueueHint()
        self._open = wanted
        self.entered += 1
        await self._refresh()

    @rx.event
    async def leave(self) -> None:
        """Show no conversation."""
        await self._actor()
        self._open, self.head, self.bubbles, self.is_missing = 0, _NOBODY, [], False

    @rx.event
    async def load_older(self) -> None:
        """Show older messages too."""
        await self._actor()
        self._limit = min(len(self.bubbles) + PAGE, inbox.LONGEST_THREAD)
        await self._refresh()

    @rx.event
    async def send(self, key: str, conversation_id: int, message: dict[str, object]) -> None:
        """Send the Cloud API's own message object once, however often the browser offers the same key."""
        actor = await self._actor()
        opened = ConversationId(int(conversation_id))
        try:
            await in_thread(compose.answer, actor, opened, as_message(message), key=str(key))
        except (InvalidInput, NotFound) as refusal:
            self.refused = _newest(self.refused | {str(key): sentence(refusal, actor.locale)})
        else:
            self.accepted = [*self.accepted, str(key)][-_REMEMBERED:]
        await self._refresh()

    @rx.event
    async def retry(self, message_id: int) -> None:
        """Send a failed message again."""
        actor = await self._actor()
        await in_thread(compose.retry, actor, MessageId(int(message_id)))
        await self._refresh()

    @rx.event
    async def cancel(self, message_id: int) -> None:
        """Take a message back that has not left."""
        actor = await self._actor()
        await in_thread(compose.cancel, actor, MessageId(int(message_id)))
        await self._refresh()

    @rx.event
    async def change(self, message_id: int, message: dict[str, object]) -> None:
        """Let a message that has not left say something else."""
        actor = await self._actor()
        await in_thread(compose.change, actor, MessageId(int(message_id)), as_message(message))
        await self._refresh()

    @rx.event
    async def send_now(self, message_id: int) -> None:
        """Let a scheduled message leave at once."""
        actor = await self._actor()
        await in_thread(compose.change, actor, MessageId(int(message_id)), send_at=None)
        await self._refresh()

    @rx.event
    async def fetch(self, attachment_id: int) -> None:
        """Ask Meta again for a file that did not come."""
        actor = await self._actor()
        await in_thread(attachments.ask_again, actor, AttachmentId(int(attachment_id)))
        await self._refresh()

    @rx.event
    async def seen(self, conversation_id: int) -> None:
        """Note that a person has the conversation before their eyes, and tell the customer."""
        actor = await self._actor()
        opened = ConversationId(int(conversation_id))
        if await in_thread(inbox.mark_seen, actor, opened):
            await in_thread(receipts.show_read, actor, opened)

    @rx.event
    async def typing(self, conversation_id: int) -> None:
        """Show the customer that somebody is writing."""
        actor = await self._actor()
        await in_thread(receipts.show_typing, actor, ConversationId(int(conversation_id)))

    async def _refresh(self, read: Read = directly) -> None:
        actor = await self._actor(read)
        if not self._open:
            return
        opened = ConversationId(self._open)
        key = ("thread", actor.organization_id, actor.locale, actor.timezone, opened, self._limit)
        try:
            self._show(await read(key, inbox.thread, actor, opened, limit=self._limit))
        except NotFound:
            self.is_missing, self.head, self.bubbles = True, _NOBODY, []

    def _show(self, thread: Thread) -> None:
        bubbles = list(thread.bubbles)
        if self.bubbles != bubbles:
            self.bubbles = bubbles
        if self.head != thread.head:
            self.head = thread.head
        if self.hint != thread.hint:
            self.hint = thread.hint
        self.has_more, self.is_missing = thread.has_more, False


def _conversation_id(path: str) -> int:
    """Read the id from ``/conversations/{id}``; an id that can not be one is the id of nothing."""
    last = path.rstrip("/").rpartition("/")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) <= _LONGEST_ID else -1


def as_message(given: object) -> dict[str, object]:
    """Return the object that a browser sent; whatever else it sent is none, and is refused as such."""
    return cast("dict[str, object]", given) if isinstance(given, dict) else {}


def _newest(refused: dict[str, str]) -> dict[str, str]:
    return dict(list(refused.items())[-_REMEMBERED:])
