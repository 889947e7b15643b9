"""Do to many messages at once what a person would do to each: cancel what waits, send again what failed."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from campotech_wa import clock
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, MessageId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services import compose
from campotech_wa.signals import live
from campotech_wa.store import outbox_lines, queue
from campotech_wa.store.transaction import Transaction, patiently, reading

log = logging.getLogger(__name__)

BATCH = 500
"""Messages of one transaction: a larger one would hold its locks for too long."""

RECENT = timedelta(days=1)
"""What failed before that has been seen, or has lost its meaning."""

MOST_AGAIN = 1000
"""Messages of one press of the button."""


@dataclass(frozen=True, slots=True)
class Again:
    """How many messages are sent again, and how many can not be."""

    sent: int
    refused: int


def cancel_waiting(actor: Actor, channel_id: ChannelId, lane: str, priority: int, *, before: datetime) -> int:
    """Cancel what waits of a lane and priority and was asked for before then; returns how many.

    What a person saw is what they cancel: a message that came later waits on.

    Raises:
        NotAllowed, InvalidInput: nothing changed.
    """
    actor.require(Permission.OPERATE)
    if lane not in set(Lane) or priority not in set(Priority):
        raise InvalidInput("unknown_value", field="lane", detail="No such lane and priority.")
    total = 0
    while True:
        done = patiently(lambda tx: _cancel_some(tx, actor, channel_id, Lane(lane), priority, before))
        total += done
        if done < BATCH:
            break
    live.publish(live.Changed(actor.organization_id))
    log.info("waiting messages cancelled", extra={"channel_id": channel_id, "count": total})
    return total


def retry_ended(actor: Actor) -> Again:
    """Send again what failed within a day, each message once; what has lost its window stays failed.

    Raises:
        NotAllowed: nothing changed.
    """
    actor.require(Permission.OPERATE)
    with reading() as session:
        ended = queue.ended(
            session,
            organization_id=actor.organization_id,
            since=clock.now() - RECENT,
            limit=MOST_AGAIN,
            states=(MessageState.FAILED,),
        )
    sent = sum(_again(actor, message_id) for message_id in ended)
    return Again(sent, len(ended) - sent)


def _again(actor: Actor, message_id: MessageId) -> bool:
    try:
        compose.retry(actor, message_id)
    except (InvalidInput, NotFound):
        return False
    return True


def _cancel_some(
    tx: Transaction, actor: Actor, channel_id: ChannelId, lane: Lane, priority: int, before: datetime
) -> int:
    taken = queue.take_waiting(
        tx.session,
        channel_id,
        organization_id=actor.organization_id,
        lane=lane,
        priority=priority,
        before=before,
        limit=BATCH,
    )
    queue.note_cancelled(
        tx.session,
        [message_id for message_id, _ in taken],
        organization_id=actor.organization_id,
        by=actor.user_id,
        now=clock.now(),
    )
    outbox_lines.settle(tx.session, [conversation for _, conversation in taken])
    return len(taken)
