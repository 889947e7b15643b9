"""Panics of channels: begin, probe, end, and what of a channel's attempts they are judged by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, OrganizationId, UserId
from campotech_wa.domain.panic import Cause, Extent, Notice, Phase, Standing
from campotech_wa.domain.panic_grounds import LARGEST_SAMPLE
from campotech_wa.domain.verdict import Verdict
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.outbox import ChannelFlow, WaPanic
from campotech_wa.tables.people import UserAccount

_SPENT = """
    select count(*) from (
        select from wa_send_attempt as attempt
        join wa_message as message on message.id = attempt.message_id
        where panic.phase = 'probing'
          and attempt.channel_id = panic.channel_id and attempt.started_at >= panic.probe_from
          and (panic.lanes = 'all' or message.type = 'template')
          and (attempt.outcome = 'pending' or attempt.verdict <> '')
        order by attempt.started_at
        limit panic.probe_size) as spent
"""
"""Attempts of a probe, but for those of which nobody knows anything: they taught nothing.

The order has the index walked from the probe's beginning, and no further than the probe is large.
"""

_STANDING = text(
    f"""
    select flow.paused, panic.lanes, panic.phase, panic.probe_size - ({_SPENT}) as probe_left
    from channel
    left join channel_flow as flow on flow.channel_id = channel.id
    left join wa_panic as panic on panic.channel_id = channel.id and panic.resolved_at is null
    where channel.id = :channel and channel.organization_id = :organization
    """  # noqa: S608  (our own constant)
)


def standing(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> Standing:
    """Return what holds a channel back."""
    row = session.execute(_STANDING, {"channel": channel_id, "organization": organization_id}).one_or_none()
    if row is None:
        return Standing()
    return Standing(
        paused=Extent(row.paused or ""),
        halted=Extent(row.lanes or ""),
        phase=Phase(row.phase or Phase.HALTED),
        probe_left=max(0, row.probe_left or 0),
    )


def lock_probe(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> None:
    """Let nobody else claim for the probe of a channel until this transaction ends."""
    session.execute(
        select(col(WaPanic.id))
        .where(
            col(WaPanic.channel_id) == channel_id,
            col(WaPanic.organization_id) == organization_id,
            col(WaPanic.phase) == Phase.PROBING,
            col(WaPanic.resolved_at).is_(None),
        )
        .with_for_update(key_share=True)
    )


def active(session: Session, channel_id: ChannelId, *, organization_id: OrganizationId) -> WaPanic | None:
    """Return a channel's panic, if it has one."""
    found = select(WaPanic).where(
        col(WaPanic.channel_id) == channel_id,
        col(WaPanic.organization_id) == organization_id,
        col(WaPanic.resolved_at).is_(None),
    )
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


_RECENT = text(
    """
    select verdict, error_code, coalesce(finished_at, started_at) as at from wa_send_attempt
    where channel_id = :channel and organization_id = :organization and outcome <> 'pending'
      and started_at >= greatest(:since, (
        select max(resolved_at) from wa_panic
        where organization_id = :organization and channel_id = :channel and resolved_at >= :since))
    order by started_at desc
    limit :most
    """
)


def recent(
    session: Session, channel_id: ChannelId, *, organization_id: OrganizationId, since: datetime
) -> list[Notice]:
    """Return what became of a channel's newest attempts, oldest first; what led to an earlier panic is over."""
    keys = {
        "channel": channel_id,
        "organization": organization_id,
        "since": since,
        "most": LARGEST_SAMPLE,
    }
    return _notices(session.execute(_RECENT, keys))


_PROBED = text(
    """
    select attempt.verdict, attempt.error_code, coalesce(attempt.finished_at, attempt.started_at) as at
    from wa_panic as panic
    join wa_send_attempt as attempt
      on attempt.channel_id = panic.channel_id and attempt.started_at >= panic.probe_from
    join wa_message as message on message.id = attempt.message_id
    where panic.id = :id and panic.organization_id = :organization and panic.phase = 'probing'
      and (panic.lanes = 'all' or message.type = 'template')
    order by attempt.started_at desc
    limit :most
    """
)


def probed(session: Session, panic_id: int, *, organization_id: OrganizationId) -> list[Notice]:
    """Return what became of the attempts of the probe under way, oldest first."""
    keys = {"id": panic_id, "organization": organization_id, "most": LARGEST_SAMPLE}
    return _notices(session.execute(_PROBED, keys))


def begin(
    session: Session,
    cause: Cause,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    next_look_at: datetime,
    by: UserId | None = None,
    note: str = "",
) -> int | None:
    """Open a panic and return its id; None where somebody else has just opened one."""
    opened = (
        insert(WaPanic)
        .values(
            organization_id=organization_id,
            channel_id=channel_id,
            reason=cause.reason,
            lanes=cause.extent,
            error_code=cause.code,
            numbers=dict(cause.numbers or {}),
            note=note,
            triggered_at=now,
            triggered_by_id=by,
            auto_resolve_at=next_look_at,
            phase=Phase.HALTED,
            probe_size=0,
            resolve_note="",
        )
        .on_conflict_do_nothing(index_elements=["channel_id"], index_where=text("resolved_at is null"))
        .returning(col(WaPanic.id))
    )
    return session.scalar(opened)


