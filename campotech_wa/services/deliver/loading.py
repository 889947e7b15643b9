"""Put the files of a parcel up at Meta before it leaves: few at once, and none any more once the process stops."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa.errors import CampotechError, MetaBusy, MetaError
from campotech_wa.meta import outbound
from campotech_wa.meta.media import MediaClient
from campotech_wa.services import attachments
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import claim
from campotech_wa.services.deliver.parcel import Parcel

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Uploads of one channel under way at once: more would only share the same line."""

_LOOK = 0.2
"""Seconds between the looks whether the process stops."""


class Loading:
    """The uploads of one drain."""

    def __init__(self, channel: Credentials, client: MediaClient, is_stopping: Callable[[], bool]) -> None:
        self._parcels: dict[str, Parcel] = {}
        self._channel = channel
        self._client = client
        self._is_stopping = is_stopping
        self._turns = asyncio.Semaphore(AT_ONCE)

    @property
    def waiting(self) -> list[Parcel]:
        """Parcels whose files are not up yet: no request for their message is under way."""
        return list(self._parcels.values())

    async def keep_leases(self) -> None:
        """Keep the messages whose files are still on their way, until cancelled."""
        while True:
            await asyncio.sleep(claim.LEASE.total_seconds() / 4)
            try:
                await asyncio.to_thread(claim.keep, self.waiting)
            except SQLAlchemyError as fault:
                log.warning("leases not renewed", extra={"error_type": type(fault).__name__})

    async def payload(self, parcel: Parcel) -> dict[str, Any]:
        """Return the request for a parcel, its files being up.

        Raises:
            MetaRefused: a file was deleted, or Meta does not take it.
            MetaBusy: nothing has left; whatever it was, safe to send again later.
        """
        if not outbound.local_media(parcel.content):
            return parcel.payload()
        self._parcels[parcel.slot] = parcel
        try:
            return replace(parcel, content=await self._put_up(parcel)).payload()
        except MetaError:
            raise
        except (SQLAlchemyError, OSError, CampotechError) as fault:
            raise MetaBusy(
                f"The file of this message can not be put up now: {type(fault).__name__}."
            ) from fault
        finally:
            self._parcels.pop(parcel.slot, None)

    async def _put_up(self, parcel: Parcel) -> dict[str, Any]:
        """Wait for the files, but not in a process that stops: an upload may take ten minutes."""
        putting = asyncio.create_task(self._in_turn(parcel))
        while not putting.done():
            if self._is_stopping():
                putting.cancel()
            await asyncio.wait([putting], timeout=_LOOK)
        if putting.cancelled():
            raise MetaBusy("The process ended before the file of this message was put up.")
        return putting.result()

    async def _in_turn(self, parcel: Parcel) -> dict[str, Any]:
        async with self._turns:
            return await attachments.at_meta(parcel.content, self._channel, self._client)
