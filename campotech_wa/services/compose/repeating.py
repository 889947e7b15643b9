"""Send a message again that did not arrive, or of which nobody knows whether it did, because a person asks for it."""

from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import MessageId
from campotech_wa.domain.message_state import Event, MessageState, step
from campotech_wa.errors import Conflict
from campotech_wa.services.compose import drafts, waiting, writing
from campotech_wa.services.compose.placing import announce, note, queue
from campotech_wa.services.compose.waiting import Locked
from campotech_wa.store import outbox
from campotech_wa.store.transaction import Transaction, patiently


def retry(actor: Actor, message_id: MessageId) -> None:
    """Send a failed, unconfirmed or held message again, as a new attempt of the same message.

    Raises:
        NotAllowed, NotFound, WindowClosed, InvalidInput: nothing was written.
        Conflict: it waits anyway, is on its way, has arrived, or was cancelled.
    """
    actor.require(Permission.REPLY)
    patiently(lambda tx: _requeue(tx, actor, waiting.lock(tx.session, actor, message_id)))


def _requeue(tx: Transaction, actor: Actor, locked: Locked) -> None:
    reached = step(locked.state, Event.ASKED_AGAIN)
    if reached is locked.state and not locked.is_held:
        raise Conflict("not_failed", detail="Only a failed, unconfirmed or held message can be sent again.")
    draft = drafts.of_row(locked.message)
    writing.check(tx.session, actor, locked.conversation_id, draft)
    message = locked.message
    message.state, message.error_code, message.error_detail = reached, None, ""
    tx.session.flush()
    note(tx.session, actor, locked.id, MessageState.QUEUED)
    outbox.drop(tx.session, [locked.id], organization_id=actor.organization_id)
    queue(tx.session, actor, locked.channel_id, locked.conversation_id, locked.id, draft)
    announce(tx, actor, locked.channel_id, locked.conversation_id)
