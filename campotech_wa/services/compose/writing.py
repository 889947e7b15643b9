"""Write a draft into the outbox: once per idempotency key, message and row in one transaction."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import window
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfChannel
from campotech_wa.domain.message_state import MessageOrigin, MessageState
from campotech_wa.domain.outbox_state import Lane, Priority, lane_of
from campotech_wa.errors import InvalidInput, NotFound, WindowClosed
from campotech_wa.meta import outbound
from campotech_wa.services import attachments
from campotech_wa.services.compose.drafts import Draft
from campotech_wa.signals import jobs, live
from campotech_wa.store import conversations, messages, outbox
from campotech_wa.store.transaction import Transaction

LONGEST_KEY = 255
"""Characters of an ``Idempotency-Key``."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The message that now waits in the outbox, or the one that the same key made before."""

    message_id: MessageId
    conversation_id: ConversationId
    state: MessageState


def enqueue(
    tx: Transaction, actor: Actor, conversation_id: ConversationId, draft: Draft, *, key: str | None
) -> Composed:
    """Write message and outbox row in the caller's transaction.

    Raises:
        NotFound: the conversation is not of the actor's organization.
        WindowClosed: free text, and the customer wrote more than 24 hours ago.
    """
    conversation_id = _held(tx.session, actor, conversation_id)
    known = _already(tx.session, actor, conversation_id, draft, key)
    if known:
        return known
    found = conversations.get(tx.session, conversation_id, organization_id=actor.organization_id)
    if found is None:
        raise NotFound("No such conversation.")
    conversation = found[0]
    if draft.type in outbound.FREE_TYPES and not window.is_open(
        conversation.last_inbound_at, now=clock.now()
    ):
        raise WindowClosed
    channel_id = ChannelId(conversation.channel_id)
    added = _add(tx.session, actor, channel_id, conversation_id, draft, key)
    if added is None:
        # Somebody used the key between our look and our insert.
        return _already(tx.session, actor, conversation_id, draft, key) or _never()
    announce(tx, actor, channel_id, conversation_id)
    return Composed(added, conversation_id, MessageState.QUEUED)


def _held(session: Session, actor: Actor, conversation_id: ConversationId) -> ConversationId:
    """Return where the message goes: if the customer was merged, into the survivor's conversation."""
    held = conversations.hold(session, conversation_id, organization_id=actor.organization_id)
    if held is None:
        raise NotFound("No such conversation.")
    return held


def _already(
    session: Session, actor: Actor, conversation_id: ConversationId, draft: Draft, key: str | None
) -> Composed | None:
    """Return the message that the key made before.

    Raises:
        InvalidInput: the key made another message, or one to somebody else; to answer with the first one would
            hide the mistake.
    """
    if key is None:
        return None
    message = messages.by_client_key(session, key, organization_id=actor.organization_id)
    if message is None:
        return None
    made = (message.conversation_id, message.type, message.content, message.envelope)
    if made != (conversation_id, draft.type, draft.content, draft.envelope):
        raise InvalidInput(
            "idempotency_key_reused",
            field="Idempotency-Key",
            detail="This idempotency key belongs to another message. Use a new key for a new message.",
        )
    return Composed(
        MessageId(message.id or 0), ConversationId(message.conversation_id), MessageState(message.state)
    )


def _add(
    session: Session,
    actor: Actor,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    draft: Draft,
    key: str | None,
) -> MessageId | None:
    now = clock.now()
    priority = Priority.HIGH if actor.user_id else Priority.NORMAL
    message_id = messages.add(
        session,
        organization_id=actor.organization_id,
        channel_id=channel_id,
        conversation_id=conversation_id,
        direction="outbound",
        origin=MessageOrigin.DESK,
        envelope=draft.envelope,
        target_wamid=draft.target_wamid,
        type=draft.type,
        content=draft.content,
        state=MessageState.QUEUED,
        client_key=key,
        author_id=actor.user_id,
        priority=priority,
        sent_at=now,
    )
    if message_id is None:
        return None
    whose: OfChannel = {"organization_id": actor.organization_id, "channel_id": channel_id}
    attachments.attach_own(session, draft.type, draft.content, message_id, **whose)
    lane = lane_of(draft.type)
    queue(session, actor, channel_id, conversation_id, message_id, lane=lane, priority=priority)
    conversations.note_message(
        session,
        conversation_id,
        organization_id=actor.organization_id,
        preview=draft.preview,
        at=now,
    )
    return message_id


def queue(
    session: Session,
    actor: Actor,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    message_id: MessageId,
    *,
    lane: Lane,
    priority: Priority,
) -> None:
    """Give a message its row in the outbox and the line *queued* in its history."""
    now = clock.now()
    messages.add_state(
        session,
        message_id,
        MessageState.QUEUED,
        organization_id=actor.organization_id,
        at=now,
        source="desk",
    )
    outbox.add(
        session,
        organization_id=actor.organization_id,
        channel_id=channel_id,
        conversation_id=conversation_id,
        message_id=message_id,
        lane=lane,
        priority=priority,
        enters_at=now,
        now=now,
    )


def announce(tx: Transaction, actor: Actor, channel_id: ChannelId, conversation_id: ConversationId) -> None:
    """Wake the drain and the pages once everything is committed."""
    tx.after_commit(jobs.wake_drain, channel_id)
    tx.after_commit(live.publish, live.Changed(actor.organization_id, conversation_id))


def client_key(source: str, key: str) -> str:
    """Return the stored form of an idempotency key: sources can not collide, and the key itself is not kept.

    Raises:
        InvalidInput: it is empty or too long.
    """
    if not key or len(key) > LONGEST_KEY:
        raise InvalidInput(
            "idempotency_key",
            field="Idempotency-Key",
            detail=f"The idempotency key must have 1 to {LONGEST_KEY} characters.",
        )
    return f"{source}:{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()}"


def _never() -> Composed:
    raise InvalidInput("idempotency_key", detail="The idempotency key belongs to a message that is gone.")
