"""Rows of the outbox without the services above it: what tests of the store put in and look at."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.store import claims, outbox
from campotech_wa.store.claims import Class, Head
from campotech_wa.store.transaction import transaction
from tests.integration.desk import change, one, rows

ORGANIZATION, CHANNEL = OrganizationId(1), ChannelId(1)
EPOCH = datetime(2026, 7, 1, tzinfo=UTC)
"""Far enough in the past that everything is due."""
LATER = datetime(2099, 1, 1, tzinfo=UTC)
EVERYTHING = [Class(lane, priority, 1000) for priority in Priority for lane in (Lane.REPLY, Lane.BUSINESS)]


def second(number: float) -> datetime:
    """Return a moment of the story."""
    return EPOCH + timedelta(seconds=number)


def conversations(count: int) -> list[ConversationId]:
    """Make customers with a conversation each; every window is open."""
    change(
        """
        with someone as (
            insert into customer (organization_id, match_key, confirmed, profile_name, contact_name, wa_id,
                   marketing_preference)
            select 1, n, true, 'C' || n, '', '54911' || (20000000 + n), '' from generate_series(1, :count) as n
            returning id)
        insert into conversation (organization_id, channel_id, customer_id, last_message_at, last_inbound_at,
               last_preview, last_direction, unread_count)
        select 1, 1, id, now(), now(), '', 'inbound', 0 from someone order by id
        """,
        count=count,
    )
    return [ConversationId(row["id"]) for row in rows("select id from conversation order by id")]


def message(conversation_id: ConversationId, *, lane: Lane = Lane.REPLY) -> MessageId:
    """Write a message that is in no line yet."""
    change(
        """insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content,
               envelope, state, error_detail, priority, sent_at)
           values (1, 1, :conversation, 'outbound', 'desk', :type, '{"body": "a"}', '{}', 'queued', '', 1, now())""",
        conversation=conversation_id,
        type="template" if lane is Lane.BUSINESS else "text",
    )
    return MessageId(one("select max(id) from wa_message"))


def put(
    session: Session,
    conversation_id: ConversationId,
    message_id: MessageId,
    *,
    lane: Lane = Lane.REPLY,
    priority: Priority = Priority.NORMAL,
    enters_at: datetime = EPOCH,
) -> None:
    """Give a message its row."""
    outbox.add(
        session,
        organization_id=ORGANIZATION,
        channel_id=CHANNEL,
        conversation_id=conversation_id,
        message_id=message_id,
        lane=lane,
        priority=priority,
        enters_at=enters_at,
        now=EPOCH,
    )


def queued(conversation_id: ConversationId, *, lane: Lane = Lane.REPLY, **more: Any) -> MessageId:
    """Write a message and give it its row."""
    message_id = message(conversation_id, lane=lane)
    with transaction() as tx:
        put(tx.session, conversation_id, message_id, lane=lane, **more)
    return message_id


def claimed(
    now: datetime | None = None, *, limit: int = 1000, classes: Sequence[Class] = EVERYTHING
) -> list[Head]:
    """Claim what may leave; returns what was got, in the order of claiming."""
    at = now or datetime.now(UTC)
    with transaction() as tx:
        found = claims.heads(
            tx.session, classes, organization_id=ORGANIZATION, channel_id=CHANNEL, now=at, limit=limit
        )
        return take(tx.session, found, at)


def take(session: Session, found: Sequence[Head], at: datetime) -> list[Head]:
    """Take heads that were found, for a minute."""
    got = claims.take(
        session,
        found,
        organization_id=ORGANIZATION,
        channel_id=CHANNEL,
        now=at,
        lease_until=at + timedelta(minutes=1),
    )
    return [head for head in found if head.message_id in got]


def heads() -> list[MessageId]:
    """Return the messages whose turn it is, by conversation and priority."""
    query = "select message_id from wa_outbound_queue where is_head order by conversation_id, priority"
    return [MessageId(row["message_id"]) for row in rows(query)]


def headless() -> int:
    """Count the lines in which somebody waits and whose turn it is nobody's."""
    return int(
        one(
            """select count(*) from (
                   select from wa_outbound_queue where state <> 'held'
                   group by conversation_id, priority having not bool_or(is_head)) as lines"""
        )
    )
