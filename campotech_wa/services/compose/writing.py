"""Write a draft into the outbox: once per idempotency key, message and row in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfChannel, OfOrganization
from campotech_wa.domain.message_state import MessageOrigin, MessageState
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.meta import outbound
from campotech_wa.services import attachments, gate
from campotech_wa.services.compose import drafts, schedule
from campotech_wa.services.compose.drafts import Draft
from campotech_wa.services.compose.placing import announce, former, note, queue
from campotech_wa.store import conversations, messages
from campotech_wa.store.transaction import Transaction
from campotech_wa.tables.conversations import Conversation
from campotech_wa.tables.messages import WaMessage

LONGEST_KEY = 255
"""Characters of an ``Idempotency-Key``."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The message that now waits in the outbox, or the one that the same key made before."""

    message_id: MessageId
    conversation_id: ConversationId
    state: MessageState
    priority: Priority
    send_at: datetime | None


def enqueue(
    tx: Transaction, actor: Actor, conversation_id: ConversationId, draft: Draft, *, key: str | None
) -> Composed:
    """Write message and outbox row in the caller's transaction.

    Raises:
        NotFound: the conversation is not of the actor's organization.
        WindowClosed: free text, and the customer wrote more than 24 hours ago.
        InvalidInput: it can not be sent at the time for which it is scheduled.
    """
    conversation_id = _held(tx.session, actor, conversation_id)
    known = _already(tx.session, actor, conversation_id, draft, key)
    if known:
        return known
    # Not before: whoever asks again with a key is told what became of it, also when its time is long over.
    schedule.check(draft.send_at, now=clock.now())
    conversation = check(tx.session, actor, conversation_id, draft)
    channel_id = ChannelId(conversation.channel_id)
    added = _add(tx.session, actor, channel_id, conversation_id, draft, key)
    if added is None:
        # Somebody used the key between our look and our insert.
        return _already(tx.session, actor, conversation_id, draft, key) or _never()
    announce(tx, actor, channel_id, conversation_id)
    return Composed(added, conversation_id, MessageState.QUEUED, draft.priority, draft.send_at)


def check(session: Session, actor: Actor, conversation_id: ConversationId, draft: Draft) -> Conversation:
    """Return the conversation, if what the draft says may be said there at its time.

    Raises:
        NotFound: the conversation is not of the actor's organization.
        WindowClosed, InvalidInput: it may not; says what to do.
    """
    whose: OfOrganization = {"organization_id": actor.organization_id}
    found = conversations.get(session, conversation_id, **whose)
    if found is None:
        raise NotFound("No such conversation.")
    conversation, customer, _ = found
    now = clock.now()
    if draft.type in outbound.FREE_TYPES:
        schedule.check_window(conversation.last_inbound_at, draft.send_at, now=now)
    gate.admit(
        session,
        gate.written(draft.type, draft.content, conversation, customer),
        channel_id=ChannelId(conversation.channel_id),
        now=schedule.departure(draft.send_at, now=now),
        **whose,
    )
    return conversation


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
    if message.conversation_id != conversation_id or not _has_said(session, actor, message, draft):
        raise InvalidInput(
            "idempotency_key_reused",
            field="Idempotency-Key",
            detail="This idempotency key belongs to another message. Use a new key for a new message.",
        )
    return Composed(
        MessageId(message.id or 0),
        conversation_id,
        MessageState(message.state),
        Priority(message.priority),
        message.send_at,
    )


def _has_said(session: Session, actor: Actor, message: WaMessage, draft: Draft) -> bool:
    """Tell whether a message says what the draft does, or did so before somebody changed it."""
    if drafts.of_row(message) == draft:
        return True
    whose: OfOrganization = {"organization_id": actor.organization_id}
    history = messages.history(session, MessageId(message.id or 0), **whose)
    return any(drafts.of_record(record) == draft for record in map(former, history) if record)


def _add(
    session: Session,
    actor: Actor,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    draft: Draft,
    key: str | None,
) -> MessageId | None:
    """Write the message with all that belongs to it; None where somebody else has just used the key."""
    now = clock.now()
    message_id = _insert(session, actor, channel_id, conversation_id, draft, key, now=now)
    if message_id is None:
        return None
    whose: OfChannel = {"organization_id": actor.organization_id, "channel_id": channel_id}
    attachments.attach_own(session, draft.type, draft.content, message_id, **whose)
    conversations.note_message(
        session,
        conversation_id,
        organization_id=actor.organization_id,
        preview=draft.preview,
        at=now,
    )
    note(session, actor, message_id, MessageState.QUEUED)
    queue(session, actor, channel_id, conversation_id, message_id, draft)
    return message_id


def _insert(
    session: Session,
    actor: Actor,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    draft: Draft,
    key: str | None,
    *,
    now: datetime,
) -> MessageId | None:
    return messages.add(
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
        priority=draft.priority,
        send_at=draft.send_at,
        sent_at=now,
    )


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
