"""The outbox: put in, change, take out. What a drain does with it stands in ``store.claims``."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import Lane, OutboxState, Priority
from campotech_wa.store import outbox_lines
from campotech_wa.tables.messages import WaSendAttempt
from campotech_wa.tables.outbox import OutboxEntry

_STILL_HERE = (OutboxState.QUEUED, OutboxState.HELD)
"""No request for the message is under way, and none may have left."""


def add(
    session: Session,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    message_id: MessageId,
    lane: Lane,
    priority: Priority,
    enters_at: datetime,
    now: datetime,
) -> None:
    """Queue a message, at ``enters_at`` or at once; a second call for the same message changes nothing."""
    session.execute(
        insert(OutboxEntry)
        .values(
            organization_id=organization_id,
            channel_id=channel_id,
            conversation_id=conversation_id,
            message_id=message_id,
            lane=lane,
            priority=priority,
            state=OutboxState.QUEUED,
            is_head=False,
            attempts=0,
            asked_after=select(func.coalesce(func.max(col(WaSendAttempt.number)), 0))
            .where(col(WaSendAttempt.message_id) == message_id)
            .scalar_subquery(),
            enters_at=enters_at,
            due_at=enters_at,
            hold_reason="",
            queued_at=now,
        )
        .on_conflict_do_nothing()
    )
    outbox_lines.settle(session, [conversation_id])


def waiting(
    session: Session, message_id: MessageId, *, organization_id: OrganizationId
) -> OutboxEntry | None:
    """Return the row of a message that waits; None when it is on its way or out.

    The caller has locked the message, which everybody does first. The row itself is not locked: see
    ``outbox_lines.enter``.
    """
    found = select(OutboxEntry).where(
        *_of(message_id, organization_id), col(OutboxEntry.state).in_(_STILL_HERE)
    )
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def of_messages(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> dict[MessageId, OutboxEntry]:
    """Return the rows of those messages that are in the outbox."""
    if not message_ids:
        return {}
    found = select(OutboxEntry).where(
        col(OutboxEntry.organization_id) == organization_id, col(OutboxEntry.message_id).in_(message_ids)
    )
    return {MessageId(entry.message_id): entry for entry in session.scalars(found)}


def cancel(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> bool:
    """Take out a message that waits; False when it is on its way, or out already."""
    outbox_lines.enter(session, [message_id])
    taken = delete(OutboxEntry).where(
        *_of(message_id, organization_id), col(OutboxEntry.state).in_(_STILL_HERE)
    )
    conversation_id = session.scalar(taken.returning(col(OutboxEntry.conversation_id)))
    if conversation_id is None:
        return False
    outbox_lines.settle(session, [conversation_id])
    return True


def reschedule(
    session: Session,
    message_id: MessageId,
    *,
    organization_id: OrganizationId,
    priority: Priority,
    enters_at: datetime,
) -> bool:
    """Give a message that waits, or is held, another place; False when it is on its way, or out already."""
    outbox_lines.enter(session, [message_id])
    moved = (
        update(OutboxEntry)
        .where(*_of(message_id, organization_id), col(OutboxEntry.state).in_(_STILL_HERE))
        .values(
            priority=priority,
            enters_at=enters_at,
            due_at=enters_at,
            state=OutboxState.QUEUED,
            hold_reason="",
            is_head=False,
        )
        .returning(col(OutboxEntry.conversation_id))
    )
    conversation_id = session.scalar(moved)
    if conversation_id is None:
        return False
    outbox_lines.settle(session, [conversation_id])
    return True


def release(session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId) -> None:
    """Let messages that were held go on: what they waited for is there."""
    outbox_lines.enter(session, message_ids)
    freed = (
        update(OutboxEntry)
        .where(
            col(OutboxEntry.organization_id) == organization_id,
            col(OutboxEntry.message_id).in_(message_ids),
            col(OutboxEntry.state) == OutboxState.HELD,
        )
        .values(state=OutboxState.QUEUED, hold_reason="", due_at=func.now())
        .returning(col(OutboxEntry.conversation_id))
    )
    outbox_lines.settle(session, list(session.scalars(freed)))


_DROP = text(
    """
    delete from wa_outbound_queue where organization_id = :organization and message_id = any(:messages)
    returning conversation_id
    """
)


def drop(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> Sequence[int]:
    """Take messages out whose outcome is known; returns the conversations whose lines must be settled."""
    outbox_lines.enter(session, message_ids)
    taken = {"organization": organization_id, "messages": list(message_ids)}
    return session.scalars(_DROP, taken).all()


_CHANNELS_DUE = text(
    """
    select channel.id from channel
    where exists (
        select from (values ('reply'), ('business')) as road(lane)
        cross join (values (0), (1), (2)) as rank(priority)
        cross join lateral (
            select id from wa_outbound_queue
            where channel_id = channel.id and lane = road.lane and priority = rank.priority
              and is_head and state = 'queued' and due_at <= :now limit 1) as due)
       or exists (
        select from wa_outbound_queue
        where channel_id = channel.id and state in ('sending', 'unconfirmed') and due_at <= :now)
    """
)


def channels_due(session: Session, *, now: datetime) -> Sequence[int]:
    """Return the channels with something to do; for the sweep, which serves every organization."""
    return session.scalars(_CHANNELS_DUE, {"now": now}).all()


def backlog(session: Session, *, now: datetime) -> tuple[int, datetime | None]:
    """Return how many messages wait and since when the oldest does; for /readyz, across organizations."""
    waiting = select(func.count(), func.min(col(OutboxEntry.enters_at))).where(
        col(OutboxEntry.enters_at) <= now, col(OutboxEntry.state) != OutboxState.HELD
    )
    depth, oldest = session.execute(waiting).one()
    return depth, oldest


def _of(message_id: MessageId, organization_id: OrganizationId) -> tuple[Any, Any]:
    return col(OutboxEntry.organization_id) == organization_id, col(OutboxEntry.message_id) == message_id
