"""The pace of an organization: what is to be sent comes in, what may be sent now goes out.

A worker asks for ``room``, claims messages and commits that they go out, and has them let in by ``admit``; what was
granted it sends, and tells ``finished`` when Meta has answered. An organization Redis does not know is seeded first.

Time is a clock of our own inside Redis, moved on by each call and by ``tick`` (scripts/clock.lua). When the wall
clock leaps forward by more than two seconds nothing is freed early, by less it is as much early; when it is set back,
slots are held longer by the time since the last call. All other doubt errs to the slow side too.
"""

from functools import cache
from typing import Protocol

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.signals.connection import redis
from campotech_wa.signals.pace.asking import (
    PAIR_BURST,
    PAIR_INTERVAL,
    Ask,
    Limit,
    PaceUnknown,
    Verdict,
    admit,
    room,
)
from campotech_wa.signals.pace.running import tick
from campotech_wa.signals.pace.telling import Past, finished, returned, seed

__all__ = [
    "PAIR_BURST",
    "PAIR_INTERVAL",
    "WINDOW_SECONDS",
    "Ask",
    "Limit",
    "PaceUnknown",
    "Past",
    "Verdict",
    "admit",
    "finished",
    "returned",
    "room",
    "seed",
    "take",
    "tick",
]

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
