"""The Redis connections of a process, made at first use."""

from functools import cache

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.backoff import NoBackoff
from redis.retry import Retry

from campotech_wa import settings

PATIENCE = 0.5
"""Seconds. A signal is not worth more of a person's time; the sweep repairs what it would have announced."""


@cache
def redis() -> Redis:
    """Return the connection of this process for short commands."""
    return Redis.from_url(
        settings.get().redis_url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 1),
    )


@cache
def queue_redis() -> Redis:
    """Return the connection RQ blocks on while it waits for jobs."""
    return Redis.from_url(settings.get().redis_url, socket_connect_timeout=PATIENCE)


def listening_redis() -> AsyncRedis:
    """Return a new connection for a subscriber of the running event loop."""
    return AsyncRedis.from_url(settings.get().redis_url, socket_connect_timeout=2)
