"""Claims on the outbox: what may leave a channel now, given to one worker for as long as a lease."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import HoldReason, Lane, OutboxState, Priority
from campotech_wa.store import outbox_lines
from campotech_wa.store.recordset import as_rows


@dataclass(frozen=True, slots=True)
class Class:
    """One kind of traffic, and how much of it may leave now."""

    lane: Lane
    priority: Priority
    room: int


@dataclass(frozen=True, slots=True)
class Head:
    """A message at the head of its line, with all that a request for it needs; its row is locked."""

    entry_id: int
    conversation_id: ConversationId
    message_id: MessageId
    lane: Lane
    priority: Priority
    attempts: int
    asked_after: int
    enters_at: datetime
    type: str
    content: dict[str, Any] = field(repr=False)
    envelope: dict[str, Any] = field(repr=False)
    last_attempt: int
    last_inbound_at: datetime | None
    customer_id: int
    wa_id: str | None = field(repr=False)
    is_confirmed: bool
    link_user_id: str | None = field(repr=False)
    link_wa_id: str | None = field(repr=False)
    link_send_to: str = field(repr=False)
    blocked_at: datetime | None
    marketing_preference: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A row whose lease or grace period is over."""

    entry_id: int
    conversation_id: ConversationId
    message_id: MessageId
    organization_id: OrganizationId
    state: OutboxState
    priority: Priority
    attempts: int
    enters_at: datetime
    last_attempt: int


_HEADS = text(
    """
    with class as (
        select * from jsonb_to_recordset(cast(:classes as jsonb)) as of(lane text, priority int, room int)
    ), candidate as (
        select due.id, class.priority, class.lane, due.due_at from class
        cross join lateral (
            select id, due_at from wa_outbound_queue
            where channel_id = :channel and lane = class.lane and priority = class.priority
              and is_head and state = 'queued' and due_at <= :now
            order by due_at, id limit class.room) as due
        order by class.priority, class.lane desc, due.due_at, due.id limit :limit
    )
    select entry.id as entry_id, entry.conversation_id, entry.message_id, entry.lane, entry.priority, entry.attempts,
           entry.asked_after, entry.enters_at, message.type, message.content, message.envelope,
           coalesce((select max(number) from wa_send_attempt where message_id = message.id), 0) as last_attempt,
           conversation.last_inbound_at, conversation.customer_id, customer.wa_id,
           customer.confirmed as is_confirmed, link.user_id as link_user_id, link.wa_id as link_wa_id,
           coalesce(link.send_to, '') as link_send_to, customer.blocked_at, customer.marketing_preference
    from candidate
    join wa_outbound_queue entry on entry.id = candidate.id
    join wa_message message on message.id = entry.message_id
    join conversation on conversation.id = entry.conversation_id
    join customer on customer.id = conversation.customer_id
    left join lateral (
        select user_id, wa_id, send_to from customer_link
        where customer_id = conversation.customer_id and channel_id = :channel
        order by seen_at desc, id desc limit 1) as link on true
    where entry.organization_id = :organization
    order by candidate.priority, candidate.lane desc, candidate.due_at, candidate.id
    for no key update of message skip locked
    """
)
"""The message is locked before its row, as everybody does; one that somebody else holds is passed over."""

_TAKE = text(
    """
    with chosen as (
        select * from jsonb_to_recordset(cast(:rows as jsonb)) as of(entry_id bigint, message_id bigint, number int)
    ), taken as (
        update wa_outbound_queue entry set state = 'sending', attempts = attempts + 1, due_at = :lease
        from chosen
        where entry.id = chosen.entry_id and entry.state = 'queued' and entry.is_head and entry.due_at <= :now
        returning entry.message_id, chosen.number
    ), tried as (
        insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, outcome)
        select :organization, :channel, message_id, number, :now, 'pending' from taken
    ), told as (
        insert into wa_message_state (organization_id, message_id, state, at, source, report)
        select :organization, message_id, 'sending', :now, 'engine', '{}' from taken
    ), moved as (
        update wa_message set state = 'sending' from taken
        where wa_message.id = taken.message_id and wa_message.state in ('queued', 'unconfirmed')
    )
    select message_id from taken
    """
)