@dataclass(frozen=True, slots=True)
class Seen:
    """A panic as somebody saw it: a change is made only while it is still so."""

    id: int
    phase: str
    probe_size: int
    probe_from: datetime | None
    auto_resolve_at: datetime

    @classmethod
    def of(cls, row: WaPanic) -> "Seen":
        """Note how a row looks."""
        return cls(row.id or 0, row.phase, row.probe_size, row.probe_from, row.auto_resolve_at)


def change(
    session: Session, seen: Seen, values: Mapping[str, Any], *, organization_id: OrganizationId
) -> bool:
    """Change a panic unless somebody else has changed it meanwhile; tells whether it was changed."""
    changed = (
        update(WaPanic)
        .where(
            col(WaPanic.id) == seen.id,
            col(WaPanic.organization_id) == organization_id,
            col(WaPanic.resolved_at).is_(None),
            col(WaPanic.phase) == seen.phase,
            col(WaPanic.probe_size) == seen.probe_size,
            col(WaPanic.probe_from).is_not_distinct_from(seen.probe_from),
            col(WaPanic.auto_resolve_at) == seen.auto_resolve_at,
        )
        .values(**values)
        .returning(col(WaPanic.id))
        .execution_options(synchronize_session=False)
    )
    return session.scalar(changed) is not None


def end(
    session: Session,
    panic_id: int,
    *,
    organization_id: OrganizationId,
    now: datetime,
    by: UserId | None,
    note: str,
) -> bool:
    """End a panic, however it looks by now; tells whether it was this call that ended it."""
    ended = (
        update(WaPanic)
        .where(
            col(WaPanic.id) == panic_id,
            col(WaPanic.organization_id) == organization_id,
            col(WaPanic.resolved_at).is_(None),
        )
        .values(resolved_at=now, resolved_by_id=by, resolve_note=note)
        .returning(col(WaPanic.id))
        .execution_options(synchronize_session=False)
    )
    return session.scalar(ended) is not None


def underway(session: Session, *, now: datetime) -> Sequence[WaPanic]:
    """Return the panics of every organization that are probed, or due to be; for the schedule."""
    found = select(WaPanic).where(
        col(WaPanic.resolved_at).is_(None),
        (col(WaPanic.phase) == Phase.PROBING) | (col(WaPanic.auto_resolve_at) <= now),
    )
    return session.scalars(found).all()


def count_active(session: Session) -> int:
    """Count the panics of every organization that are not over; for /readyz."""
    return session.scalar(select(func.count(col(WaPanic.id))).where(col(WaPanic.resolved_at).is_(None))) or 0


def standings(
    session: Session, *, organization_id: OrganizationId
) -> Sequence[tuple[Channel, WaPanic | None, ChannelFlow | None]]:
    """Return each channel of an organization with its panic and its settings, oldest first."""
    is_active = (col(WaPanic.channel_id) == col(Channel.id)) & col(WaPanic.resolved_at).is_(None)
    found = (
        select(Channel, WaPanic, ChannelFlow)
        .outerjoin(WaPanic, is_active)
        .outerjoin(ChannelFlow, col(ChannelFlow.channel_id) == col(Channel.id))
        .where(col(Channel.organization_id) == organization_id)
        .order_by(col(Channel.id))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def newest(
    session: Session, channel_id: ChannelId, *, organization_id: OrganizationId, limit: int
) -> Sequence[WaPanic]:
    """Return the newest panics of a channel, newest first."""
    found = select(WaPanic).where(
        col(WaPanic.organization_id) == organization_id, col(WaPanic.channel_id) == channel_id
    )
    return session.scalars(found.order_by(col(WaPanic.triggered_at).desc()).limit(limit)).all()


def history(
    session: Session, *, organization_id: OrganizationId, limit: int
) -> Sequence[tuple[WaPanic, str, str]]:
    """Return an organization's newest panics, each with the names of who began and who ended it."""
    began, ended = aliased(UserAccount), aliased(UserAccount)
    found = (
        select(WaPanic, func.coalesce(began.name, ""), func.coalesce(ended.name, ""))
        .outerjoin(began, col(WaPanic.triggered_by_id) == began.id)
        .outerjoin(ended, col(WaPanic.resolved_by_id) == ended.id)
        .where(col(WaPanic.organization_id) == organization_id)
        .order_by(col(WaPanic.triggered_at).desc(), col(WaPanic.id).desc())
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def _notices(rows: Any) -> list[Notice]:
    return [Notice(Verdict(row.verdict), row.error_code, row.at) for row in rows][::-1]
