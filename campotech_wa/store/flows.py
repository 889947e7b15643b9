"""How fast each channel may send and what of it stands still: set by admins, and taught by Meta's throttling."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.tables.outbox import ChannelFlow

_OF_THE_CHANNEL = "where organization_id = :organization and channel_id = :channel"

_THROTTLE = text(
    f"""
    update channel_flow
    set factor = :factor, factor_at = :now, throttles = throttles + 1,
        throttled_until = greatest(throttled_until, :until)
    {_OF_THE_CHANNEL}
    """  # noqa: S608  (our own constant)
)
_CALM = text(
    f"update channel_flow set throttles = 0, throttled_until = null {_OF_THE_CHANNEL} and throttles > 0"  # noqa: S608  (as above)
)
_PACE = text(f"update channel_flow set sends_per_minute = :pace {_OF_THE_CHANNEL}")  # noqa: S608  (as above)
_PAUSE = text(
    f"update channel_flow set paused = :paused, paused_by_id = :by, paused_at = :now {_OF_THE_CHANNEL}"  # noqa: S608  (as above)
)
_CONFIGURE = text(
    f"""
    update channel_flow
    set panic_minutes = coalesce(:minutes, panic_minutes), thresholds = thresholds || cast(:thresholds as jsonb)
    {_OF_THE_CHANNEL}
    """  # noqa: S608  (as above)
)


def get(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> ChannelFlow:
    """Return how a channel may send; the defaults, which are no row yet, where nobody has said anything."""
    found = select(ChannelFlow).where(
        col(ChannelFlow.channel_id) == channel_id, col(ChannelFlow.organization_id) == organization_id
    )
    known = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    return known or ChannelFlow(organization_id=organization_id, channel_id=channel_id)


def every(session: Session, *, organization_id: OrganizationId) -> dict[int, ChannelFlow]:
    """Return by channel what has been changed of how it sends."""
    found = select(ChannelFlow).where(col(ChannelFlow.organization_id) == organization_id)
    return {flow.channel_id: flow for flow in session.scalars(found)}


def throttle(
    session: Session,
    channel_id: ChannelId,
    *,
    organization_id: OrganizationId,
    factor: float,
    until: datetime,
    now: datetime,
) -> None:
    """Slow a channel down: nothing before ``until``, and then at ``factor`` of its pace."""
    whose = _row(session, channel_id, organization_id)
    session.execute(_THROTTLE, {**whose, "factor": factor, "until": until, "now": now})


def calm(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> None:
    """Note that Meta takes messages again."""
    session.execute(_CALM, {"organization": organization_id, "channel": channel_id})


def set_pace(
    session: Session, channel_id: ChannelId, pace: int | None, *, organization_id: OrganizationId
) -> None:
    """Give a channel a pace of its own, in messages a minute; None: it shares the organization's."""
    session.execute(_PACE, {**_row(session, channel_id, organization_id), "pace": pace})


def set_paused(
    session: Session,
    channel_id: ChannelId,
    paused: str,
    *,
    organization_id: OrganizationId,
    by: int | None,
    now: datetime,
) -> None:
    """Stop a lane of a channel by hand, or all, or let it go on."""
    whose = _row(session, channel_id, organization_id)
    session.execute(_PAUSE, {**whose, "paused": paused, "by": by, "now": now})


def configure(
    session: Session,
    channel_id: ChannelId,
    thresholds: Mapping[str, int],
    *,
    organization_id: OrganizationId,
    panic_minutes: int | None,
) -> None:
    """Keep when a channel panics and alerts, as an admin has chosen; what is not named stays."""
    whose = _row(session, channel_id, organization_id)
    chosen = {"minutes": panic_minutes, "thresholds": json.dumps(dict(thresholds))}
    session.execute(_CONFIGURE, {**whose, **chosen})


def _row(session: Session, channel_id: ChannelId, organization_id: OrganizationId) -> dict[str, int]:
    """See to it that a channel has a row, and return what names it in a statement."""
    defaults = ChannelFlow(organization_id=organization_id, channel_id=channel_id).model_dump(exclude={"id"})
    session.execute(
        insert(ChannelFlow).values(defaults).on_conflict_do_nothing(index_elements=["channel_id"])
    )
    return {"organization": organization_id, "channel": channel_id}
