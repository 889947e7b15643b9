"""Requests for messages: what of them is in the window, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, MessageId, OrganizationId
from campotech_wa.domain.verdict import Verdict
from campotech_wa.store.recordset import as_rows
from campotech_wa.tables.messages import WaSendAttempt


def refused(
    session: Session,
    message_id: MessageId,
    code: int,
    *,
    from_number: int,
    organization_id: OrganizationId,
) -> int:
    """Count the requests for a message, from a number on, that were refused with a code."""
    counted = select(func.count()).where(
        col(WaSendAttempt.organization_id) == organization_id,
        col(WaSendAttempt.message_id) == message_id,
        col(WaSendAttempt.number) >= from_number,
        col(WaSendAttempt.error_code) == code,
    )
    return session.scalar(counted) or 0


_NEWEST = text(
    """
    select distinct on (message_id) message_id, error_code from wa_send_attempt
    where organization_id = :organization and message_id = any(:messages)
    order by message_id, number desc
    """
)


def newest_codes(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> dict[MessageId, int | None]:
    """Return Meta's code for the newest request for each message; those of which none was made are not in it."""
    given = {"organization": organization_id, "messages": list(message_ids)}
    return {MessageId(each): code for each, code in session.execute(_NEWEST, given)} if message_ids else {}


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of a request."""

    message_id: MessageId
    number: int
    outcome: str
    verdict: Verdict
    wamid: str | None = None
    error_code: int | None = None


_CLOSE = text(
    """
    update wa_send_attempt tried
    set outcome = done.outcome, verdict = done.verdict, finished_at = :now, error_code = done.error_code,
        wamid = coalesce(done.wamid, tried.wamid)
    from jsonb_to_recordset(cast(:rows as jsonb)) as done(
        message_id bigint, number int, outcome text, verdict text, wamid text, error_code int)
    where tried.organization_id = :organization and tried.message_id = done.message_id
      and tried.number = done.number and (tried.wamid is null or done.wamid is not null)
    """
)
"""A request that a status has already confirmed stays so, whatever its answer was."""

_RECENT = text(
    """
    select tried.message_id, tried.number, tried.finished_at from channel
    join wa_send_attempt tried on tried.channel_id = channel.id and tried.started_at > :started
    where channel.organization_id = :organization
      and (tried.finished_at is null or tried.finished_at > :finished)
    """
)


_BEGUN_WITH = text(
    """
    select count(distinct message.conversation_id) from channel
    join wa_send_attempt tried on tried.channel_id = channel.id and tried.started_at > :since
    join wa_message message on message.id = tried.message_id
    where channel.organization_id = :organization and tried.outcome = 'accepted' and message.type = 'template'
    """
)


def begun_with(session: Session, *, organization_id: OrganizationId, since: datetime) -> int:
    """Count the people whom the organization has sent a template since then, through any of its numbers."""
    return session.scalar(_BEGUN_WITH, {"organization": organization_id, "since": since}) or 0


_ANSWERED = text(
    """
    select count(*) filter (where verdict = 'throttled'), count(*) from (
        select verdict from wa_send_attempt
        where organization_id = :organization and channel_id = :channel and started_at > :since
          and outcome in ('accepted', 'refused', 'busy')
        order by started_at desc limit :most) as answered
    """
)


def throttled(
    session: Session, channel_id: ChannelId, *, organization_id: OrganizationId, since: datetime, most: int
) -> tuple[int, int]:
    """Count refusals for being too fast among a channel's newest answers, and those answers."""
    whose = {"organization": organization_id, "channel": channel_id}
    counted = session.execute(_ANSWERED, {**whose, "since": since, "most": most}).one()
    return int(counted[0]), int(counted[1])


def close(
    session: Session, done: Sequence[Closed], *, organization_id: OrganizationId, now: datetime
) -> None:
    """Note what became of requests."""
    if done:
        session.execute(_CLOSE, {"organization": organization_id, "now": now, "rows": as_rows(done)})


def recent(
    session: Session, *, organization_id: OrganizationId, started: datetime, finished: datetime
) -> list[tuple[MessageId, int, datetime | None]]:
    """Return requests that may still fill the window: started and finished since then, or not finished at all."""
    since = {"organization": organization_id, "started": started, "finished": finished}
    return [
        (MessageId(message_id), number, ended)
        for message_id, number, ended in session.execute(_RECENT, since)
    ]
