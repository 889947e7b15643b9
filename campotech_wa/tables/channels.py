"""WhatsApp business numbers with their credentials, encrypted, and what Meta reports about them."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from campotech_wa.tables.base import document, identity, moment, reference, stamped


class Channel(SQLModel, table=True):
    """One business number: its ids at Meta and what proves each side to the other."""

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("phone_number_id"), UniqueConstraint("webhook_key"))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    name: str
    display_phone_number: str
    phone_number_id: str
    waba_id: str
    webhook_key: str
    """The last part of the callback URL; tells the channel before anything is parsed."""
    verify_token: bytes = Field(sa_type=LargeBinary)
    app_secret: bytes = Field(sa_type=LargeBinary)
    access_token: bytes = Field(sa_type=LargeBinary)
    app_id: str = ""
    """Meta's id of the app; with the app secret it inspects tokens (sending.md section 8)."""
    info: dict[str, object] = document()
    """What Meta last said of the number, by kind of answer: the node, its health, its profile."""
    info_at: datetime | None = moment(nullable=True)
    created_at: datetime = stamped()


class AccountEvent(SQLModel, table=True):
    """News of Meta's about the number, the account or a template: a webhook that is no message (webhooks.md 6)."""

    __tablename__ = "account_event"
    __table_args__ = (
        UniqueConstraint("channel_id", "digest"),
        Index("ix_account_event_newest", "organization_id", text("at desc"), text("id desc")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    field: str
    """The webhook's field, such as ``message_template_status_update``."""
    event: str = ""
    """Meta's word for what happened, such as ``REJECTED``; empty where the field has none."""
    payload: dict[str, object] = document()
    digest: bytes = Field(sa_type=LargeBinary)
    """SHA-256 of field, time and payload: a repeated POST is no second event."""
    at: datetime = moment()
    recorded_at: datetime = stamped()
