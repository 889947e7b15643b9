"""How many requests channels sent of late, and how many of them failed: by the second and by the minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.domain.panic_grounds import TRANSMITTED

BY_SECOND, BY_MINUTE = timedelta(seconds=61), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Beat:
    """The requests that a channel began within one second or one minute."""

    channel_id: int
    at: datetime
    is_minute: bool
    count: int
    transmitted: int
    """Those by which the channel's health is judged (``domain.panic_grounds``)."""
    failed: int


_BEATS = text(
    """
    with recent as (
        select attempt.channel_id, attempt.started_at, attempt.verdict from channel
        join wa_send_attempt as attempt on attempt.channel_id = channel.id and attempt.started_at > :minutes_since
        where channel.organization_id = :organization)
    select channel_id, date_trunc('minute', started_at) as at, true, count(*),
           count(*) filter (where verdict = any(:transmitted) and started_at > :health_since),
           count(*) filter (where verdict = 'failure' and started_at > :health_since)
    from recent group by channel_id, at
    union all
    select channel_id, date_trunc('second', started_at) as at, false, count(*), 0, 0
    from recent where started_at > :seconds_since group by channel_id, at
    order by at
    """
)


def beats(
    session: Session, *, organization_id: OrganizationId, now: datetime, health: timedelta
) -> Sequence[Beat]:
    """Return the last half hour by the minute and the last minute by the second; nothing where nothing was sent.

    ``health`` is how far back results are counted.
    """
    given = {
        "organization": organization_id,
        "minutes_since": now - BY_MINUTE,
        "seconds_since": now - BY_SECOND,
        "health_since": now - health,
        "transmitted": sorted(TRANSMITTED),
    }
    return [Beat(*row) for row in session.execute(_BEATS, given)]


_USED = text(
    """
    select at from (
        select coalesce(attempt.finished_at, attempt.started_at) as at from channel
        join wa_send_attempt as attempt on attempt.channel_id = channel.id and attempt.started_at > :begun_since
        where channel.organization_id = :organization and coalesce(attempt.finished_at, :now) > :since
          and case when cast(:channel as bigint) is not null then channel.id = :channel
                   else not exists (
                       select from channel_flow where channel_id = channel.id and sends_per_minute is not null) end
        order by at desc limit :most) as newest
    order by at
    """
)
_LONGEST_REQUEST = timedelta(minutes=2)
"""A slot counts from the answer, and the answer may take as long."""


def used(
    session: Session,
    channel_id: ChannelId | None,
    *,
    organization_id: OrganizationId,
    now: datetime,
    window: timedelta,
    most: int,
) -> Sequence[datetime]:
    """Return when the newest slots that are not free again were used, oldest first.

    Of the window that a channel has to itself; without one, of that which all others of the organization share.
    """
    given = {
        "channel": channel_id,
        "organization": organization_id,
        "now": now,
        "since": now - window,
        "begun_since": now - window - _LONGEST_REQUEST,
        "most": most,
    }
    return session.scalars(_USED, given).all()
