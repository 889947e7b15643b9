"""How fast each channel may send: what an admin has set and what Meta's throttling has taught."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.tables.outbox import ChannelFlow

_THROTTLE = text(
    """
    insert into channel_flow as flow (organization_id, channel_id, factor, factor_at, throttled_until, throttles,
                                      throttled_since, paused, panic_minutes, thresholds)
    values (:organization, :channel, :factor, :now, :until, 1, :now, '', 60, '{}')
    on conflict (channel_id) do update
    set factor = :factor, factor_at = :now, throttles = flow.throttles + 1,
        throttled_until = greatest(flow.throttled_until, :until),
        throttled_since = coalesce(flow.throttled_since, :now)
    """
)

_CALM = text(
    """
    update channel_flow set throttles = 0, throttled_until = null, throttled_since = null
    where organization_id = :organization and channel_id = :channel and throttles > 0
    """
)

_PACE = text(
    """
    insert into channel_flow (organization_id, channel_id, sends_per_minute, factor, throttles, paused,
                              panic_minutes, thresholds)
    values (:organization, :channel, :pace, 1, 0, '', 60, '{}')
    on conflict (channel_id) do update set sends_per_minute = :pace
    """
)

_PAUSE = text(
    """
    insert into channel_flow (organization_id, channel_id, factor, throttles, paused, paused_by_id, paused_at,
                              panic_minutes, thresholds)
    values (:organization, :channel, 1, 0, :paused, :by, :now, 60, '{}')
    on conflict (channel_id) do update set paused = :paused, paused_by_id = :by, paused_at = :now
    """
)


@dataclass(frozen=True, slots=True)
class Flow:
    """How a channel may send now."""

    sends_per_minute: int | None = None
    factor: float = 1.0
    factor_at: datetime | None = None
    throttled_until: datetime | None = None
    throttles: int = 0
    throttled_since: datetime | None = None
    paused: str = ""


def get(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> Flow:
    """Return how a channel may send; the defaults where nobody has said anything yet."""
    found = session.scalars(
        select(ChannelFlow).where(
            col(ChannelFlow.channel_id) == channel_id, col(ChannelFlow.organization_id) == organization_id
        )
    ).one_or_none()
    if found is None:
        return Flow()
    return Flow(
        found.sends_per_minute,
        found.factor,
        found.factor_at,
        found.throttled_until,
        found.throttles,
        found.throttled_since,
        found.paused,
    )


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
    whose = {"organization": organization_id, "channel": channel_id}
    session.execute(_THROTTLE, {**whose, "factor": factor, "until": until, "now": now})


def calm(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> None:
    """Note that Meta takes messages again."""
    session.execute(_CALM, {"organization": organization_id, "channel": channel_id})


def set_pace(
    session: Session, channel_id: ChannelId, pace: int | None, *, organization_id: OrganizationId
) -> None:
    """Give a channel a pace of its own, in messages a minute; None: it shares the organization's."""
    whose = {"organization": organization_id, "channel": channel_id}
    session.execute(_PACE, {**whose, "pace": pace})


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
    whose = {"organization": organization_id, "channel": channel_id}
    session.execute(_PAUSE, {**whose, "paused": paused, "by": by, "now": now})
