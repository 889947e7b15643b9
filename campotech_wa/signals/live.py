"""Live events: after a commit, tell every web process what changed, by ids and without content."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import cast

from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from campotech_wa.domain.ids import ConversationId, OrganizationId
from campotech_wa.signals.connection import listening_redis, redis

log = logging.getLogger(__name__)

_PREFIX = "live:"
_RECONNECT_SECONDS = 0.5

_HEARTBEAT_SECONDS = 15.0
"""Seconds of silence after which the server is asked whether it is there."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something of an organization changed; ``conversation_id`` is None when it is not one conversation."""

    organization_id: OrganizationId
    conversation_id: ConversationId | None = None


@dataclass(frozen=True, slots=True)
class Reconnected:
    """The subscription was interrupted: anything may have changed meanwhile."""


def publish(change: Changed) -> None:
    """Announce a change. Without Redis the pages learn of it when the subscription is back."""
    try:
        redis().publish(f"{_PREFIX}{change.organization_id}", json.dumps(asdict(change)))
    except RedisError as fault:
        log.warning("live event lost", extra={"error_type": type(fault).__name__})


async def subscribe() -> AsyncIterator[Changed | Reconnected]:
    """Yield the changes of every organization, for as long as the process lives."""
    while True:
        try:
            async with listening_redis() as connection, connection.pubsub() as pubsub:
                await pubsub.psubscribe(f"{_PREFIX}*")
                yield Reconnected()
                async for data in _messages(pubsub):
                    change = _read(data)
                    if change is not None:
                        yield change
        except (RedisError, OSError) as fault:
            log.warning("live subscription interrupted", extra={"error_type": type(fault).__name__})
            await asyncio.sleep(_RECONNECT_SECONDS)


async def _messages(pubsub: PubSub) -> AsyncIterator[bytes]:
    """Yield what is published; raises when the server no longer answers, which a silent connection hides."""
    is_asked = False
    while True:
        message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=_HEARTBEAT_SECONDS)
        if message is None and is_asked:
            raise RedisConnectionError("No answer to a ping.")
        is_asked = message is None
        if message is None:
            await pubsub.ping()
        elif message["type"] == "pmessage":
            yield cast("bytes", message["data"])


def _read(data: bytes) -> Changed | None:
    """Read an event; None for one of another version of ours, whose tabs its own processes refresh."""
    try:
        return Changed(**json.loads(data))
    except (ValueError, TypeError):
        log.warning("live event not understood")
        return None
