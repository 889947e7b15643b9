"""Messages in both directions, and every state each has been in."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from campotech_wa.domain.message_state import MessageOrigin, MessageState
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.domain.verdict import Verdict
from campotech_wa.tables.base import document, filled, identity, moment, one_of, reference, stamped


class WaMessage(SQLModel, table=True):
    """One message. ``content`` is the Cloud API's own object of its type; what follows it is a row of its own."""

    __tablename__ = "wa_message"
    __table_args__ = (
        UniqueConstraint("channel_id", "wamid"),
        UniqueConstraint("organization_id", "client_key"),
        one_of("direction", ("inbound", "outbound")),
        one_of("state", MessageState),
        one_of("origin", MessageOrigin),
        Index("ix_wa_message_thread", "conversation_id", text("sent_at desc"), text("id desc")),
        Index(
            "ix_wa_message_about",
            "channel_id",
            "target_wamid",
            postgresql_where=text("target_wamid is not null"),
        ),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    conversation_id: int = reference("conversation.id")
    direction: str
    origin: str
    type: str
    content: dict[str, object] = document()
    envelope: dict[str, object] = document()
    """What came around the content, as Meta wrote it: context, referral, errors, the sender's ids, unknown keys."""
    target_wamid: str | None = None
    """The message this one is about: that it quotes, reacts to, edits or revokes. We may not have it, or not yet."""
    wamid: str | None = None
    state: str
    error_code: int | None = None
    error_detail: str = ""
    client_key: str | None = None
    """The idempotency key that the client made; digest-prefixed by its source so that sources can not collide."""
    author_id: int | None = reference("user_account.id", nullable=True)
    priority: int = filled(Priority.NORMAL.value)
    """Of an outbound message: what it overtakes."""
    send_at: datetime | None = moment(nullable=True)
    """The time for which an outbound message was scheduled."""
    sent_at: datetime = moment()
    """Meta's timestamp of an inbound message; the time of the click for an outbound one."""
    created_at: datetime = stamped()


class WaMessageState(SQLModel, table=True):
    """A state that a message entered, when, and who said so."""

    __tablename__ = "wa_message_state"
    __table_args__ = (
        Index(None, "message_id", "id"),
        Index(
            "ix_wa_message_state_failures",
            "organization_id",
            text("recorded_at desc"),
            postgresql_where=text("state in ('failed', 'unconfirmed')"),
        ),
        one_of("state", MessageState),
        one_of("source", ("desk", "engine", "answer", "webhook")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    message_id: int = reference("wa_message.id")
    state: str
    at: datetime = moment()
    """Meta's time where Meta said so, else ours."""
    source: str
    error_code: int | None = None
    report: dict[str, object] = document()
    """The status as Meta wrote it: its price, its errors, its conversation. Of what a person or a product
    did: by whom, and what the message said before."""
    recorded_at: datetime = stamped()


class WaSendAttempt(SQLModel, table=True):
    """One request to Meta for a message; a retry is another one, with its own wamid."""

    __tablename__ = "wa_send_attempt"
    __table_args__ = (
        UniqueConstraint("message_id", "number"),
        Index("ix_wa_send_attempt_wamid", "channel_id", "wamid", postgresql_where=text("wamid is not null")),
        Index("ix_wa_send_attempt_recent", "channel_id", "started_at"),
        one_of("outcome", ("pending", "accepted", "refused", "busy", "unconfirmed")),
        one_of("verdict", Verdict),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    message_id: int = reference("wa_message.id")
    number: int
    started_at: datetime = moment()
    finished_at: datetime | None = moment(nullable=True)
    outcome: str = "pending"
    verdict: str = filled(Verdict.NONE)
    """What it says of the channel's health; a failed status may change it later."""
    wamid: str | None = None
    error_code: int | None = None
