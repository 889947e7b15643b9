"""Stored webhook events, dead letters and parked statuses."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT, BYTEA
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, EventId, OrganizationId, Wamid
from campotech_wa.tables.events import ParkedStatus, WebhookEvent

_ADD_ALL = text(
    """
    insert into webhook_event (organization_id, channel_id, digest, body, attempts, error, received_at, due_at)
    select o, c, d, b, 0, '', now(), now()
    from unnest(:organizations, :channels, :digests, :bodies) as post(o, c, d, b)
    on conflict (channel_id, digest) do nothing
    """
).bindparams(
    bindparam("organizations", type_=ARRAY(BIGINT)),
    bindparam("channels", type_=ARRAY(BIGINT)),
    bindparam("digests", type_=ARRAY(BYTEA)),
    bindparam("bodies", type_=ARRAY(BYTEA)),
)


def add_all(session: Session, posts: Sequence[tuple[OrganizationId, ChannelId, bytes, bytes]]) -> None:
    """Store posts (organization, channel, digest, body), each once; each names its own organization."""
    organizations, channels, digests, bodies = zip(*posts, strict=True)
    session.execute(
        _ADD_ALL,
        {
            "organizations": list(organizations),
            "channels": list(channels),
            "digests": list(digests),
            "bodies": list(bodies),
        },
    )


_DUE = text(
    """
    select id, organization_id, body, attempts from (
        select *, sum(octet_length(body)) over (order by id) - octet_length(body) as size_before from (
            select id, organization_id, body, attempts from webhook_event
            where channel_id = :channel and processed_at is null and dead_at is null and due_at <= :now
            order by id limit :limit
        ) as oldest
    ) as sized
    where size_before < :most_bytes order by id
    """
)


def due(
    session: Session, channel_id: ChannelId, *, now: datetime, limit: int, most_bytes: int
) -> list[tuple[EventId, OrganizationId, bytes, int]]:
    """Return (id, organization, body, attempts) of a channel's pending events, oldest first.

    At most ``limit`` of them, and no more than fit in ``most_bytes``, but always the first.
    """
    found = session.execute(
        _DUE, {"channel": channel_id, "now": now, "limit": limit, "most_bytes": most_bytes}
    ).mappings()
    return [
        (EventId(row["id"]), OrganizationId(row["organization_id"]), row["body"], row["attempts"])
        for row in found
    ]


def is_due(session: Session, channel_id: ChannelId, *, now: datetime) -> bool:
    """Tell whether a channel has an event to process now."""
    found = select(col(WebhookEvent.id)).where(
        *_pending(), col(WebhookEvent.channel_id) == channel_id, col(WebhookEvent.due_at) <= now
    )
    return session.scalar(select(found.exists())) or False


def channels_due(session: Session, *, now: datetime) -> Sequence[int]:
    """Return the channels that have pending events; for the sweep, which serves every organization."""
    return session.scalars(
        select(col(WebhookEvent.channel_id)).where(*_pending(), col(WebhookEvent.due_at) <= now).distinct()
    ).all()


def any_pending(session: Session, channel_id: ChannelId) -> bool:
    """Tell whether a channel has events that no one has processed yet."""
    pending = select(col(WebhookEvent.id)).where(*_pending(), col(WebhookEvent.channel_id) == channel_id)
    return session.scalar(select(pending.exists())) or False


def mark_processed(session: Session, event_ids: Sequence[EventId], *, now: datetime) -> None:
    """Close events that were understood; their ids come from ``due``."""
    session.execute(
        update(WebhookEvent)
        .where(col(WebhookEvent.id).in_(event_ids))
        .values(processed_at=now, dead_at=None, error="")
    )


def mark_failed(
    session: Session, event_id: EventId, *, error: str, due_at: datetime | None, now: datetime
) -> None:
    """Postpone an event that could not be processed, or lay it with the dead letters."""
    values: dict[str, Any] = {"attempts": WebhookEvent.attempts + 1, "error": error}
    values |= {"dead_at": now} if due_at is None else {"due_at": due_at}
    session.execute(update(WebhookEvent).where(col(WebhookEvent.id) == event_id).values(**values))


def dead(session: Session, *, organization_id: OrganizationId, limit: int) -> Sequence[WebhookEvent]:
    """Return the newest dead letters."""
    found = (
        select(WebhookEvent)
        .where(col(WebhookEvent.organization_id) == organization_id, col(WebhookEvent.dead_at).is_not(None))
        .order_by(col(WebhookEvent.id).desc())
        .limit(limit)
    )
    return session.scalars(found).all()


def revive(
    session: Session, event_id: EventId, *, organization_id: OrganizationId, now: datetime
) -> int | None:
    """Make a dead letter pending again; returns its channel, or None when there is no such letter."""
    return session.scalar(
        update(WebhookEvent)
        .where(
            col(WebhookEvent.id) == event_id,
            col(WebhookEvent.organization_id) == organization_id,
            col(WebhookEvent.dead_at).is_not(None),
        )
        .values(dead_at=None, attempts=0, due_at=now)
        .returning(col(WebhookEvent.channel_id))
    )


_LOCK_WAMIDS = text(
    """
    select pg_advisory_xact_lock(hashtextextended(name, 0))
    from (select cast(:channel as text) || ':' || wamid as name from unnest(cast(:wamids as text[])) as wamid
          order by wamid collate "C") as named
    """
)


def lock_wamids(session: Session, channel_id: ChannelId, wamids: Collection[Wamid]) -> None:
    """Let only one transaction at a time decide about a wamid: to park its status, or to give it a message.

    Always in the same order, so that two batches never wait for each other.
    """
    if wamids:
        session.execute(_LOCK_WAMIDS, {"channel": channel_id, "wamids": sorted(wamids)})


def park(
    session: Session,
    wamid: Wamid,
    payload: dict[str, Any],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Keep a status until its wamid is known."""
    session.add(
        ParkedStatus(organization_id=organization_id, channel_id=channel_id, wamid=wamid, payload=payload)
    )


_UNPARK = text(
    """
    delete from parked_status
    where organization_id = :organization and channel_id = :channel and wamid = any(:wamids)
    returning id, wamid, payload
    """
)


def unpark_all(
    session: Session,
    wamids: Collection[Wamid],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> list[tuple[Wamid, dict[str, Any]]]:
    """Take the statuses that waited for these wamids, in the order they came."""
    if not wamids:
        return []
    whose = {"organization": organization_id, "channel": channel_id}
    taken = session.execute(_UNPARK, {**whose, "wamids": list(wamids)})
    in_order = sorted(taken, key=lambda row: row[0] or 0)
    return [(Wamid(wamid), payload) for _, wamid, payload in in_order]


def forget_parked(session: Session, *, before: datetime) -> int:
    """Drop statuses whose message never came: other apps and the phone send from the same number too."""
    gone: CursorResult[Any] = session.execute(
        delete(ParkedStatus).where(col(ParkedStatus.parked_at) < before)
    )  # pyright: ignore[reportAssignmentType]
    return gone.rowcount


def backlog(session: Session) -> tuple[int, datetime | None]:
    """Return how many events are pending and since when the oldest waits; for /readyz, across organizations."""
    counted = select(func.count(), func.min(col(WebhookEvent.received_at))).where(*_pending())
    depth, oldest = session.execute(counted).one()
    return depth, oldest


def _pending() -> tuple[Any, Any]:
    return col(WebhookEvent.processed_at).is_(None), col(WebhookEvent.dead_at).is_(None)
