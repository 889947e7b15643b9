"""What the gate looks up, and the held rows of the outbox that it is to look at again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OrganizationId
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.store.recordset import as_rows


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


_SENDER = text(
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

_HELD = """
    select message.id as message_id, entry.conversation_id, message.type, message.content,
           conversation.last_inbound_at, customer.blocked_at, customer.marketing_preference
    from wa_outbound_queue entry
    join wa_message message on message.id = entry.message_id
    join conversation on conversation.id = entry.conversation_id
    join customer on customer.id = conversation.customer_id
    where entry.organization_id = :organization and entry.channel_id = :channel and entry.state = 'held'
"""
_LOCK = "for no key update of message skip locked"
"""The message is locked before its row, as everybody does; one that somebody else holds is passed over."""

_HELD_IN = text(
    f"{_HELD} and entry.conversation_id = any(:conversations) order by entry.id limit :limit {_LOCK}"
)
_HELD_DUE = text(f"{_HELD} and entry.due_at <= :now order by entry.due_at limit :limit {_LOCK}")

_KEEP = text(
    """
    update wa_outbound_queue entry set hold_reason = kept.reason, due_at = kept.due_at
    from jsonb_to_recordset(cast(:rows as jsonb)) as kept(message_id bigint, reason text, due_at timestamptz)
    where entry.organization_id = :organization and entry.message_id = kept.message_id and entry.state = 'held'
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
    select organization_id, id from channel
    where exists (
        select from wa_outbound_queue where channel_id = channel.id and state = 'held' and due_at <= :now)
    """
)


def sender(
    session: Session, channel_id: ChannelId, *, organization_id: OrganizationId
) -> tuple[str, str] | None:
    """Return the WABA of a channel and Meta's word for the number, empty while it is unknown."""
    found = session.execute(_SENDER, {"organization": organization_id, "channel": channel_id}).one_or_none()
    return found and (found[0], found[1])


def kept_files(
    session: Session, file_ids: Collection[int], *, organization_id: OrganizationId
) -> frozenset[int]:
    """Return which of these files there are still."""
    asked = {"organization": organization_id, "files": list(file_ids)}
    return frozenset(session.scalars(_KEPT, asked))


def held_in(
    session: Session,
    conversation_ids: Collection[ConversationId],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    limit: int,
) -> list[Held]:
    """Lock messages of these conversations that are held."""
    whose = {"organization": organization_id, "channel": channel_id}
    asked = {"conversations": list(conversation_ids), "limit": limit}
    return [Held(**row) for row in session.execute(_HELD_IN, {**whose, **asked}).mappings()]


def held_due(
    session: Session, *, organization_id: OrganizationId, channel_id: ChannelId, now: datetime, limit: int
) -> list[Held]:
    """Lock held messages that are to be looked at again by now."""
    asked = {"organization": organization_id, "channel": channel_id, "now": now, "limit": limit}
    return [Held(**row) for row in session.execute(_HELD_DUE, asked).mappings()]


def keep(
    session: Session,
    held: Sequence[tuple[MessageId, HoldReason, datetime]],
    *,
    organization_id: OrganizationId,
) -> None:
    """Leave messages held, each for its reason of now and until its next look."""
    rows = as_rows(
        {"message_id": message_id, "reason": reason, "due_at": due_at} for message_id, reason, due_at in held
    )
    session.execute(_KEEP, {"organization": organization_id, "rows": rows})


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
