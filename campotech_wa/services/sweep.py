"""Repair what signals lost: wake the jobs of every channel that has something due, and forget what is over."""

import logging
from datetime import timedelta

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import gate
from campotech_wa.signals import jobs
from campotech_wa.store import attachments, events, outbox, outbox_lines, people
from campotech_wa.store import gate as held
from campotech_wa.store.transaction import reading, transaction

_SETTLED = timedelta(seconds=1)
"""A row younger than this has a wake-up of its own on its way."""

_PARKED_FOR = timedelta(days=2)
"""A status whose message is not ours after so long belongs to another app on the same number."""

_REMEMBERED = timedelta(days=30)

_MENDED_AT_ONCE = 100

log = logging.getLogger(__name__)


def due() -> None:
    """Wake the jobs of each channel that has something waiting."""
    settled = clock.now() - _SETTLED
    with reading() as session:
        unprocessed = events.channels_due(session, now=settled)
        unsent = outbox.channels_due(session, now=settled)
        unfetched = attachments.channels_due(session, now=settled)
    for channel_id in unprocessed:
        jobs.wake_process(ChannelId(channel_id))
    jobs.wake_rested([ChannelId(channel_id) for channel_id in unsent])
    for channel_id in unfetched:
        jobs.wake_fetch(ChannelId(channel_id))


def release() -> None:
    """Let held messages go on whose condition is met by now: a template is approved again, a number connected."""
    now = clock.now()
    with reading() as session:
        holding = held.channels_due(session, now=now)
    for organization_id, channel_id in holding:
        with transaction() as tx:
            if gate.release(tx.session, organization_id=organization_id, channel_id=channel_id, now=now):
                tx.after_commit(jobs.wake_drain, channel_id)


def mend() -> None:
    """Give each line of the outbox a head that has lost it: nothing of it would ever leave.

    No use case leaves a line so; a fault of ours, or somebody's hand in the tables, might.
    """
    with reading() as session:
        headless = outbox_lines.headless(session, limit=_MENDED_AT_ONCE)
    for conversation_id, channel_id in headless:
        with transaction() as tx:
            outbox_lines.settle(tx.session, [conversation_id])
            tx.after_commit(jobs.wake_drain, channel_id)
        log.warning("line had no head", extra={"conversation_id": conversation_id, "channel_id": channel_id})


def forget() -> None:
    """Drop parked statuses, sessions and failed logins that no longer mean anything."""
    now = clock.now()
    with transaction() as tx:
        events.forget_parked(tx.session, before=now - _PARKED_FOR)
        people.forget_sessions(tx.session, before=now - _REMEMBERED)
        people.forget_attempts(tx.session, before=now - _REMEMBERED)
