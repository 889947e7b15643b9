"""Take a message back that has not left yet."""

from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import MessageId
from campotech_wa.domain.message_state import Event, MessageState, step
from campotech_wa.services.compose import waiting
from campotech_wa.services.compose.placing import announce, note
from campotech_wa.store import outbox
from campotech_wa.store.transaction import Transaction, patiently


def cancel(actor: Actor, message_id: MessageId) -> None:
    """Cancel a message that waits, or is held; a second time changes nothing.

    Raises:
        NotAllowed, NotFound: nothing was written.
        Conflict: it is on its way, or it has failed.
    """
    actor.require(Permission.REPLY)
    patiently(lambda tx: _cancel(tx, actor, message_id))


def _cancel(tx: Transaction, actor: Actor, message_id: MessageId) -> None:
    locked = waiting.lock(tx.session, actor, message_id)
    if locked.state is MessageState.CANCELLED:
        return
    locked.row()
    locked.message.state = step(locked.state, Event.CANCELLED)
    note(tx.session, actor, message_id, MessageState.CANCELLED)
    outbox.cancel(tx.session, message_id, organization_id=actor.organization_id)
    announce(tx, actor, locked.channel_id, locked.conversation_id)
