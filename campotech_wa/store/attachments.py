"""The files of messages: on their way from Meta, stored, or out of reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import AttachmentId, ChannelId, MediaId, MessageId, OrganizationId
from campotech_wa.domain.media_state import MediaState
from campotech_wa.tables.media import MediaFile, WaAttachment
from campotech_wa.tables.messages import WaMessage


@dataclass(frozen=True, slots=True)
class Shown:
    """An attachment with its file, and whether its message is a voice note."""

    attachment: WaAttachment
    file: MediaFile | None
    is_voice: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """An attachment with its file, and the conversation whose readers see it."""

    attachment: WaAttachment
    file: MediaFile | None
    conversation_id: int


@dataclass(frozen=True, slots=True)
class Due:
    """An attachment to fetch, and the conversation whose readers wait for it."""

    attachment: WaAttachment
    conversation_id: int


def add_all(session: Session, rows: Sequence[dict[str, Any]], *, organization_id: OrganizationId) -> None:
    """Insert attachments; those of a message that has them already change nothing."""
    if rows:
        values = [{"organization_id": organization_id, **row} for row in rows]
        session.execute(insert(WaAttachment).values(values).on_conflict_do_nothing())


def drop_all(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> None:
    """Take its attachments off a message; the files stay for as long as others have them."""
    session.execute(
        delete(WaAttachment).where(
            col(WaAttachment.organization_id) == organization_id, col(WaAttachment.message_id) == message_id
        )
    )


def get(session: Session, attachment_id: AttachmentId, *, organization_id: OrganizationId) -> Placed | None:
    """Return an attachment; None when it is another organization's."""
    found = (
        select(WaAttachment, MediaFile, col(WaMessage.conversation_id))
        .join(WaMessage, col(WaMessage.id) == col(WaAttachment.message_id))
        .outerjoin(MediaFile, col(MediaFile.id) == col(WaAttachment.media_id))
        .where(col(WaAttachment.id) == attachment_id, col(WaAttachment.organization_id) == organization_id)
    )
    row = session.execute(found).one_or_none()
    return None if row is None else Placed(*row)


def of_messages(
    session: Session, message_ids: Sequence[MessageId], *, organization_id: OrganizationId
) -> list[Shown]:
    """Return the attachments of messages, each message's in their order."""
    found = (
        select(WaAttachment, MediaFile, col(WaMessage.content)["voice"].as_string())
        .join(WaMessage, col(WaMessage.id) == col(WaAttachment.message_id))
        .outerjoin(MediaFile, col(MediaFile.id) == col(WaAttachment.media_id))
        .where(
            col(WaAttachment.organization_id) == organization_id,
            col(WaAttachment.message_id).in_(message_ids),
        )
        .order_by(col(WaAttachment.message_id), col(WaAttachment.position))
    )
    return [Shown(attachment, file, voice == "true") for attachment, file, voice in session.execute(found)]


def channels_due(session: Session, *, now: datetime) -> Sequence[int]:
    """Return the channels with files to fetch; for the sweep, which serves every organization."""
    due = select(col(WaAttachment.channel_id)).where(
        col(WaAttachment.state) == MediaState.PENDING, col(WaAttachment.due_at) <= now
    )
    return session.scalars(due.distinct()).all()


def due(
    session: Session, channel_id: ChannelId, *, now: datetime, limit: int, except_for: Sequence[int] = ()
) -> list[Due]:
    """Return what is to be fetched now, locked until the transaction ends.

    The newest first: somebody waits for that one, and a whole history may wait behind it.
    """
    found = (
        select(WaAttachment, col(WaMessage.conversation_id))
        .join(WaMessage, col(WaMessage.id) == col(WaAttachment.message_id))
        .where(
            col(WaAttachment.channel_id) == channel_id,
            col(WaAttachment.state) == MediaState.PENDING,
            col(WaAttachment.due_at) <= now,
            col(WaAttachment.id).not_in(except_for),
        )
        .order_by(col(WaAttachment.due_at).desc())
        .limit(limit)
        .with_for_update(of=WaAttachment)
    )
    return [Due(attachment, conversation) for attachment, conversation in session.execute(found)]


def is_due(session: Session, channel_id: ChannelId, *, now: datetime) -> bool:
    """Tell whether a channel has a file to fetch."""
    found = select(col(WaAttachment.id)).where(
        col(WaAttachment.channel_id) == channel_id,
        col(WaAttachment.state) == MediaState.PENDING,
        col(WaAttachment.due_at) <= now,
    )
    return session.scalar(select(found.exists())) or False


def settle(
    session: Session,
    attachment_id: AttachmentId,
    state: MediaState,
    *,
    organization_id: OrganizationId,
    error: str = "",
    media_id: MediaId | None = None,
) -> None:
    """Write down what became of an attachment that was pending; one deleted meanwhile stays deleted."""
    session.execute(
        update(WaAttachment)
        .where(
            col(WaAttachment.id) == attachment_id,
            col(WaAttachment.organization_id) == organization_id,
            col(WaAttachment.state) == MediaState.PENDING,
        )
        .values(state=state, error=error, media_id=media_id)
    )


def older_than(
    session: Session, before: datetime, *, organization_id: OrganizationId, limit: int
) -> list[int]:
    """Return stored attachments whose message was written before a moment."""
    found = (
        select(col(WaAttachment.id))
        .join(WaMessage, col(WaMessage.id) == col(WaAttachment.message_id))
        .where(
            col(WaAttachment.organization_id) == organization_id,
            col(WaAttachment.state) == MediaState.STORED,
            col(WaMessage.sent_at) < before,
        )
        .limit(limit)
    )
    return [attachment_id or 0 for attachment_id in session.scalars(found)]


def delete_all(
    session: Session, attachment_ids: Sequence[int], *, organization_id: OrganizationId
) -> list[int]:
    """Mark attachments as deleted; returns the files they needed."""
    deleted = session.scalars(
        update(WaAttachment)
        .where(col(WaAttachment.organization_id) == organization_id, col(WaAttachment.id).in_(attachment_ids))
        .values(state=MediaState.DELETED, error="")
        .returning(col(WaAttachment.media_id))
    )
    return sorted({media_id for media_id in deleted if media_id is not None})


def backlog(session: Session) -> tuple[int, datetime | None]:
    """Return how many files wait and since when the oldest does; for /readyz, across organizations."""
    waiting = select(func.count(), func.min(col(WaAttachment.created_at))).where(
        col(WaAttachment.state) == MediaState.PENDING
    )
    depth, oldest = session.execute(waiting).one()
    return depth, oldest
