"""Drain the outbox of one channel: claim, call, record; many at once, one at a time per customer.

The waiting is asynchronous, the store is not: each step that touches the database hops to a thread.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack

from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from campotech_wa.domain.ids import ChannelId
from campotech_wa.errors import MetaError, MetaRefused
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import attachments, credentials
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import claim, record
from campotech_wa.services.deliver.loading import Loading
from campotech_wa.services.deliver.parcel import Outcome, Parcel
from campotech_wa.store.transaction import exclusive

log = logging.getLogger(__name__)

LOCK = 2
"""The kind of work, for ``exclusive``."""

IN_FLIGHT = 32
"""Requests of one channel under way at once."""

_WAITING = 32
"""Messages that may wait for their files besides: a text does not queue up behind the uploads of others. Should all
of them leave at once, there are connections enough (``meta.client.CONNECTIONS``)."""

_LOOK_AGAIN = 0.05
"""Seconds after which a busy drain looks for messages that were queued meanwhile."""

_RECORD_PAUSES = (0.1, 0.5, 1, 2, 5, 10)
"""Seconds between the tries to record an outcome; PostgreSQL is back from a crash within a few."""


async def channel(
    channel_id: ChannelId, client: GraphClient, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Send everything that is due. Safe to call twice: the second caller leaves.

    Once ``is_stopping``, nothing more is claimed, and what is under way is finished, but for uploads: those messages
    wait for the next process. Work that arrives while the
    first one is finishing is seen by its look after the lock is free.
    """
    while True:
        async with AsyncExitStack() as stack:
            held = await _enter(stack, channel_id)
            known = await asyncio.to_thread(credentials.by_channel, channel_id) if held else None
            if known is None:
                return
            await asyncio.to_thread(claim.recover, channel_id)
            if not await _drain(known, client, is_stopping):
                return
        if not await asyncio.to_thread(claim.is_due, channel_id):
            return


async def _enter(stack: AsyncExitStack, channel_id: ChannelId) -> bool:
    """Take the channel's lock in a thread, and give it back in one."""
    threaded = ExitStack()
    stack.push_async_callback(asyncio.to_thread, threaded.close)
    return await asyncio.to_thread(threaded.enter_context, exclusive(LOCK, channel_id))


async def _drain(channel: Credentials, client: GraphClient, is_stopping: Callable[[], bool]) -> bool:
    """Send until nothing may leave any more; tells whether anything was sent."""
    flying: set[asyncio.Task[None]] = set()
    loading = Loading(channel, client.media, is_stopping)
    has_sent = False
    try:
        while True:
            room = 0 if is_stopping() else _room(len(flying), loading.waiting)
            for parcel in await _claim(channel, room):
                flying.add(asyncio.create_task(_deliver(parcel, channel, client, loading)))
            if not flying:
                return has_sent
            landed, flying = await asyncio.wait(
                flying, timeout=_LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
            )
            has_sent = has_sent or bool(landed)
            for task in landed:
                task.result()
    finally:
        # The lock must outlive the requests: whoever holds it takes what is on its way for abandoned.
        await asyncio.gather(*flying, return_exceptions=True)


def _room(flying: int, waiting: int) -> int:
    """Return how many more messages may be claimed."""
    return max(0, IN_FLIGHT - flying + min(waiting, _WAITING))


async def _claim(channel: Credentials, free: int) -> list[Parcel]:
    if free == 0:
        return []
    try:
        return await asyncio.to_thread(claim.next_parcels, channel, free)
    except RedisError as fault:
        log.warning(
            "pace unknown, sending nothing",
            extra={"channel_id": channel.channel_id, "error_type": type(fault).__name__},
        )
        return []


async def _deliver(parcel: Parcel, channel: Credentials, client: GraphClient, loading: Loading) -> None:
    result: Outcome
    try:
        payload = await loading.payload(parcel)
        result = await client.send(channel.phone_number_id, payload, access_token=channel.access_token)
    except MetaError as fault:
        result = fault
    await _record(parcel, result)
    if isinstance(result, MetaRefused):
        await _forget_uploads(parcel, channel)


async def _forget_uploads(parcel: Parcel, channel: Credentials) -> None:
    """Have the files put up anew if a person asks for the message again; the outcome hangs on none of it."""
    try:
        await asyncio.to_thread(attachments.forget_uploads, parcel.content, channel)
    except SQLAlchemyError as fault:
        log.warning(
            "uploads not forgotten",
            extra={"message_id": parcel.message_id, "error_type": type(fault).__name__},
        )


async def _record(parcel: Parcel, result: Outcome) -> None:
    """Keep trying to write the outcome down: PostgreSQL may be starting again.

    If it stays away, the row is found *sending* without an owner, and a status of Meta's settles it.
    """
    for pause in _RECORD_PAUSES:
        try:
            return await asyncio.to_thread(record.outcome, parcel, result)
        except (OperationalError, PoolTimeout) as fault:
            log.warning(
                "outcome not recorded yet",
                extra={"message_id": parcel.message_id, "error_type": type(fault).__name__},
            )
            await asyncio.sleep(pause)
    log.error("outcome not recorded", extra={"message_id": parcel.message_id})
    return None
