"""The outbox: what is to be sent, in the order it was asked for."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.tables.base import identity, one_of, reference, stamped


class OutboxEntry(SQLModel, table=True):
    """One message that waits to be sent; the row goes when its outcome is known."""

    __tablename__ = "wa_outbound_queue"
    __table_args__ = (
        UniqueConstraint("message_id"),
        one_of("state", OutboxState),
        Index("ix_wa_outbound_queue_order", "channel_id", "conversation_id", "id"),
        Index("ix_wa_outbound_queue_due", "due_at", postgresql_where=text("state <> 'sending'")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    conversation_id: int = reference("conversation.id")
    message_id: int = reference("wa_message.id")
    state: str = OutboxState.QUEUED
    attempts: int = 0
    due_at: datetime = stamped()
    queued_at: datetime = stamped()
