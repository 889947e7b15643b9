"""Say something to a customer: checked, written once, on the screen before it has left."""

from dataclasses import dataclass
from typing import Any

from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId, WaId
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.services.compose import drafts, recipients
from campotech_wa.services.compose.cancelling import cancel
from campotech_wa.services.compose.changing import KEEP, change
from campotech_wa.services.compose.repeating import retry
from campotech_wa.services.compose.writing import Composed, client_key, enqueue
from campotech_wa.store.transaction import Transaction, patiently

__all__ = [
    "KEEP",
    "Accepted",
    "Composed",
    "answer",
    "cancel",
    "change",
    "message_object",
    "retry",
    "text",
]


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

    It may hold ``priority`` and ``send_at`` besides. Without: somebody waits for it, now.

    Raises:
        NotAllowed, NotFound, InvalidInput, WindowClosed: nothing was written.
    """
    actor.require(Permission.REPLY)
    draft, stored_key = drafts.of_object(message, priority=Priority.HIGH), client_key("desk", key)
    return patiently(lambda tx: enqueue(tx, actor, conversation_id, draft, key=stored_key))


def message_object(actor: Actor, message: dict[str, Any], *, key: str | None) -> Accepted:
    """Send the Cloud API's own message object to a number in any spelling, or to a user id.

    It may hold ``priority`` and ``send_at`` besides. Without: it waits its turn, from now on.

    Raises:
        NotAllowed, InvalidInput, WindowClosed: nothing was written.
    """
    actor.require(Permission.REPLY)
    draft = drafts.of_object(message, priority=Priority.NORMAL)
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
