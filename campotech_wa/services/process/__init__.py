"""Turn the stored events of a channel into customers, conversations, messages and states, in order."""

import logging
import random
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, ConversationId, EventId, OfChannel, OrganizationId
from campotech_wa.domain.retry import intake_delay
from campotech_wa.meta import webhooks
from campotech_wa.meta.webhooks import InboundMessage, StatusReport, Unreadable
from campotech_wa.services import statuses
from campotech_wa.services.process import messages
from campotech_wa.signals import live
from campotech_wa.store import events
from campotech_wa.store.database import is_too_large
from campotech_wa.store.transaction import Transaction, exclusive, reading, transaction

log = logging.getLogger(__name__)

LOCK = 1
"""The kind of work, for ``exclusive``."""

_BATCH = 50
"""Events a transaction: enough to share the commit, few enough that the first is soon on the screen."""


class UnreadableItems(Exception):
    """Some items of an event could not be placed; the others are in the store."""


_BATCH_BYTES = 4 * 1024 * 1024
"""A post may have 3 MB: so a batch never holds many of those in memory."""

_ITEM_FAULTS = (
    DBAPIError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    UnreadableItems,
)
"""What odd content can cause. Anything else is a fault of the program and stops the job."""


@dataclass(slots=True)
class _Scope:
    """Whose event is being processed, and which conversations it has touched."""

    organization_id: OrganizationId
    channel_id: ChannelId
    touched: set[ConversationId] = field(default_factory=set[ConversationId])


def channel(channel_id: ChannelId) -> None:
    """Process everything that is due. Safe to call twice: the second caller leaves.

    Work that arrives while the first one is finishing is seen by its look after the lock is free.
    """
    while _is_due(channel_id):
        with exclusive(LOCK, channel_id) as held:
            if not held:
                return
            while _next_batch(channel_id):
                pass


def _is_due(channel_id: ChannelId) -> bool:
    with reading() as session:
        return events.is_due(session, channel_id, now=clock.now())


def _next_batch(channel_id: ChannelId) -> bool:
    with transaction() as tx:
        due = events.due(tx.session, channel_id, now=clock.now(), limit=_BATCH, most_bytes=_BATCH_BYTES)
        done = [
            event_id
            for event_id, organization_id, body, attempts in due
            if _event(tx, event_id, _Scope(organization_id, channel_id), body, attempts)
        ]
        if done:
            events.mark_processed(tx.session, done, now=clock.now())
    return bool(due)


def _event(tx: Transaction, event_id: EventId, scope: _Scope, body: bytes, attempts: int) -> bool:
    """Process one event inside its own savepoint; a fault of one never undoes its neighbours."""
    fault = _items(tx.session, scope, body)
    for conversation_id in sorted(scope.touched):
        tx.after_commit(live.publish, live.Changed(scope.organization_id, conversation_id))
    if fault is None:
        return True
    _postpone(tx.session, event_id, scope, fault, attempts + 1)
    return False


def _items(session: Session, scope: _Scope, body: bytes) -> Exception | None:
    """Apply every item; returns the first fault, after which the event is tried again or laid aside.

    What succeeded stays: each item is safe to apply twice.
    """
    try:
        items = webhooks.parse(webhooks.decode(body))
    except webhooks.Malformed as malformed:
        return malformed
    fault: Exception | None = None
    for item in items:
        try:
            with session.begin_nested():
                _apply(session, scope, item)
        except OperationalError as trouble:
            if not is_too_large(trouble):
                # The database is gone or asks for a retry: no fault of this event.
                raise
            fault = fault or trouble
        except _ITEM_FAULTS as item_fault:
            fault = fault or item_fault
    return fault


def _apply(session: Session, scope: _Scope, item: webhooks.Item) -> None:
    whose: OfChannel = {"organization_id": scope.organization_id, "channel_id": scope.channel_id}
    touched: ConversationId | None = None
    match item:
        case InboundMessage():
            touched = messages.store(session, item, **whose)
        case StatusReport():
            touched = statuses.apply(session, item, **whose)
        case Unreadable(reason):
            raise UnreadableItems(reason)
        case _:
            log.info("webhook field stored only", extra={"channel_id": scope.channel_id})
    if touched is not None:
        scope.touched.add(touched)


def _postpone(session: Session, event_id: EventId, scope: _Scope, fault: Exception, attempts: int) -> None:
    delay = None if _is_final(fault) else intake_delay(attempts, jitter=random.random())  # noqa: S311
    now = clock.now()
    events.mark_failed(
        session, event_id, error=_describe(fault), due_at=now + delay if delay else None, now=now
    )
    log.error(
        "event not processed",
        exc_info=fault,
        extra={"event_id": event_id, "channel_id": scope.channel_id, "attempts": attempts},
    )


def _is_final(fault: Exception) -> bool:
    """Tell whether trying again can not help: the bytes will be the same."""
    return isinstance(fault, (webhooks.Malformed, UnreadableItems))


def _describe(fault: Exception) -> str:
    """Name a fault without its text, which may quote content, unless the text is ours."""
    return str(fault) if _is_final(fault) else type(fault).__name__
