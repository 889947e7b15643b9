"""Give a written message its place in the outbox and its lines in the history, and tell who waits for it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import lane_of
from campotech_wa.meta.shapes import as_object
from campotech_wa.services.compose import schedule
from campotech_wa.services.compose.drafts import Draft
from campotech_wa.signals import jobs, live
from campotech_wa.store import messages, outbox
from campotech_wa.store.transaction import Transaction
from campotech_wa.tables.messages import WaMessageState


def note(
    session: Session, actor: Actor, message_id: MessageId, state: MessageState, **what: dict[str, Any]
) -> None:
    """Add a line about what a person or a product did with a message: who, and what it said before a change."""
    messages.add_state(
        session,
        message_id,
        state,
        organization_id=actor.organization_id,
        at=clock.now(),
        source="desk",
        report={"by": actor.user_id, **what},
    )


def former(line: WaMessageState) -> dict[str, Any]:
    """Return what a message said before the change that a line of its history tells of, if it tells of one."""
    return as_object(line.report.get("before")) if line.source == "desk" else {}


def queue(
    session: Session,
    actor: Actor,
    channel_id: ChannelId,
    conversation_id: ConversationId,
    message_id: MessageId,
    draft: Draft,
    *,
    enters_at: datetime | None = None,
) -> None:
    """Give a message its row in the outbox; the last thing to do in a transaction, for the lock of its lines."""
    now = clock.now()
    outbox.add(
        session,
        organization_id=actor.organization_id,
        channel_id=channel_id,
        conversation_id=conversation_id,
        message_id=message_id,
        lane=lane_of(draft.type),
        priority=draft.priority,
        enters_at=enters_at or schedule.departure(draft.send_at, now=now),
        now=now,
    )


def announce(tx: Transaction, actor: Actor, channel_id: ChannelId, conversation_id: ConversationId) -> None:
    """Wake the drain and the pages once everything is committed; what a person writes overtakes the rest."""
    tx.after_commit(jobs.wake_urgently if actor.user_id else jobs.wake_drain, channel_id)
    tx.after_commit(live.publish, live.Changed(actor.organization_id, conversation_id))
