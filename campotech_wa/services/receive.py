"""Take a POST of Meta's: prove where it comes from, store it durably, and only then call it received.

Many posts that arrive together share one transaction: while one batch is being committed the next one gathers.
Nobody waits for company, and a hundred at once cost one commit.
"""

import asyncio
import hashlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa.domain import storable
from campotech_wa.domain.ids import ChannelId
from campotech_wa.errors import CampotechError, NotFound
from campotech_wa.meta import inbound, signature
from campotech_wa.services import credentials
from campotech_wa.services.credentials import Credentials
from campotech_wa.signals import jobs
from campotech_wa.store import events
from campotech_wa.store.transaction import transaction

log = logging.getLogger(__name__)

LARGEST_BODY = 3 * 1024 * 1024
"""Bytes; the documented maximum (webhooks.md, section 1.2)."""

_LARGEST_BATCH = 256
_MOST_BYTES = 8 * 1024 * 1024
"""Posts and bytes that one statement carries."""

_REMEMBERED_SECONDS = 5.0
"""How long a channel's secrets are kept in memory: a rotated secret is in force after at most this time."""


class BadSignature(CampotechError):
    """The body was not signed with the channel's app secret."""


class ForeignNumber(CampotechError):
    """The body names a business number that is not the channel's: one tenant forging another's messages."""


class NotStored(CampotechError):
    """The store could not commit: Meta must send it again."""


@dataclass(frozen=True, slots=True)
class _Post:
    credentials: Credentials
    body: bytes


class Receiver:
    """The intake of one web process."""

    def __init__(self) -> None:
        self._waiting: list[tuple[_Post, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._known: dict[str, tuple[float, Credentials]] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="receive")
        self._waker = ThreadPoolExecutor(1, thread_name_prefix="wake")

    async def handshake(self, webhook_key: str, verify_token: str | None) -> bool:
        """Answer whether the verification handshake came with the channel's token.

        Raises:
            NotFound: no channel has this key.
        """
        known = await self._credentials(webhook_key)
        return signature.is_verify_token(verify_token, verify_token=known.verify_token)

    async def receive(self, webhook_key: str, body: bytes, signed: str | None) -> None:
        """Store a POST; when this returns it is durable.

        Raises:
            NotFound: no channel has this key.
            BadSignature: not signed by this channel's app.
            inbound.Malformed: signed, but no payload.
            ForeignNumber: it names a number of somebody else.
            NotStored: it could not be committed.
        """
        known = await self._credentials(webhook_key)
        if not signature.is_genuine(body, signed, app_secret=known.app_secret):
            raise BadSignature
        if inbound.phone_number_ids(inbound.decode(body)) - {known.phone_number_id}:
            raise ForeignNumber
        await self._stored(_Post(known, body))

    async def _stored(self, post: _Post) -> None:
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((post, stored))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await stored

    async def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = self._next_batch()
            posts = [post for post, _ in batch]
            stored = False
            try:
                await loop.run_in_executor(self._writer, _commit, posts)
                stored = True
            except SQLAlchemyError as fault:
                log.warning(
                    "webhooks not stored", extra={"error_type": type(fault).__name__, "count": len(posts)}
                )
            finally:
                _settle(batch, None if stored else NotStored())
            if stored:
                for channel_id in {post.credentials.channel_id for post in posts}:
                    loop.run_in_executor(self._waker, jobs.wake_process, channel_id)

    def _next_batch(self) -> list[tuple[_Post, asyncio.Future[None]]]:
        """Take what waits, as much as one statement may carry."""
        size = count = 0
        for post, _ in self._waiting[:_LARGEST_BATCH]:
            size += len(post.body)
            if count and size > _MOST_BYTES:
                break
            count += 1
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    async def _credentials(self, webhook_key: str) -> Credentials:
        known = self._known.get(webhook_key)
        if known and time.monotonic() - known[0] < _REMEMBERED_SECONDS:
            return known[1]
        try:
            found = await asyncio.to_thread(credentials.by_webhook_key, storable.text(webhook_key))
        except SQLAlchemyError as fault:
            raise NotStored from fault
        if found is None:
            raise NotFound
        self._known[webhook_key] = (time.monotonic(), found)
        return found


def _commit(posts: list[_Post]) -> None:
    with transaction() as tx:
        events.add_all(
            tx.session,
            [
                (
                    post.credentials.organization_id,
                    ChannelId(post.credentials.channel_id),
                    hashlib.sha256(post.body).digest(),
                    post.body,
                )
                for post in posts
            ],
        )


def _settle(batch: list[tuple[_Post, asyncio.Future[None]]], fault: NotStored | None) -> None:
    for _, stored in batch:
        if stored.done():
            continue
        if fault:
            stored.set_exception(fault)
        else:
            stored.set_result(None)
