"""The outbox: what is to be sent, in the order it was asked for, and how each channel may send."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from campotech_wa.domain.outbox_state import HoldReason, Lane, OutboxState, Priority
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.tables.base import document, identity, moment, one_of, reference, stamped


class OutboxEntry(SQLModel, table=True):
    """One message that waits to be sent; the row goes when its outcome is known.

    The rows of one conversation and priority form a line, by ``enters_at`` and id. Only its head may leave: that is
    the order in which the customer gets them. The head is marked, so that finding what may leave costs the same
    however long the lines are (docs/decisions/0009).
    """

    __tablename__ = "wa_outbound_queue"
    __table_args__ = (
        UniqueConstraint("message_id"),
        one_of("state", OutboxState),
        one_of("lane", Lane),
        one_of("hold_reason", ("", *HoldReason)),
        Index(
            "ix_wa_outbound_queue_line",
            "conversation_id",
            "priority",
            "enters_at",
            "id",
            postgresql_where=text("state <> 'held'"),
        ),
        Index(
            "uq_wa_outbound_queue_head",
            "conversation_id",
            "priority",
            unique=True,
            postgresql_where=text("is_head"),
        ),
        Index(
            "ix_wa_outbound_queue_claim",
            "channel_id",
            "lane",
            "priority",
            "due_at",
            "id",
            postgresql_where=text("is_head and state = 'queued'"),
        ),
        Index(
            "ix_wa_outbound_queue_owed",
            "channel_id",
            "due_at",
            postgresql_where=text("state in ('sending', 'unconfirmed')"),
        ),
        Index("ix_wa_outbound_queue_held", "conversation_id", postgresql_where=text("state = 'held'")),
        Index("ix_wa_outbound_queue_look", "channel_id", "due_at", postgresql_where=text("state = 'held'")),
        Index("ix_wa_outbound_queue_class", "channel_id", "state", "lane", "priority", "enters_at", "id"),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    conversation_id: int = reference("conversation.id")
    message_id: int = reference("wa_message.id")
    lane: str = Lane.REPLY
    priority: int = Priority.NORMAL
    state: str = OutboxState.QUEUED
    is_head: bool = False
    attempts: int = 0
    """Requests since a person or product last asked for it; one that a limit of Meta's refused does not count."""
    asked_after: int = 0
    """The number of its last request when somebody asked for it: later ones are about what was asked then."""
    enters_at: datetime = stamped()
    """Its place in the line: when it was asked for, or the time for which it is scheduled."""
    due_at: datetime = stamped()
    """Not before: its next try; while *sending* the end of its lease, while *unconfirmed* of its grace; while *held*
    the next look at whether it may leave."""
    hold_reason: str = ""
    queued_at: datetime = stamped()


class ChannelFlow(SQLModel, table=True):
    """How fast a channel may send and what of it stands still; a channel without a row sends as the defaults say."""

    __tablename__ = "channel_flow"
    __table_args__ = (UniqueConstraint("channel_id"), one_of("paused", Extent))

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    sends_per_minute: int | None = None
    """A window of its own for the channel; None: it shares the organization's."""
    factor: float = 1.0
    """What Meta's throttling has taught: the share of the full pace at which the channel sends."""
    factor_at: datetime | None = moment(nullable=True)
    """When the factor last changed: it grows again by itself."""
    throttled_until: datetime | None = moment(nullable=True)
    throttles: int = 0
    """Refusals for throttling in a row."""
    paused: str = ""
    """What a person has stopped by hand."""
    paused_by_id: int | None = reference("user_account.id", nullable=True)
    paused_at: datetime | None = moment(nullable=True)
    panic_minutes: int = 60
    """After so long a panic is probed."""
    thresholds: dict[str, object] = document()
    """What an admin has changed of the panic's and the alerts' thresholds (``domain.panic``)."""


class WaPanic(SQLModel, table=True):
    """A panic of a channel, over or not: what stopped, why, and who or what ended it."""

    __tablename__ = "wa_panic"
    __table_args__ = (
        Index(
            "uq_wa_panic_active",
            "channel_id",
            unique=True,
            postgresql_where=text("resolved_at is null"),
        ),
        Index("ix_wa_panic_history", "organization_id", "channel_id", text("triggered_at desc")),
        one_of("reason", Reason),
        one_of("lanes", (Extent.BUSINESS, Extent.ALL)),
        one_of("phase", Phase),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    reason: str
    lanes: str
    error_code: int | None = None
    numbers: dict[str, object] = document()
    """What was counted when it began."""
    note: str = ""
    triggered_at: datetime = moment()
    triggered_by_id: int | None = reference("user_account.id", nullable=True)
    """None: the product itself."""
    auto_resolve_at: datetime = moment()
    """When the next probe is."""
    phase: str = "halted"
    probe_size: int = 0
    """How many messages the probe under way may send; none while halted."""
    probe_from: datetime | None = moment(nullable=True)
    """Attempts since then belong to the probe."""
    resolved_at: datetime | None = moment(nullable=True)
    resolved_by_id: int | None = reference("user_account.id", nullable=True)
    resolve_note: str = ""
