"""The pace of an organization: at most so many sends in any sixty seconds, however many workers ask."""

from functools import cache
from typing import Protocol

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.signals.connection import redis

WINDOW_SECONDS = 60

_TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1] * 1000000)
local free = math.min(tonumber(ARGV[2]) - redis.call('ZCARD', KEYS[1]), tonumber(ARGV[3]))
for i = 1, free do
    redis.call('ZADD', KEYS[1], now, string.format('%d-%d', now, i))
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return math.max(free, 0)
"""
"""One atomic step on Redis's own clock. KEYS: the window. ARGV: seconds, limit, slots wanted."""


class _Script(Protocol):
    def __call__(self, *, keys: list[str], args: list[int]) -> object: ...


def take(organization_id: OrganizationId, wanted: int, *, limit: int) -> int:
    """Take up to ``wanted`` slots of the organization's window; returns how many were free.

    Raises:
        RedisError: the window can not be read; the caller sends nothing rather than too much.
    """
    taken = _script()(keys=[f"pace:{organization_id}"], args=[WINDOW_SECONDS, limit, wanted])
    return int(str(taken))


@cache
def _script() -> _Script:
    return redis().register_script(_TAKE)  # pyright: ignore[reportReturnType]
