"""Channels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import cast, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, OrganizationId, PhoneNumberId
from campotech_wa.tables.channels import Channel


def by_webhook_key(session: Session, webhook_key: str) -> Channel | None:
    """Find the channel that Meta calls; the key itself tells the organization."""
    return session.scalars(select(Channel).where(col(Channel.webhook_key) == webhook_key)).one_or_none()


def by_id(session: Session, channel_id: ChannelId) -> Channel | None:
    """Find the channel of a job, whose argument only our own processes can make."""
    return session.get(Channel, channel_id)


def by_number(
    session: Session, phone_number_id: PhoneNumberId, *, organization_id: OrganizationId
) -> Channel | None:
    """Find an organization's channel by Meta's id of its number."""
    found = select(Channel).where(
        col(Channel.phone_number_id) == phone_number_id, col(Channel.organization_id) == organization_id
    )
    return session.scalars(found).one_or_none()


def unseen(session: Session, *, since: datetime) -> Sequence[int]:
    """Return the channels, of every organization, that Meta has told nothing of since then."""
    is_due = or_(col(Channel.info_at).is_(None), col(Channel.info_at) < since)
    found = session.scalars(select(col(Channel.id)).where(is_due).order_by(col(Channel.id)))
    return [channel_id or 0 for channel_id in found]


def every(session: Session, *, organization_id: OrganizationId) -> Sequence[Channel]:
    """Return the channels of an organization, oldest first."""
    found = select(Channel).where(col(Channel.organization_id) == organization_id).order_by(col(Channel.id))
    return session.scalars(found).all()


def note_info(
    session: Session,
    channel_id: ChannelId,
    parts: dict[str, Any],
    *,
    organization_id: OrganizationId,
    at: datetime | None,
) -> None:
    """Keep what Meta said of a channel, each part in place of what it said before; ``at`` stamps a whole look."""
    values: dict[str, Any] = {"info": col(Channel.info).op("||")(cast(parts, JSONB))}
    if at is not None:
        values["info_at"] = at
    ours = update(Channel).where(
        col(Channel.id) == channel_id, col(Channel.organization_id) == organization_id
    )
    session.execute(ours.values(values))
