"""WhatsApp business numbers with their credentials, encrypted."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from campotech_wa.tables.base import identity, reference, stamped


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
    created_at: datetime = stamped()
