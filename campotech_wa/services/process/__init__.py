"""Turn the stored events of a channel into customers, conversations, messages and states, in order."""

import logging
import random
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, ConversationId, EventId, OfChannel, OrganizationId
from campotech_wa.domain.retry import intake_delay
from campotech_wa.errors import CampotechError
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


_BATCH_BYTES = 1024 * 1024
"""Bytes of posts a transaction takes, the first always: what it holds in memory, and how many rows it locks."""


class UnreadableItems(CampotechError):
    """Some items of an event could not be placed; the others are in the store."""


_ITEM_FAULTS = (
    DBAPIError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
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
    while True:
        with exclusive(LOCK, channel_id) as held:
            if not held:
                return
            while _next_batch(channel_id):
                pass
        if not _is_due(channel_id):
            return


def _is_due(channel_id: ChannelId) -> bool:
    with reading() as session:
        return events.is_due(session, channel_id, now=clock.now())


def _next_batch(channel_id: ChannelId) -> bool:
    """Process what is due, tells whether there was anything; alone, if together it could not be done."""
    try:
        return _batch(channel_id, limit=_BATCH)
    except Exception as fault:  # noqa: BLE001  (whatever it is, it must not stop the channel for ever)
        log.warning("batch failed", extra={"channel_id": channel_id, "error_type": type(fault).__name__})
        return _oldest_alone(channel_id)


def _oldest_alone(channel_id: ChannelId) -> bool:
    """Process the oldest event by itself, and count it against it if that fails too."""
    try:
        return _batch(channel_id, limit=1)
    except Exception as fault:  # noqa: BLE001  (as above; without the database the next lines raise)
        with transaction() as tx:
            for event_id, organization_id, _, attempts in _due(tx, channel_id, limit=1):
                _postpone(tx, event_id, _Scope(organization_id, channel_id), fault, attempts + 1)
        return True


def _batch(channel_id: ChannelId, *, limit: int) -> bool:
    with transaction() as tx:
        due = _due(tx, channel_id, limit=limit)
        touched: set[live.Changed] = set()
        done: list[EventId] = []
        for event_id, organization_id, body, attempts in due:
            scope = _Scope(organization_id, channel_id)
            if _event(tx, event_id, scope, body, attempts):
                done.append(event_id)
            touched |= {live.Changed(organization_id, conversation) for conversation in scope.touched}
        events.mark_processed(tx.session, done, now=clock.now())
        for change in touched:
            tx.after_commit(live.publish, change)
    return bool(due)


def _due(
    tx: Transaction, channel_id: ChannelId, *, limit: int
) -> list[tuple[EventId, OrganizationId, bytes, int]]:
    return events.due(tx.session, channel_id, now=clock.now(), limit=limit, most_bytes=_BATCH_BYTES)


def _event(tx: Transaction, event_id: EventId, scope: _Scope, body: bytes, attempts: int) -> bool:
    """Process one event, each item in a savepoint: a fault of one never undoes its neighbours."""
    fault = _items(tx.session, scope, body)
    if fault is not None:
        _postpone(tx, event_id, scope, fault, attempts + 1)
    return fault is None


def _items(session: Session, scope: _Scope, body: bytes) -> Exception | None:
    """Apply every item; returns the fault that decides whether the event is tried again or laid aside.

    What succeeded stays: each item is safe to apply twice. A fault that may pass goes before one that can not.
    """
    try:
        items = webhooks.parse(webhooks.decode(body))
    except (webhooks.Malformed, *_ITEM_FAULTS) as unreadable:
        return unreadable
    faults = [fault for item in items if (fault := _item(session, scope, item)) is not None]
    return min(faults, key=_is_final, default=None)


def _item(session: Session, scope: _Scope, item: webhooks.Item) -> Exception | None:
    try:
        with session.begin_nested():
            _apply(session, scope, item)
    except OperationalError as trouble:
        if not is_too_large(trouble):
            # The database is gone or asks for a retry: no fault of this item.
            raise
        return trouble
    except _ITEM_FAULTS as fault:
        return fault
    return None


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


def _postpone(tx: Transaction, event_id: EventId, scope: _Scope, fault: Exception, attempts: int) -> None:
    delay = None if _is_final(fault) else intake_delay(attempts, jitter=random.random())  # noqa: S311
    now = clock.now()
    due_at = now + delay if delay else None
    events.mark_failed(tx.session, event_id, error=_describe(fault), due_at=due_at, now=now)
    tx.after_commit(live.publish, live.Changed(scope.organization_id))
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
