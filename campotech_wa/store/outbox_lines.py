"""The lines of the outbox: whose turn is next, for each customer and priority.

Only the head of a line may leave, and it stays the head until its outcome is known: so a customer gets messages in
the order they were asked for. The head is marked, so that a claim costs the same however long the lines are.
"""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, ConversationId

_LOCK_KIND = 7
"""Of the advisory locks: the lines of a conversation."""

_LOCK = text(
    """
    select pg_advisory_xact_lock(:kind, line) from (
        select distinct (id % 2147483647)::int as line from unnest(cast(:conversations as bigint[])) as of(id)
        order by line
    ) as lines
    """
)
"""Whoever adds to a line and whoever takes from it wait for each other: else each could leave the marking of the new
head to the other, and nobody would mark it. Always the last lock of a transaction, and always in the same order."""

_LOCK_OF = text(
    """
    select pg_advisory_xact_lock(:kind, line) from (
        select distinct (conversation_id % 2147483647)::int as line from wa_outbound_queue
        where message_id = any(:messages) order by line
    ) as lines
    """
)

_RANKED = """
    unnest(cast(:conversations as bigint[])) as line(id)
    cross join (values (0), (1), (2)) as rank(priority)
"""

_UNMARK = text(
    f"""
    update wa_outbound_queue set is_head = false where state in ('queued', 'held') and id in (
        select marked.id from {_RANKED}
        join wa_outbound_queue marked
          on marked.conversation_id = line.id and marked.priority = rank.priority and marked.is_head
        where marked.state = 'held' or marked.state = 'queued' and exists (
            select from wa_outbound_queue earlier
            where earlier.conversation_id = line.id and earlier.priority = rank.priority
              and earlier.state <> 'held'
              and (earlier.enters_at, earlier.id) < (marked.enters_at, marked.id)))
    """  # noqa: S608  (a constant of ours)
)
"""A row that is held lets others pass, and so does one scheduled for later. One on its way stays the head.

Its state is asked twice: where a claim has just taken the row, PostgreSQL looks again at the outer condition only.
"""

_MARK = text(
    f"""
    update wa_outbound_queue set is_head = true where id in (
        select first.id from {_RANKED}
        cross join lateral (
            select id from wa_outbound_queue waiting
            where waiting.conversation_id = line.id and waiting.priority = rank.priority
              and waiting.state <> 'held'
            order by waiting.enters_at, waiting.id limit 1) as first
        where not exists (
            select from wa_outbound_queue marked
            where marked.conversation_id = line.id and marked.priority = rank.priority and marked.is_head))
    """  # noqa: S608  (a constant of ours)
)

_HEADLESS = text(
    """
    select conversation.id, conversation.channel_id from (
        select conversation_id, priority from wa_outbound_queue where state <> 'held'
        except
        select conversation_id, priority from wa_outbound_queue where is_head
        limit :limit) as line
    join conversation on conversation.id = line.conversation_id
    """
)
"""Two indexes are read beside each other, in their order: a quarter of a second for a million rows."""


def enter(session: Session, message_ids: Iterable[int]) -> None:
    """Lock the lines of messages, which the caller has locked, before their rows change.

    Whoever settles a line may be about to mark such a row, or to take its mark off: it would wait for the row, and
    its holder for the line. Only who takes what leaves, and settles nothing, need not enter.
    """
    session.execute(_LOCK_OF, {"kind": _LOCK_KIND, "messages": sorted(message_ids)})


def lock(session: Session, conversation_ids: Iterable[int]) -> None:
    """Lock the lines of conversations, as ``enter`` does: all that a transaction needs at once, so in one order."""
    session.execute(_LOCK, {"kind": _LOCK_KIND, "conversations": sorted(set(conversation_ids))})


def settle(session: Session, conversation_ids: Iterable[int]) -> None:
    """Mark the heads of these conversations' lines anew; the last thing to do in a transaction that changed them."""
    lines = {"conversations": sorted(set(conversation_ids))}
    if not lines["conversations"]:
        return
    session.flush()
    lock(session, lines["conversations"])
    session.execute(_UNMARK, lines)
    session.execute(_MARK, lines)


def headless(session: Session, *, limit: int) -> set[tuple[ConversationId, ChannelId]]:
    """Return conversations, each with its channel, where somebody waits and it is nobody's turn: a fault, if any."""
    found = session.execute(_HEADLESS, {"limit": limit})
    return {(ConversationId(conversation), ChannelId(channel)) for conversation, channel in found}
