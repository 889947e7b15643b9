"""Note that staff have a conversation before their eyes."""

from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId
from campotech_wa.signals import live
from campotech_wa.store import conversations
from campotech_wa.store.transaction import transaction


def mark_seen(actor: Actor, conversation_id: ConversationId) -> bool:
    """Say that nothing of a conversation is unread any more; tells whether anything was."""
    actor.require(Permission.READ)
    with transaction() as tx:
        was_unread = conversations.mark_seen(
            tx.session, conversation_id, organization_id=actor.organization_id
        )
        if was_unread:
            tx.after_commit(live.publish, live.Changed(actor.organization_id, conversation_id))
    return was_unread
