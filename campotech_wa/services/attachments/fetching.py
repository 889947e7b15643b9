"""Fetch the files of one channel's messages from Meta: claim, download, keep, record; several at once.

A claim is only a later due date: whoever holds the channel's lock is the only one to claim, and a file whose
fetcher died is due again by itself. Its count of attempts was raised before, so no file can kill workers for ever.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack, ExitStack

from campotech_wa.domain.ids import ChannelId
from campotech_wa.meta.media import MediaClient
from campotech_wa.services import credentials
from campotech_wa.services.attachments import claiming, download
from campotech_wa.services.attachments.claiming import Wanted
from campotech_wa.services.credentials import Credentials
from campotech_wa.store.transaction import exclusive

LOCK = 3
"""The kind of work, for ``exclusive``."""

AT_ONCE = 4
"""Files of one channel under way at once."""

_LOOK_AGAIN = 0.2
"""Seconds after which a busy fetch looks for files that came meanwhile."""


async def channel(
    channel_id: ChannelId, client: MediaClient, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Fetch everything that is due. Safe to call twice: the second caller leaves.

    Once ``is_stopping``, nothing more is claimed, and what is under way is finished.
    """
    while True:
        async with AsyncExitStack() as stack:
            threaded = ExitStack()
            stack.push_async_callback(asyncio.to_thread, threaded.close)
            held = await asyncio.to_thread(threaded.enter_context, exclusive(LOCK, channel_id))
            known = await asyncio.to_thread(credentials.by_channel, channel_id) if held else None
            if known is None or not await _drain(known, client, is_stopping):
                return
        if is_stopping() or not await asyncio.to_thread(claiming.is_due, channel_id):
            return


async def _drain(channel: Credentials, client: MediaClient, is_stopping: Callable[[], bool]) -> bool:
    """Fetch until nothing is due any more; tells whether anything was fetched."""
    flying: dict[asyncio.Task[None], int] = {}
    has_fetched = False
    try:
        while True:
            for wanted in await _claim(channel, flying.values(), is_stopping):
                flying[asyncio.create_task(download.fetch(wanted, channel, client))] = wanted.attachment_id
            if not flying:
                return has_fetched
            landed, _ = await asyncio.wait(flying, timeout=_LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
            has_fetched = has_fetched or bool(landed)
            for task in landed:
                del flying[task]
                task.result()
    finally:
        await asyncio.gather(*flying, return_exceptions=True)


async def _claim(
    channel: Credentials, flying: Collection[int], is_stopping: Callable[[], bool]
) -> list[Wanted]:
    room = 0 if is_stopping() else AT_ONCE - len(flying)
    if room == 0:
        return []
    return await asyncio.to_thread(claiming.next_wanted, channel.channel_id, room, except_for=list(flying))
