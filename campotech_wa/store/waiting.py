"""What the outbox holds for messages: to read it, or to keep a drain from taking it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.tables.outbox import OutboxEntry


def hold(session: Session, message_id: MessageId, *, organization_id: OrganizationId) -> OutboxEntry | None:
    """Return the row of a message that waits, and keep others from it until the transaction ends.

    None when it is on its way or out. The caller has locked the message, which everybody does first.
    """
    found = select(OutboxEntry).where(
        col(OutboxEntry.organization_id) == organization_id,
        col(OutboxEntry.message_id) == message_id,
        col(OutboxEntry.state).in_((OutboxState.QUEUED, OutboxState.HELD)),
    )
    locked = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).one_or_none()


def of_messages(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> dict[int, OutboxEntry]:
    """Return the rows of those messages that have one, by message."""
    found = select(OutboxEntry).where(
        col(OutboxEntry.organization_id) == organization_id, col(OutboxEntry.message_id).in_(message_ids)
    )
    return {entry.message_id: entry for entry in session.scalars(found)}
