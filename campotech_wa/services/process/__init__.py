"""Turn the stored events of a channel into customers, conversations, messages and states, in order."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, EventId, OrganizationId
from campotech_wa.domain.retry import intake_delay
from campotech_wa.meta import inbound
from campotech_wa.services import gate, statuses
from campotech_wa.services.process import items
from campotech_wa.services.process.items import ITEM_FAULTS, UnreadableItems
from campotech_wa.services.process.scope import Scope
from campotech_wa.signals import jobs, live
from campotech_wa.store import events, outbox_lines
from campotech_wa.store.transaction import Transaction, exclusive, reading, transaction

log = logging.getLogger(__name__)

LOCK = 1
"""The kind of work, for ``exclusive``."""

_BATCH = 100
"""Events a transaction: enough to share its statements, few enough that the first is soon on the screen."""


_BATCH_BYTES = 1024 * 1024
"""Bytes of posts a transaction takes, the first always: what it holds in memory, and how many rows it locks."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One stored POST."""

    id: EventId
    organization_id: OrganizationId
    body: bytes
    attempts: int


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
            for event in _due(tx, channel_id, limit=1):
                _postpone(tx, event, channel_id, fault)
        return True


def _batch(channel_id: ChannelId, *, limit: int) -> bool:
    with transaction() as tx:
        due = _due(tx, channel_id, limit=limit)
        if not due:
            return False
        scope = Scope(due[0].organization_id, channel_id)
        faults = _faults(tx, scope, due)
        for event in due:
            if event.id in faults:
                _postpone(tx, event, channel_id, faults[event.id])
        done = [event.id for event in due if event.id not in faults]
        events.mark_processed(tx.session, done, now=clock.now())
        scope.announce(tx)
        _enter_lines(tx, scope)
        _let_go_on(tx, scope)
        statuses.follow_up(tx, scope.applied, **scope.whose)
    return True


def _enter_lines(tx: Transaction, scope: Scope) -> None:
    """Lock at once what the two next steps would lock one after the other: everybody does it in one order."""
    accepted = scope.applied.accepted.values()
    if scope.heard and accepted:
        outbox_lines.lock(tx.session, {*scope.heard, *accepted})


def _let_go_on(tx: Transaction, scope: Scope) -> None:
    """Let held messages go on whose customers have just opened the window again."""
    if not scope.heard:
        return
    free = gate.release(tx.session, conversation_ids=scope.heard, now=clock.now(), **scope.whose)
    if free:
        tx.after_commit(jobs.wake_drain, scope.channel_id)


def _due(tx: Transaction, channel_id: ChannelId, *, limit: int) -> list[_Event]:
    found = events.due(tx.session, channel_id, now=clock.now(), limit=limit, most_bytes=_BATCH_BYTES)
    return [_Event(*row) for row in found]


def _faults(tx: Transaction, scope: Scope, due: Sequence[_Event]) -> dict[EventId, Exception]:
    """Apply every item of every event; returns the fault that decides about an event, for those that have one.

    What succeeded stays: each item is safe to apply twice. A fault that may pass goes before one that can not.
    """
    faults: dict[EventId, list[Exception]] = {}
    work: list[items.Numbered] = []
    for event in due:
        try:
            work += [(event.id, item) for item in inbound.parse(inbound.decode(event.body))]
        except (inbound.Malformed, *ITEM_FAULTS) as unreadable:
            faults[event.id] = [unreadable]
    for event_id, fault in items.apply(tx.session, scope, work):
        faults.setdefault(event_id, []).append(fault)
    return {event_id: min(found, key=_is_final) for event_id, found in faults.items()}


def _postpone(tx: Transaction, event: _Event, channel_id: ChannelId, fault: Exception) -> None:
    attempts = event.attempts + 1
    delay = None if _is_final(fault) else intake_delay(attempts, jitter=random.random())  # noqa: S311
    now = clock.now()
    due_at = now + delay if delay else None
    events.mark_failed(tx.session, event.id, error=_describe(fault), due_at=due_at, now=now)
    tx.after_commit(live.publish, live.Changed(event.organization_id))
    log.error(
        "event not processed",
        exc_info=fault,
        extra={"event_id": event.id, "channel_id": channel_id, "attempts": attempts},
    )


def _is_final(fault: Exception) -> bool:
    """Tell whether trying again can not help: the bytes will be the same."""
    return isinstance(fault, (inbound.Malformed, UnreadableItems, RecursionError))


def _describe(fault: Exception) -> str:
    """Name a fault without its text, which may quote content, unless the text is ours."""
    is_ours = isinstance(fault, (inbound.Malformed, UnreadableItems))
    return str(fault) if is_ours else type(fault).__name__