_GIVE_BACK = text(
    """
    with given as (
        select * from jsonb_to_recordset(cast(:rows as jsonb))
            as of(message_id bigint, number int, due_at timestamptz)
    ), locked as materialized (
        select id from wa_message where organization_id = :organization and id in (select message_id from given)
        order by id for no key update
    ), untried as (
        delete from wa_send_attempt tried using given join locked on locked.id = given.message_id
        where tried.organization_id = :organization and tried.message_id = given.message_id
          and tried.number = given.number and tried.outcome = 'pending'
        returning tried.message_id
    ), untold as (
        delete from wa_message_state where id in (
            select max(line.id) from wa_message_state line join untried on untried.message_id = line.message_id
            where line.state = 'sending' group by line.message_id)
    ), waiting as (
        update wa_message set state = 'queued' from untried
        where wa_message.id = untried.message_id and wa_message.state = 'sending'
    )
    update wa_outbound_queue entry set state = 'queued', attempts = attempts - 1, due_at = given.due_at
    from given join untried using (message_id)
    where entry.message_id = given.message_id and entry.state = 'sending'
    """
)
"""The message is locked before its row, as everybody does: a merge, which waits for nobody, may hold it."""

_HOLD = text(
    """
    update wa_outbound_queue entry set state = 'held', hold_reason = given.reason
    from jsonb_to_recordset(cast(:rows as jsonb)) as given(message_id bigint, reason text)
    where entry.message_id = given.message_id and entry.organization_id = :organization and entry.state = 'queued'
    """
)

_EXTEND = text(
    """
    update wa_outbound_queue entry set due_at = :lease
    from jsonb_to_recordset(cast(:rows as jsonb)) as kept(message_id bigint, number int)
    join wa_send_attempt tried on tried.message_id = kept.message_id and tried.number = kept.number
    where entry.message_id = kept.message_id and entry.organization_id = :organization
      and entry.state = 'sending' and tried.outcome = 'pending'
    returning entry.message_id
    """
)
"""Only of a request that nobody has taken for lost: its row may be another worker's by now."""

_OWED = text(
    """
    select entry.id as entry_id, entry.conversation_id, entry.message_id, entry.organization_id, entry.state,
           entry.priority, entry.attempts, entry.enters_at,
           coalesce((select max(number) from wa_send_attempt where message_id = entry.message_id), 0) as last_attempt
    from wa_outbound_queue entry join wa_message message on message.id = entry.message_id
    where entry.channel_id = :channel and entry.state = any(:states)
      and entry.state in ('sending', 'unconfirmed') and entry.due_at <= :now
    order by entry.due_at limit :limit
    for no key update of message skip locked
    """
)

_STATES_OWED = text(
    """
    select distinct state from wa_outbound_queue
    where channel_id = :channel and state in ('sending', 'unconfirmed') and due_at <= :now
    """
)

_POSTPONE = text(
    """
    update wa_outbound_queue entry
    set state = given.state, due_at = given.due_at, attempts = entry.attempts - given.uncounted
    from jsonb_to_recordset(cast(:rows as jsonb))
        as given(message_id bigint, state text, due_at timestamptz, uncounted int)
    where entry.message_id = given.message_id and entry.organization_id = :organization
    """
)

_BRING_FORWARD = text(
    """
    with refused as (
        select message.id from (values ('reply'), ('business')) as road(lane)
        cross join (values (0), (1), (2)) as rank(priority)
        join wa_outbound_queue entry on entry.channel_id = :channel and entry.organization_id = :organization
          and entry.lane = road.lane and entry.priority = rank.priority and entry.is_head
          and entry.state = 'queued' and entry.due_at > :now and entry.due_at <= :until
        join wa_message message on message.id = entry.message_id
        where entry.enters_at <= :now and (
            select verdict from wa_send_attempt where message_id = message.id order by number desc limit 1
        ) in ('denied', 'barred')
        for no key update of message skip locked)
    update wa_outbound_queue entry set due_at = :now from refused
    where entry.message_id = refused.id and entry.is_head and entry.state = 'queued'
    """
)


def heads(
    session: Session,
    classes: Sequence[Class],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    limit: int,
) -> list[Head]:
    """Lock what may leave now, at most one message of each line, what is most urgent first."""
    asked = {"classes": as_rows(classes), "now": now, "limit": limit}
    found = session.execute(_HEADS, {"organization": organization_id, "channel": channel_id, **asked})
    return [_head(row) for row in found.mappings()]


