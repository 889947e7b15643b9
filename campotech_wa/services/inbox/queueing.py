"""What of a thread waits in the outbox: its messages go in, where each stands there and why come out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain import locale, queue_words
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import HoldReason, OutboxState
from campotech_wa.store import attempts, outbox
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.outbox import OutboxEntry
from campotech_wa.views import Waiting

Codes = Mapping[MessageId, int | None]
"""What Meta said of messages that are to be tried again; None where it did not answer."""

_MENDABLE = frozenset({HoldReason.TEMPLATE, HoldReason.CHANNEL})
"""What somebody may have put right just now; whatever else holds a message, to ask again would be refused."""

_IN_OUTBOX = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Queued:
    """What of a thread is in the outbox, by message."""

    entries: Mapping[MessageId, OutboxEntry] = field(default_factory=dict[MessageId, OutboxEntry])
    codes: Codes = field(default_factory=dict[MessageId, int | None])


def of(session: Session, shown: Iterable[WaMessage], actor: Actor) -> Queued:
    """Return what of the messages on the screen is in the outbox."""
    ours = (each for each in shown if each.direction == "outbound" and each.state in _IN_OUTBOX)
    ids = [MessageId(each.id or 0) for each in ours]
    entries = outbox.of_messages(session, ids, organization_id=actor.organization_id)
    return Queued(entries, codes(session, entries.values(), organization_id=actor.organization_id))


def codes(session: Session, entries: Iterable[OutboxEntry], *, organization_id: OrganizationId) -> Codes:
    """Return what Meta said of those that are to be tried again."""
    postponed = [
        MessageId(entry.message_id)
        for entry in entries
        if entry.state == OutboxState.QUEUED and entry.due_at > entry.enters_at
    ]
    return attempts.newest_codes(session, postponed, organization_id=organization_id)


def can_be_asked_again(held: OutboxEntry) -> bool:
    """Tell whether a held message may leave because a person asks for it."""
    return held.hold_reason in _MENDABLE


def waiting(message: WaMessage, queued: Queued, actor: Actor, *, now: datetime) -> Waiting | None:
    """Say where a message stands that has not left; None for any other."""
    words, entry = actor.locale, queued.entries.get(MessageId(message.id or 0))
    if message.state == MessageState.CANCELLED:
        return Waiting("cancelled", queue_words.standing("cancelled", locale=words))
    if entry is None:
        is_lost = message.direction == "outbound" and message.state == MessageState.UNCONFIRMED
        lost = queue_words.standing("lost", locale=words)
        return Waiting("unconfirmed", lost, can_retry=True, is_risky=True) if is_lost else None
    if entry.state == OutboxState.UNCONFIRMED:
        at = locale.stamp(entry.due_at, now=now, zone=actor.timezone)
        says = queue_words.standing("unconfirmed", locale=words, at=at)
        return Waiting("unconfirmed", says, can_retry=True, is_risky=True)
    if entry.state == OutboxState.SENDING:
        return Waiting("sending")
    return _still_here(message, entry, queued, actor, now=now)


def _still_here(
    message: WaMessage, entry: OutboxEntry, queued: Queued, actor: Actor, *, now: datetime
) -> Waiting:
    """Say it of a message that can still be taken back."""
    words, message_id, is_text = actor.locale, MessageId(message.id or 0), message.type == "text"
    at = locale.stamp(entry.due_at, now=now, zone=actor.timezone)
    if entry.state == OutboxState.HELD:
        says = queue_words.held(entry.hold_reason, locale=words)
        again = can_be_asked_again(entry)
        return Waiting("held", says, can_cancel=True, can_change=is_text, can_retry=again)
    if entry.enters_at > now:
        says = queue_words.standing("later", locale=words, at=at)
        return Waiting("later", says, can_cancel=True, can_change=is_text, can_send_now=True)
    if message_id not in queued.codes:
        return Waiting("queued", can_cancel=True, can_change=is_text)
    says = queue_words.postponed(queued.codes[message_id], locale=words, at=at if entry.due_at > now else "")
    return Waiting("retried", says, can_cancel=True, can_change=is_text)
