"""What Meta posted, byte for byte, and statuses that came before their message."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from campotech_wa.tables.base import document, identity, moment, reference, stamped


class WebhookEvent(SQLModel, table=True):
    """One POST of Meta's. Pending until ``processed_at`` or ``dead_at`` is set."""

    __tablename__ = "webhook_event"
    __table_args__ = (
        UniqueConstraint("channel_id", "digest"),
        Index(
            "ix_webhook_event_pending",
            "channel_id",
            "id",
            postgresql_where=text("processed_at is null and dead_at is null"),
        ),
        Index("ix_webhook_event_dead", "organization_id", "id", postgresql_where=text("dead_at is not null")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    digest: bytes = Field(sa_type=LargeBinary)
    """SHA-256 of the body: Meta's retry of the same POST is the same row."""
    body: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = stamped()
    due_at: datetime = stamped()
    attempts: int = 0
    processed_at: datetime | None = moment(nullable=True)
    dead_at: datetime | None = moment(nullable=True)
    error: str = ""
    """What stopped the last attempt, as type and place; never content."""


class ParkedStatus(SQLModel, table=True):
    """A status whose wamid we do not know yet: the answer to our send may still be on its way."""

    __tablename__ = "parked_status"
    __table_args__ = (Index(None, "channel_id", "wamid"),)

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    wamid: str
    payload: dict[str, object] = document()
    parked_at: datetime = stamped()
