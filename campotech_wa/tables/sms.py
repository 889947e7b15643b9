"""SMS as the way round: an organization's provider, and the messages that went or will go that way."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from campotech_wa.domain.sms_errors import OPTED_OUT
from campotech_wa.domain.sms_state import SmsReason, SmsState
from campotech_wa.tables.base import identity, moment, one_of, reference, stamped


class SmsAccount(SQLModel, table=True):
    """An organization's account at a provider that speaks Twilio's API."""

    __tablename__ = "sms_account"
    __table_args__ = (UniqueConstraint("organization_id"), UniqueConstraint("callback_key"))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    is_on: bool = False
    base_url: str = ""
    """Where the provider's API is; empty: Twilio's own."""
    account_sid: str = ""
    auth_token: bytes = Field(default=b"", sa_type=LargeBinary)
    """Encrypted."""
    sender: str = ""
    """The number, or the messaging service, that sends."""
    callback_key: str
    """The last part of the address that the provider calls."""
    per_minute: int = 20
    monthly_cap: int = 500
    undelivered_minutes: int | None = None
    """After so long without ``delivered`` an important message goes by SMS; None: not for that reason."""
    created_at: datetime = stamped()


class SmsMessage(SQLModel, table=True):
    """One message's way round. It may wait for a while, and is cancelled when WhatsApp delivers first."""

    __tablename__ = "sms_message"
    __table_args__ = (
        UniqueConstraint("message_id"),
        one_of("state", SmsState),
        one_of("reason", SmsReason),
        Index(
            "ix_sms_message_due",
            "organization_id",
            "due_at",
            postgresql_where=text("state in ('waiting', 'sending', 'unconfirmed')"),
        ),
        Index("ix_sms_message_month", "organization_id", "left_at"),
        Index(
            "uq_sms_message_provider_sid",
            "organization_id",
            "provider_sid",
            unique=True,
            postgresql_where=text("provider_sid <> ''"),
        ),
        Index(
            "ix_sms_message_opted_out",
            "organization_id",
            "recipient",
            postgresql_where=text(f"error_code = '{OPTED_OUT}'"),
        ),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    conversation_id: int = reference("conversation.id")
    message_id: int = reference("wa_message.id")
    recipient: str
    """The number, in E.164."""
    body: str
    reason: str
    state: str = SmsState.WAITING
    due_at: datetime = moment()
    """Not to be touched before: its time, its next try, or the end of its lease while *sending*."""
    attempts: int = 0
    provider_sid: str = ""
    segments: int = 0
    error_code: str = ""
    error_detail: str = ""
    left_at: datetime | None = moment(nullable=True)
    """When the provider took it: the monthly cap counts these."""
    delivered_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    also_by_whatsapp_at: datetime | None = moment(nullable=True)
    """WhatsApp delivered it after all: the customer has it twice."""
    created_at: datetime = stamped()
