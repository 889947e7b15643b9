"""What the queue page reads of the outbox: how much waits of what, and which messages; at any length alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, MessageId, OrganizationId, UserId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.store import outbox_lines
from campotech_wa.tables.conversations import Conversation, Customer
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.outbox import OutboxEntry

MOST = 10_000
"""Rows of one kind that are counted; of more it is only said that there are more."""


class Shown(StrEnum):
    """A kind of message that the page can list."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    UNCONFIRMED = "unconfirmed"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a channel are of one kind; ``count`` is one more than ``MOST`` when there are more."""

    channel_id: int
    kind: str
    """waiting, scheduled, sending, unconfirmed or held."""
    lane: str
    priority: int
    hold_reason: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of the list, with its outbox row unless it has failed."""

    message: WaMessage
    customer: Customer
    entry: OutboxEntry | None


_COUNTS = text(
    """
    select channel.id, class.kind, class.lane, class.priority, counted.hold_reason, counted.count, counted.oldest
    from channel
    cross join (
        select kind, lane, priority
        from (values ('waiting'), ('scheduled'), ('sending'), ('unconfirmed'), ('held')) as kind(kind)
        cross join (values ('reply'), ('business')) as lane(lane)
        cross join (values (0), (1), (2)) as rank(priority)) as class
    cross join lateral (
        select hold_reason, count(*) as count, min(enters_at) as oldest from (
            select hold_reason, enters_at from wa_outbound_queue
            where channel_id = channel.id and lane = class.lane and priority = class.priority
              and state = case when class.kind in ('waiting', 'scheduled') then 'queued' else class.kind end
              and enters_at > case when class.kind = 'scheduled' then cast(:now as timestamptz) else '-infinity' end
              and enters_at <= case when class.kind = 'waiting' then cast(:now as timestamptz) else 'infinity' end
            order by enters_at limit :most) as rows
        group by hold_reason) as counted
    where channel.organization_id = :organization
    """
)
"""One look into the index for each kind, lane and priority, and no further than ``MOST`` rows."""


def counts(session: Session, *, organization_id: OrganizationId, now: datetime) -> Sequence[Count]:
    """Count what is in the outbox, by channel, kind, lane and priority; what is not there is not in the answer."""
    given = {"organization": organization_id, "now": now, "most": MOST + 1}
    return [Count(*row) for row in session.execute(_COUNTS, given)]


_LISTED = {
    Shown.WAITING: ("queued", "enters_at <= :now", "first.priority, first.enters_at, first.id"),
    Shown.SCHEDULED: ("queued", "enters_at > :now", "first.enters_at, first.id"),
    Shown.UNCONFIRMED: ("unconfirmed", "true", "first.enters_at, first.id"),
    Shown.HELD: ("held", "true", "first.enters_at, first.id"),
}


def _page(state: str, condition: str, order: str) -> str:
    """Return the statement for the first rows of a state, whatever their lane: each class gives its own first."""
    return f"""
        select first.id from channel
        cross join (values ('reply'), ('business')) as lane(lane)
        cross join (values (0), (1), (2)) as rank(priority)
        cross join lateral (
            select id, priority, enters_at from wa_outbound_queue
            where channel_id = channel.id and state = '{state}' and lane = lane.lane and priority = rank.priority
              and {condition}
            order by enters_at, id limit :limit) as first
        where channel.organization_id = :organization
        order by {order} limit :limit
        """  # noqa: S608  (constants of ours)


_PAGES = {shown: text(_page(*how)) for shown, how in _LISTED.items()}


def waiting(
    session: Session, shown: Shown, *, organization_id: OrganizationId, now: datetime, limit: int
) -> Sequence[Listed]:
    """Return the first messages of a kind that is in the outbox, in the order in which they leave."""
    given = {"organization": organization_id, "now": now, "limit": limit}
    ids = session.scalars(_PAGES[shown], given).all()
    found = (
        select(OutboxEntry, WaMessage, Customer)
        .join(WaMessage, col(WaMessage.id) == col(OutboxEntry.message_id))
        .join(Conversation, col(Conversation.id) == col(OutboxEntry.conversation_id))
        .join(Customer, col(Customer.id) == col(Conversation.customer_id))
        .where(col(OutboxEntry.organization_id) == organization_id, col(OutboxEntry.id).in_(ids))
    )
    by_id = {
        entry.id: Listed(message, customer, entry) for entry, message, customer in session.execute(found)
    }
    return [by_id[each] for each in ids if each in by_id]


_ENDED = text(
    """
    select line.message_id from wa_message_state as line
    join wa_message as message on message.id = line.message_id
    where line.organization_id = :organization and line.state in ('failed', 'unconfirmed')
      and line.state = any(:states) and line.recorded_at > :since
      and message.state = line.state and message.direction = 'outbound' and message.origin = 'desk'
      and not exists (
        select from wa_message_state as later
        where later.message_id = line.message_id and later.id > line.id and later.state = line.state)
      and not exists (select from wa_outbound_queue as entry where entry.message_id = line.message_id)
      and not exists (
        select from sms_message as letter
        where letter.message_id = line.message_id and letter.state in ('sent', 'delivered'))
    order by line.recorded_at desc limit :limit
    """
)
"""A message that failed again stands where it failed last; one that went by SMS is done: again would be twice."""


def ended(
    session: Session,
    *,
    organization_id: OrganizationId,
    since: datetime,
    limit: int,
    states: Sequence[MessageState] = (MessageState.FAILED, MessageState.UNCONFIRMED),
) -> Sequence[MessageId]:
    """Return the messages that failed since then, or of which nobody will know, newest first."""
    given = {"organization": organization_id, "since": since, "limit": limit, "states": list(states)}
    return [MessageId(each) for each in session.scalars(_ENDED, given)]


def with_customers(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> Sequence[Listed]:
    """Return messages with their customers, in the order they are named."""
    found = (
        select(WaMessage, Customer)
        .join(Conversation, col(Conversation.id) == col(WaMessage.conversation_id))
        .join(Customer, col(Customer.id) == col(Conversation.customer_id))
        .where(col(WaMessage.organization_id) == organization_id, col(WaMessage.id).in_(message_ids))
    )
    by_id = {message.id: Listed(message, customer, None) for message, customer in session.execute(found)}
    return [by_id[each] for each in message_ids if each in by_id]


_AHEAD = text(
    """
    select coalesce(sum(ahead.count), 0) from (values ('reply'), ('business')) as lane(lane)
    cross join generate_series(0, :priority) as rank(priority)
    cross join lateral (
        select count(*) as count from (
            select from wa_outbound_queue
            where channel_id = :channel and organization_id = :organization and state = 'queued'
              and lane = lane.lane and priority = rank.priority
              and enters_at < case when rank.priority < :priority then :now else :before end
            limit :most) as rows) as ahead
    """
)


def ahead(
    session: Session,
    channel_id: ChannelId,
    *,
    organization_id: OrganizationId,
    priority: int,
    enters_at: datetime,
    now: datetime,
) -> int:
    """Count the messages of a channel that leave before one of this place."""
    given = {
        "organization": organization_id,
        "channel": channel_id,
        "priority": priority,
        "before": min(enters_at, now),
        "now": now,
        "most": MOST,
    }
    return int(session.scalar(_AHEAD, given) or 0)


_LOCK_WAITING = text(
    """
    select message.id from wa_outbound_queue entry join wa_message message on message.id = entry.message_id
    where entry.channel_id = :channel and entry.organization_id = :organization and entry.state = 'queued'
      and entry.lane = :lane and entry.priority = :priority and entry.enters_at <= :before
    order by entry.enters_at, entry.id limit :limit
    for no key update of message skip locked
    """
)
"""The message is locked before its row, as everybody does; one that somebody else holds is passed over."""

_TAKE = text(
    """
    delete from wa_outbound_queue
    where organization_id = :organization and message_id = any(:messages) and state = 'queued'
    returning message_id, conversation_id
    """
)


def take_waiting(
    session: Session,
    channel_id: ChannelId,
    *,
    organization_id: OrganizationId,
    lane: str,
    priority: int,
    before: datetime,
    limit: int,
) -> Sequence[tuple[MessageId, int]]:
    """Take messages out that wait and were asked for before then; returns them with their conversations."""
    given = {
        "organization": organization_id,
        "channel": channel_id,
        "lane": lane,
        "priority": priority,
        "before": before,
        "limit": limit,
    }
    message_ids = session.scalars(_LOCK_WAITING, given).all()
    outbox_lines.enter(session, message_ids)
    taken = session.execute(_TAKE, {"organization": organization_id, "messages": list(message_ids)})
    return [(MessageId(message), conversation) for message, conversation in taken]


_CANCEL = text(
    """
    with cancelled as (
        update wa_message set state = 'cancelled'
        where organization_id = :organization and id = any(:messages) and state = 'queued' returning id)
    insert into wa_message_state (organization_id, message_id, state, at, source, report)
    select :organization, id, 'cancelled', :now, 'desk', jsonb_build_object('by', cast(:by as bigint)) from cancelled
    """
)


def note_cancelled(
    session: Session,
    message_ids: Sequence[MessageId],
    *,
    organization_id: OrganizationId,
    by: UserId | None,
    now: datetime,
) -> None:
    """Note that messages which have been taken out of the outbox are cancelled, and by whom."""
    noted = {"messages": list(message_ids), "by": by, "now": now}
    session.execute(_CANCEL, {"organization": organization_id, **noted})