def take(
    session: Session,
    chosen: Sequence[Head],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    lease_until: datetime,
) -> frozenset[MessageId]:
    """Give heads to the caller until the lease ends, and note that a request for each is about to leave.

    Returns those it got: a row that went meanwhile stays out.
    """
    rows = as_rows(
        {"entry_id": head.entry_id, "message_id": head.message_id, "number": head.last_attempt + 1}
        for head in chosen
    )
    whose = {"organization": organization_id, "channel": channel_id}
    got = session.scalars(_TAKE, {**whose, "rows": rows, "now": now, "lease": lease_until})
    return frozenset(MessageId(message_id) for message_id in got)


def give_back(
    session: Session,
    unsent: Sequence[tuple[MessageId, int, datetime]],
    *,
    organization_id: OrganizationId,
) -> None:
    """Put claimed messages back, each until its time, as if nobody had tried: no request for them has left."""
    rows = as_rows(
        {"message_id": message_id, "number": number, "due_at": due_at}
        for message_id, number, due_at in unsent
    )
    session.execute(_GIVE_BACK, {"organization": organization_id, "rows": rows})


def hold(
    session: Session, held: Sequence[tuple[MessageId, HoldReason]], *, organization_id: OrganizationId
) -> None:
    """Hold rows back that lack something; the caller settles their lines."""
    outbox_lines.enter(session, [message_id for message_id, _ in held])
    rows = as_rows({"message_id": message_id, "reason": reason} for message_id, reason in held)
    session.execute(_HOLD, {"organization": organization_id, "rows": rows})


def extend(
    session: Session,
    kept: Collection[tuple[MessageId, int]],
    *,
    organization_id: OrganizationId,
    lease_until: datetime,
) -> frozenset[MessageId]:
    """Keep messages for longer, each by the number of its request; returns those that are still the caller's."""
    rows = as_rows({"message_id": message_id, "number": number} for message_id, number in kept)
    extended = {"organization": organization_id, "rows": rows, "lease": lease_until}
    return frozenset(map(MessageId, session.scalars(_EXTEND, extended)))


def states_owed(session: Session, channel_id: ChannelId, *, now: datetime) -> frozenset[OutboxState]:
    """Tell whether a channel has rows whose worker died, or rows without a sign of life for too long."""
    found = session.scalars(_STATES_OWED, {"channel": channel_id, "now": now})
    return frozenset(map(OutboxState, found))


def owed(
    session: Session,
    channel_id: ChannelId,
    states: Collection[OutboxState],
    *,
    now: datetime,
    limit: int,
) -> list[Owed]:
    """Lock rows whose lease, or whose grace period, is over."""
    asked = {"channel": channel_id, "states": list(states), "now": now, "limit": limit}
    found = session.execute(_OWED, asked)
    return [_owed(row) for row in found.mappings()]


def postpone(
    session: Session,
    waiting: Sequence[tuple[MessageId, OutboxState, datetime, bool]],
    *,
    organization_id: OrganizationId,
) -> None:
    """Let messages wait: to be sent again, or for a sign of life; the last value tells whether the try counts."""
    outbox_lines.enter(session, [message_id for message_id, *_ in waiting])
    rows = as_rows(
        {"message_id": message_id, "state": state, "due_at": due_at, "uncounted": int(not counts)}
        for message_id, state, due_at, counts in waiting
    )
    session.execute(_POSTPONE, {"organization": organization_id, "rows": rows})


def bring_forward(
    session: Session,
    channel_id: ChannelId,
    *,
    organization_id: OrganizationId,
    now: datetime,
    until: datetime,
) -> None:
    """Make due what was refused for the state of the channel and would wait no longer than ``until``."""
    whose = {"organization": organization_id, "channel": channel_id}
    session.execute(_BRING_FORWARD, {**whose, "now": now, "until": until})


def _head(row: RowMapping) -> Head:
    typed: dict[str, Any] = {**row, "lane": Lane(row["lane"]), "priority": Priority(row["priority"])}
    return Head(**typed)


def _owed(row: RowMapping) -> Owed:
    typed: dict[str, Any] = {**row, "state": OutboxState(row["state"]), "priority": Priority(row["priority"])}
    return Owed(**typed)
