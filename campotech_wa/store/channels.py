"""Channels."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.tables.channels import Channel


def by_webhook_key(session: Session, webhook_key: str) -> Channel | None:
    """Find the channel that Meta calls; the key itself tells the organization."""
    return session.scalars(select(Channel).where(col(Channel.webhook_key) == webhook_key)).one_or_none()


def by_id(session: Session, channel_id: ChannelId) -> Channel | None:
    """Find the channel of a job, whose argument only our own processes can make."""
    return session.get(Channel, channel_id)


def every(session: Session, *, organization_id: OrganizationId) -> Sequence[Channel]:
    """Return the channels of an organization, oldest first."""
    found = select(Channel).where(col(Channel.organization_id) == organization_id).order_by(col(Channel.id))
    return session.scalars(found).all()
