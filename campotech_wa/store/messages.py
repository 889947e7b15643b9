"""Messages, their states and the attempts to send them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.store.recordset import as_rows
from campotech_wa.tables.base import table
from campotech_wa.tables.messages import WaMessage, WaMessageState, WaSendAttempt


@dataclass(frozen=True, slots=True)
class Before:
    """The message before which an older page of a thread begins."""

    sent_at: datetime
    message_id: int


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that Meta delivered, ready to be stored: every text is fit for PostgreSQL."""

    conversation_id: ConversationId
    direction: str
    origin: str
    type: str
    content: dict[str, Any]
    envelope: dict[str, Any]
    target_wamid: str | None
    wamid: str
    state: str
    sent_at: datetime


_ADD_ALL = text(
    """
    insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content, envelope,
                            target_wamid, wamid, state, error_detail, sent_at)
    select :organization, :channel, conversation_id, direction, origin, type, content, envelope,
           target_wamid, wamid, state, '', sent_at
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(
        conversation_id bigint, direction text, origin text, type text, content jsonb, envelope jsonb,
        target_wamid text, wamid text, state text, sent_at timestamptz)
    on conflict (channel_id, wamid) do update
    set type = excluded.type, content = excluded.content, envelope = excluded.envelope
    where wa_message.type = 'media_placeholder' and excluded.type <> 'media_placeholder'
    returning wamid, id
    """
)
"""One statement and one parameter for any number of messages. A file of the history comes after the message that
held its place (webhooks.md 6.4), and takes it."""


def add_all(
    session: Session,
    new: Sequence[NewMessage],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> dict[str, MessageId]:
    """Insert messages in order, no wamid twice; returns the ids of those that were not there, by wamid."""
    added = session.execute(
        _ADD_ALL, {"organization": organization_id, "channel": channel_id, "rows": as_rows(new)}
    )
    return {wamid: MessageId(message_id) for wamid, message_id in added}


_STORED = text(
    "select wamid from wa_message"
    " where organization_id = :organization and channel_id = :channel and wamid = any(:wamids)"
)


def stored(
    session: Session, wamids: Collection[str], *, organization_id: OrganizationId, channel_id: ChannelId
) -> frozenset[str]:
    """Return which of these wamids a channel has already."""
    whose = {"organization": organization_id, "channel": channel_id, "wamids": list(wamids)}
    return frozenset(session.scalars(_STORED, whose))


_ADD = insert(table(WaMessage)).on_conflict_do_nothing().returning(col(WaMessage.id))


def add(session: Session, *, organization_id: OrganizationId, **values: Any) -> MessageId | None:
    """Insert a message; None when its wamid or its client key is there already."""
    added = session.scalar(_ADD, {"organization_id": organization_id, "error_detail": "", **values})
    return None if added is None else MessageId(added)


def get(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> WaMessage | None:
    """Return a message; None when it is another organization's."""
    found = select(WaMessage).where(
        col(WaMessage.id) == message_id, col(WaMessage.organization_id) == organization_id
    )
    return session.scalars(found).one_or_none()


def every(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> Sequence[WaMessage]:
    """Return messages as they stand now, also those that this session has read before."""
    if not message_ids:
        return []
    found = select(WaMessage).where(
        col(WaMessage.organization_id) == organization_id, col(WaMessage.id).in_(message_ids)
    )
    return session.scalars(found.execution_options(populate_existing=True)).all()


def lock(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> WaMessage | None:
    """Return a message and keep others from changing it until the transaction ends."""
    found = select(WaMessage).where(
        col(WaMessage.id) == message_id, col(WaMessage.organization_id) == organization_id
    )
    # Not for its key: an attempt of the message may be added meanwhile without waiting.
    locked = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(locked).one_or_none()


def by_client_key(session: Session, client_key: str, *, organization_id: OrganizationId) -> WaMessage | None:
    """Return the message that an idempotency key made."""
    found = select(WaMessage).where(
        col(WaMessage.organization_id) == organization_id, col(WaMessage.client_key) == client_key
    )
    return session.scalars(found).one_or_none()


def thread(
    session: Session,
    conversation_id: ConversationId,
    *,
    organization_id: OrganizationId,
    limit: int,
    before: Before | None = None,
) -> Sequence[WaMessage]:
    """Return the newest messages of a conversation, newest first."""
    found = select(WaMessage).where(
        col(WaMessage.organization_id) == organization_id, col(WaMessage.conversation_id) == conversation_id
    )
    if before:
        found = found.where(
            tuple_(col(WaMessage.sent_at), col(WaMessage.id))
            < tuple_(literal(before.sent_at), literal(before.message_id))
        )
    newest_first = (col(WaMessage.sent_at).desc(), col(WaMessage.id).desc())
    return session.scalars(found.order_by(*newest_first).limit(limit)).all()


def add_state(
    session: Session,
    message_id: MessageId,
    state: MessageState,
    *,
    organization_id: OrganizationId,
    at: datetime,
    source: str,
    error_code: int | None = None,
    report: dict[str, Any] | None = None,
) -> None:
    """Add a line to a message's history."""
    session.execute(
        insert(WaMessageState).values(
            organization_id=organization_id,
            message_id=message_id,
            state=state,
            at=at,
            source=source,
            error_code=error_code,
            report=report or {},
        )
    )


def history(
    session: Session, message_id: MessageId, *, organization_id: OrganizationId
) -> Sequence[WaMessageState]:
    """Return the states a message has been in, as they were recorded."""
    found = (
        select(WaMessageState)
        .where(
            col(WaMessageState.organization_id) == organization_id,
            col(WaMessageState.message_id) == message_id,
        )
        .order_by(col(WaMessageState.id))
    )
    return session.scalars(found).all()


def attempts(
    session: Session, message_id: MessageId, *, organization_id: OrganizationId
) -> Sequence[WaSendAttempt]:
    """Return every request for a message, in their order."""
    found = (
        select(WaSendAttempt)
        .where(
            col(WaSendAttempt.organization_id) == organization_id,
            col(WaSendAttempt.message_id) == message_id,
        )
        .order_by(col(WaSendAttempt.number))
    )
    return session.scalars(found).all()
