"""How the numbers of an organization stand: how each may send, its panics, its alerts, and who the people are."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.tables.alerts import Alert
from campotech_wa.tables.outbox import ChannelFlow, WaPanic
from campotech_wa.tables.people import UserAccount


def flows(session: Session, *, organization_id: OrganizationId) -> dict[int, ChannelFlow]:
    """Return by channel what has been changed of how it sends."""
    found = select(ChannelFlow).where(col(ChannelFlow.organization_id) == organization_id)
    return {flow.channel_id: flow for flow in session.scalars(found)}


def panics(
    session: Session, channel_id: int, *, organization_id: OrganizationId, limit: int
) -> Sequence[WaPanic]:
    """Return the newest panics of a channel, newest first."""
    found = select(WaPanic).where(
        col(WaPanic.organization_id) == organization_id, col(WaPanic.channel_id) == channel_id
    )
    return session.scalars(found.order_by(col(WaPanic.triggered_at).desc()).limit(limit)).all()


def alerts(session: Session, *, organization_id: OrganizationId) -> Sequence[Alert]:
    """Return the alerts that hold now, newest first."""
    found = select(Alert).where(
        col(Alert.organization_id) == organization_id, col(Alert.cleared_at).is_(None)
    )
    return session.scalars(found.order_by(col(Alert.raised_at).desc())).all()


def people(session: Session, *, organization_id: OrganizationId) -> dict[int, str]:
    """Return the names of everybody who may log in, or might once."""
    found = select(col(UserAccount.id), col(UserAccount.name)).where(
        col(UserAccount.organization_id) == organization_id
    )
    return {user_id or 0: name for user_id, name in session.execute(found)}
