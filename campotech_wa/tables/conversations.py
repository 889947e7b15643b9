"""Customers, and the one conversation each has with a channel."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from campotech_wa.tables.base import identity, moment, reference, stamped


class Customer(SQLModel, table=True):
    """A person who writes to the organization. ``wa_id`` is kept as Meta writes it."""

    __tablename__ = "customer"
    __table_args__ = (
        Index(
            "uq_customer_organization_id_wa_id",
            "organization_id",
            "wa_id",
            unique=True,
            postgresql_where=text("wa_id is not null"),
        ),
        Index(
            "uq_customer_organization_id_user_id",
            "organization_id",
            "user_id",
            unique=True,
            postgresql_where=text("user_id is not null"),
        ),
        Index(None, "organization_id", "match_key"),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    wa_id: str | None = None
    user_id: str | None = None
    """Meta's business-scoped user id; a customer may come with nothing else (webhooks.md section 5)."""
    match_key: str = ""
    """What the spellings of one number share (phones-ar.md section 5)."""
    confirmed: bool = False
    """Meta itself has shown this wa_id; else it was typed."""
    profile_name: str = ""
    created_at: datetime = stamped()


class Conversation(SQLModel, table=True):
    """One endless thread: a customer on a channel. The list reads nothing but this row and the customer's."""

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("channel_id", "customer_id"),
        Index(
            "ix_conversation_newest",
            "organization_id",
            text("last_message_at desc"),
            text("id desc"),
        ),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    customer_id: int = reference("customer.id")
    last_inbound_at: datetime | None = moment(nullable=True)
    """Meta's time of the customer's newest message: the customer service window counts from here."""
    last_message_at: datetime = stamped()
    last_preview: str = ""
    last_direction: str = ""
    unread_count: int = 0
    created_at: datetime = stamped()
