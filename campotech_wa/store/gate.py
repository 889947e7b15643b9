"""What the gate looks up, and the held rows of the outbox that it is to look at again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import HoldReason


@dataclass(frozen=True, slots=True)
class Held:
    """A message that is held, with what the gate asks of it; it is locked."""

    message_id: MessageId
    conversation_id: ConversationId
    type: str
    content: dict[str, Any] = field(repr=False)
    last_inbound_at: datetime | None
    blocked_at: datetime | None
    marketing_preference: str


_LINE = text(
    """
    select waba_id, coalesce(info -> 'number' ->> 'status', '') from channel
    where organization_id = :organization and id = :channel
    """
)

_KEPT = text(
    """
    select id from media_file
    where organization_id = :organization and id = any(:files) and deleted_at is null
    """
)

_HELD = text(
    """
    select message.id as message_id, entry.conversation_id, message.type, message.content,
           conversation.last_inbound_at, customer.blocked_at, customer.marketing_preference
    from wa_outbound_queue entry
    join wa_message message on message.id = entry.message_id
    join conversation on conversation.id = entry.conversation_id
    join customer on customer.id = conversation.customer_id
    where entry.organization_id = :organization and entry.channel_id = :channel and entry.state = 'held'
      and (entry.conversation_id = any(:conversations) or entry.due_at <= :now)
    order by entry.due_at, entry.id limit :limit
    for no key update of message skip locked
    """
)
"""The message is locked before its row, as everybody does; one that somebody else holds is passed over."""

_LOOK_LATER = text(
    """
    update wa_outbound_queue set due_at = :due
    where organization_id = :organization and message_id = any(:messages) and state = 'held'
    """
)

_LOOK_NOW = text(
    """
    update wa_outbound_queue entry set due_at = :now from channel
    where channel.organization_id = :organization and channel.waba_id = :waba
      and entry.channel_id = channel.id and entry.state = 'held' and entry.hold_reason = :reason
      and entry.due_at > :now
    """
)

_CHANNELS_DUE = text(
    """
    select distinct organization_id, channel_id from wa_outbound_queue where state = 'held' and due_at <= :now
    """
)


def line(
    session: Session, channel_id: ChannelId, *, organization_id: OrganizationId
) -> tuple[str, str] | None:
    """Return the WABA of a channel and Meta's word for the number, empty while it is unknown."""
    found = session.execute(_LINE, {"organization": organization_id, "channel": channel_id}).one_or_none()
    return found and (found[0], found[1])


def kept_files(
    session: Session, file_ids: Collection[int], *, organization_id: OrganizationId
) -> frozenset[int]:
    """Return which of these files there are still."""
    asked = {"organization": organization_id, "files": list(file_ids)}
    return frozenset(session.scalars(_KEPT, asked))


def held(
    session: Session,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    conversation_ids: Collection[ConversationId],
    now: datetime,
    limit: int,
) -> list[Held]:
    """Lock messages that are held: those of these conversations, and those that are to be looked at again by now."""
    whose = {"organization": organization_id, "channel": channel_id}
    asked = {"conversations": list(conversation_ids), "now": now, "limit": limit}
    return [Held(**row) for row in session.execute(_HELD, {**whose, **asked}).mappings()]


def look_later(
    session: Session,
    message_ids: Sequence[MessageId],
    *,
    organization_id: OrganizationId,
    due_at: datetime,
) -> None:
    """Leave held messages alone until a time."""
    later = {"messages": list(message_ids), "due": due_at}
    session.execute(_LOOK_LATER, {"organization": organization_id, **later})


def look_now(
    session: Session, reason: HoldReason, *, organization_id: OrganizationId, waba_id: str, now: datetime
) -> None:
    """Have the messages of an account that are held for a reason looked at again at once."""
    which = {"waba": waba_id, "reason": reason, "now": now}
    session.execute(_LOOK_NOW, {"organization": organization_id, **which})


def channels_due(session: Session, *, now: datetime) -> list[tuple[OrganizationId, ChannelId]]:
    """Return the channels with held messages to look at again; for the sweep, which serves every organization."""
    return [
        (OrganizationId(organization_id), ChannelId(channel_id))
        for organization_id, channel_id in session.execute(_CHANNELS_DUE, {"now": now})
    ]
