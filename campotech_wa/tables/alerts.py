"""Alerts that admins get, and the ways they went."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from campotech_wa.domain.alerts import Event, Kind, Via
from campotech_wa.tables.base import document, identity, moment, one_of, reference, stamped


class Alert(SQLModel, table=True):
    """Something an admin should know: from when, until when."""

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_active",
            "organization_id",
            "channel_id",
            "kind",
            "subject",
            unique=True,
            postgresql_where=text("cleared_at is null"),
        ),
        Index("ix_alert_history", "organization_id", text("raised_at desc")),
        one_of("kind", Kind),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    kind: str
    subject: str = ""
    """What tells it from others of its kind, such as a template's name."""
    detail: dict[str, object] = document()
    raised_at: datetime = moment()
    cleared_at: datetime | None = moment(nullable=True)


class AlertAddress(SQLModel, table=True):
    """Where an organization wants its alerts besides the product itself."""

    __tablename__ = "alert_address"
    __table_args__ = (UniqueConstraint("organization_id"),)

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    email: str = ""
    webhook_url: str = ""
    webhook_secret: bytes = Field(default=b"", sa_type=LargeBinary)
    """Encrypted; signs what is posted."""


class AlertDelivery(SQLModel, table=True):
    """One alert on its way to one place."""

    __tablename__ = "alert_delivery"
    __table_args__ = (
        UniqueConstraint("alert_id", "via", "event"),
        one_of("via", Via),
        one_of("event", Event),
        one_of("state", ("queued", "sent", "failed")),
        Index("ix_alert_delivery_due", "due_at", postgresql_where=text("state = 'queued'")),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    alert_id: int = reference("alert.id")
    via: str
    event: str
    state: str = "queued"
    attempts: int = 0
    due_at: datetime = stamped()
    error: str = ""
    ended_at: datetime | None = moment(nullable=True)
