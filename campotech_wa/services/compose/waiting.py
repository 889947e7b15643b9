"""Lock a message of ours, so that no drain takes it while somebody decides about it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfOrganization
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.errors import Conflict, NotFound
from campotech_wa.store import conversations, messages, outbox
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.outbox import OutboxEntry

_OVER = (MessageState.FAILED, MessageState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Locked:
    """A message, locked, and its row in the outbox, if it still waits there."""

    message: WaMessage
    entry: OutboxEntry | None

    @property
    def id(self) -> MessageId:
        """The message's id."""
        return MessageId(self.message.id or 0)

    @property
    def conversation_id(self) -> ConversationId:
        """Where it is written."""
        return ConversationId(self.message.conversation_id)

    @property
    def channel_id(self) -> ChannelId:
        """What it is sent from."""
        return ChannelId(self.message.channel_id)

    @property
    def state(self) -> MessageState:
        """Where it stands."""
        return MessageState(self.message.state)

    @property
    def is_held(self) -> bool:
        """Whether the gate has stopped it on its way out."""
        return self.entry is not None and self.entry.state == OutboxState.HELD

    def row(self) -> OutboxEntry:
        """Return its row in the outbox.

        Raises:
            Conflict: it is on its way, or it is over.
        """
        if self.state in _OVER:
            raise Conflict(
                "not_waiting", detail=f"The message is {self.state}: nothing of it waits to be sent any more."
            )
        if self.state is not MessageState.QUEUED or self.entry is None:
            raise Conflict(
                "already_on_its_way", detail="The message is already on its way: it can not be taken back."
            )
        return self.entry


def lock(session: Session, actor: Actor, message_id: MessageId) -> Locked:
    """Lock a message, its conversation before it, as a merge of the customer does; its row comes with it.

    Raises:
        NotFound: the organization has sent no such message.
    """
    whose: OfOrganization = {"organization_id": actor.organization_id}
    found = messages.get(session, message_id, **whose)
    if found is None or found.direction != "outbound":
        raise NotFound("No such message.")
    conversations.hold(session, ConversationId(found.conversation_id), **whose)
    message = messages.lock(session, message_id, **whose)
    if message is None:
        raise NotFound("No such message.")
    return Locked(message, outbox.waiting(session, message_id, **whose))
