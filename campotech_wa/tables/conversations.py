"""Customers, how each channel knows them, and the one conversation each has with a channel."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from campotech_wa.tables.base import document, identity, moment, one_of, reference, stamped


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
        Index(None, "organization_id", "match_key"),
        Index(
            "ix_customer_merged_into_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id is not null"),
        ),
        one_of("marketing_preference", ("", "stop", "resume", "signup")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    wa_id: str | None = None
    """None while Meta has told nothing but a business-scoped id (webhooks.md section 5)."""
    other_wa_id: str | None = None
    """The other id that a typed number may stand for, until Meta has shown which (phones-ar.md section 5)."""
    match_key: str = ""
    """What the spellings of one number share (phones-ar.md section 5)."""
    confirmed: bool = False
    """Meta itself has shown this wa_id; else it was typed."""
    profile_name: str = ""
    """What the customer calls themselves."""
    contact_name: str = ""
    """What the company calls them in the address book of its phone (contact sync, webhooks.md 6.4)."""
    marketing_preference: str = ""
    """What the customer told Meta about marketing messages (webhooks.md 6.3); empty: nothing."""
    marketing_preference_at: datetime | None = moment(nullable=True)
    blocked_at: datetime | None = moment(nullable=True)
    merged_into_id: int | None = reference("customer.id", nullable=True)
    """The customer this one turned out to be. The row stays, so that the merge can be undone."""
    created_at: datetime = stamped()


class CustomerLink(SQLModel, table=True):
    """How one channel knows a customer: a business-scoped id belongs to this link, and not to the customer.

    A customer whose duplicate was merged has several links on one channel.
    """

    __tablename__ = "customer_link"
    __table_args__ = (
        Index(
            "uq_customer_link_channel_id_user_id",
            "channel_id",
            "user_id",
            unique=True,
            postgresql_where=text("user_id is not null"),
        ),
        Index(
            "ix_customer_link_organization_id_user_id",
            "organization_id",
            "user_id",
            postgresql_where=text("user_id is not null"),
        ),
        Index(
            "ix_customer_link_channel_id_wa_id",
            "channel_id",
            "wa_id",
            postgresql_where=text("wa_id is not null"),
        ),
        Index(None, "customer_id", "channel_id"),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    customer_id: int = reference("customer.id")
    user_id: str | None = None
    """Meta's business-scoped user id of the person."""
    wa_id: str | None = None
    """The number that was last shown with it. Answers go to the link that was seen last."""
    parent_user_id: str = ""
    username: str = ""
    """Without the @."""
    identity_key_hash: str = ""
    send_to: str = ""
    """The spelling Meta has accepted, where it is not the wa_id (phones-ar.md section 2)."""
    seen_at: datetime = stamped()


class FormerNumber(SQLModel, table=True):
    """A number that a customer had: it still finds them in a search, and names them no more when somebody writes."""

    __tablename__ = "former_number"
    __table_args__ = (Index(None, "customer_id"), Index(None, "organization_id", "wa_id"))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    customer_id: int = reference("customer.id")
    wa_id: str
    until: datetime = moment()


class CustomerMerge(SQLModel, table=True):
    """Two customers that turned out to be one, and what it takes to part them again."""

    __tablename__ = "customer_merge"
    __table_args__ = (
        Index(None, "survivor_id"),
        Index(None, "absorbed_id"),
        one_of("reason", ("same_user_id", "same_number", "changed_number", "person")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    survivor_id: int = reference("customer.id")
    absorbed_id: int = reference("customer.id")
    reason: str
    moved: dict[str, object] = document()
    """Ids of the rows that changed hands, by table, and what the merge overwrote."""
    actor_id: int | None = reference("user_account.id", nullable=True)
    at: datetime = stamped()
    undone_at: datetime | None = moment(nullable=True)


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
        Index(
            "ix_conversation_merged_into_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id is not null"),
        ),
        Index("ix_conversation_heard", "channel_id", "last_inbound_at"),
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
    merged_into_id: int | None = reference("conversation.id", nullable=True)
    """The thread that took over this one's messages; such a row is on no list."""
    created_at: datetime = stamped()
