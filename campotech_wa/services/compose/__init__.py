"""Say something to a customer: checked, written once, on the screen before it has left."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import window
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfOrganization, WaId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import Priority, lane_of
from campotech_wa.errors import InvalidInput, NotFound, WindowClosed
from campotech_wa.meta import outbound
from campotech_wa.services.compose import drafts, recipients
from campotech_wa.services.compose.writing import Composed, announce, client_key, enqueue, queue
from campotech_wa.store import conversations, messages
from campotech_wa.store.transaction import Transaction, patiently
from campotech_wa.tables.messages import WaMessage

__all__ = ["Accepted", "Composed", "answer", "message_object", "retry", "text"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a product is told of the message it handed over."""

    composed: Composed
    wa_id: WaId | None
    """The number it goes to; None when it goes to a user id."""


def text(actor: Actor, conversation_id: ConversationId, body: str, *, key: str) -> Composed:
    """Answer a customer with a text; the same key again returns the same message.

    Raises:
        NotAllowed, NotFound, InvalidInput, WindowClosed: nothing was written.
    """
    return answer(actor, conversation_id, {"type": "text", "text": {"body": body}}, key=key)


def answer(actor: Actor, conversation_id: ConversationId, message: dict[str, Any], *, key: str) -> Composed:
    """Answer a customer with the Cloud API's own message object; the same key again returns the same message.

    Raises:
        NotAllowed, NotFound, InvalidInput, WindowClosed: nothing was written.
    """
    actor.require(Permission.REPLY)
    draft, stored_key = drafts.of_object(message), client_key("desk", key)
    return patiently(lambda tx: enqueue(tx, actor, conversation_id, draft, key=stored_key))


def message_object(actor: Actor, message: dict[str, Any], *, key: str | None) -> Accepted:
    """Send the Cloud API's own message object to a number in any spelling, or to a user id.

    Raises:
        NotAllowed, InvalidInput, WindowClosed: nothing was written.
    """
    actor.require(Permission.REPLY)
    draft = drafts.of_object(message)
    stored_key = None if key is None else client_key("api", key)

    def write(tx: Transaction) -> Accepted:
        conversation_id, wa_id = recipients.conversation_with(
            tx.session,
            actor,
            message.get("to"),
            recipient=message.get("recipient"),
            phone_number_id=message.get("phone_number_id"),
        )
        return Accepted(enqueue(tx, actor, conversation_id, draft, key=stored_key), wa_id)

    return patiently(write)


def retry(actor: Actor, message_id: MessageId) -> None:
    """Send a failed message again, as a new attempt of the same message.

    Raises:
        NotAllowed, NotFound, WindowClosed: nothing was written.
        InvalidInput: it has not failed.
    """
    actor.require(Permission.REPLY)
    patiently(lambda tx: _requeue(tx, actor, _held(tx.session, actor, message_id)))


def _held(session: Session, actor: Actor, message_id: MessageId) -> WaMessage:
    """Lock a failed message; its conversation first, as a merge of the customer does, and as the outbox row needs."""
    whose: OfOrganization = {"organization_id": actor.organization_id}
    found = messages.get(session, message_id, **whose)
    if found is not None:
        conversations.hold(session, ConversationId(found.conversation_id), **whose)
    message = messages.lock(session, message_id, **whose)
    if message is None or message.direction != "outbound":
        raise NotFound("No such message.")
    if message.state != MessageState.FAILED:
        raise InvalidInput("not_failed", detail="Only a failed message can be sent again.")
    return message


def _requeue(tx: Transaction, actor: Actor, message: WaMessage) -> None:
    conversation_id = ConversationId(message.conversation_id)
    found = conversations.get(tx.session, conversation_id, organization_id=actor.organization_id)
    last_inbound_at = found[0].last_inbound_at if found else None
    if message.type in outbound.FREE_TYPES and not window.is_open(last_inbound_at, now=clock.now()):
        raise WindowClosed
    message.state, message.error_code, message.error_detail = MessageState.QUEUED, None, ""
    tx.session.flush()
    channel_id = ChannelId(message.channel_id)
    queue(
        tx.session,
        actor,
        channel_id,
        conversation_id,
        MessageId(message.id or 0),
        lane=lane_of(message.type),
        priority=Priority(message.priority),
    )
    announce(tx, actor, channel_id, conversation_id)
