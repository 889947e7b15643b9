"""The outbox: claim what may leave now, give back what must wait, drop what is done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.tables.outbox import OutboxEntry

_HEADS_DUE = text(
    """
    select head.id from (
        select distinct on (conversation_id) id, state, due_at
        from wa_outbound_queue where channel_id = :channel
        order by conversation_id, id
    ) as head
    where head.state = 'queued' and head.due_at <= :now
    order by head.id
    limit :limit
    """
)
"""Only the oldest row of a conversation may leave, and only while none of its rows is on its way: so messages
reach a customer in the order they were asked for."""


def add(
    session: Session,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    message_id: MessageId,
    now: datetime,
) -> None:
    """Queue a message; a second call for the same message changes nothing."""
    session.execute(
        insert(OutboxEntry)
        .values(
            organization_id=organization_id,
            channel_id=channel_id,
            conversation_id=conversation_id,
            message_id=message_id,
            state=OutboxState.QUEUED,
            attempts=0,
            due_at=now,
            queued_at=now,
        )
        .on_conflict_do_nothing()
    )


def heads_due(session: Session, channel_id: ChannelId, *, now: datetime, limit: int) -> list[int]:
    """Return the rows of a channel that may leave now, at most one per conversation, oldest first."""
    return list(session.scalars(_HEADS_DUE, {"channel": channel_id, "now": now, "limit": limit}))


def is_due(session: Session, channel_id: ChannelId, *, now: datetime) -> bool:
    """Tell whether a channel has a row that may leave, or that its worker left behind."""
    due = select(col(OutboxEntry.id)).where(
        col(OutboxEntry.channel_id) == channel_id, col(OutboxEntry.due_at) <= now
    )
    return session.scalar(select(due.exists())) or False


def claim(session: Session, entry_ids: Sequence[int]) -> Sequence[OutboxEntry]:
    """Take rows that ``heads_due`` returned; a row somebody else took meanwhile stays out."""
    claimed = session.scalars(
        update(OutboxEntry)
        .where(col(OutboxEntry.id).in_(entry_ids), col(OutboxEntry.state) == OutboxState.QUEUED)
        .values(state=OutboxState.SENDING, attempts=OutboxEntry.attempts + 1)
        .returning(OutboxEntry)
    )
    return sorted(claimed, key=lambda entry: entry.id or 0)


def is_untried(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> bool:
    """Tell whether a message waits for its first request since a person last asked for it."""
    untried = select(col(OutboxEntry.id)).where(
        *_of(message_id, organization_id), col(OutboxEntry.attempts) == 0
    )
    return session.scalar(select(untried.exists())) or False


def drop(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> None:
    """Take a message out of the outbox: its outcome is known."""
    session.execute(delete(OutboxEntry).where(*_of(message_id, organization_id)))


def postpone(
    session: Session,
    message_id: MessageId,
    *,
    organization_id: OrganizationId,
    state: OutboxState,
    due_at: datetime,
) -> None:
    """Let a message wait: to be sent again, or for a sign of life of what was sent."""
    session.execute(
        update(OutboxEntry).where(*_of(message_id, organization_id)).values(state=state, due_at=due_at)
    )


def abandoned(session: Session, channel_id: ChannelId) -> Sequence[OutboxEntry]:
    """Return rows that are on their way although nobody holds the channel: their worker died."""
    found = select(OutboxEntry).where(
        col(OutboxEntry.channel_id) == channel_id, col(OutboxEntry.state) == OutboxState.SENDING
    )
    return session.scalars(found.with_for_update(skip_locked=True)).all()


def overdue_unconfirmed(session: Session, channel_id: ChannelId, *, now: datetime) -> Sequence[OutboxEntry]:
    """Return rows that have shown no sign of life during their whole grace period."""
    found = select(OutboxEntry).where(
        col(OutboxEntry.channel_id) == channel_id,
        col(OutboxEntry.state) == OutboxState.UNCONFIRMED,
        col(OutboxEntry.due_at) <= now,
    )
    return session.scalars(found.with_for_update(skip_locked=True)).all()


def channels_due(session: Session, *, now: datetime) -> Sequence[int]:
    """Return the channels with something to do; for the sweep, which serves every organization.

    A row on its way counts too: if its worker lives, the drain finds the channel taken and leaves.
    """
    return session.scalars(
        select(col(OutboxEntry.channel_id)).where(col(OutboxEntry.due_at) <= now).distinct()
    ).all()


def backlog(session: Session) -> tuple[int, datetime | None]:
    """Return how many messages wait and since when the oldest does; for /readyz, across organizations."""
    depth, oldest = session.execute(select(func.count(), func.min(col(OutboxEntry.queued_at)))).one()
    return depth, oldest


def _of(message_id: MessageId, organization_id: OrganizationId) -> tuple[Any, Any]:
    return col(OutboxEntry.organization_id) == organization_id, col(OutboxEntry.message_id) == message_id
