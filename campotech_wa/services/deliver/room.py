"""How many requests one process has under way at once, shared fairly by the channels that it serves."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class _Waiting:
    """Somebody in the queue for places."""

    most: int
    is_urgent: bool
    granted: asyncio.Future[int]


class Room:
    """Places for requests: who asks first is served first, and what is urgent has some places of its own besides.

    ``worth`` are the places for which somebody begins who asked for as many, and is not urgent: to claim messages
    costs about the same for one as for many.
    """

    def __init__(self, places: int, *, urgent: int, worth: int = 1) -> None:
        self._free = places
        self._worth = worth
        self._urgent = urgent
        self._queue: deque[_Waiting] = deque()

    async def take(self, most: int, *, is_urgent: bool = False) -> int:
        """Return how many places the caller has now, from one to ``most``; it gives every one of them back."""
        reach = self._reach(is_urgent=is_urgent)
        if reach >= self._least(most, is_urgent=is_urgent) and (is_urgent or not self._queue):
            return self._grant(min(most, reach))
        waiting = _Waiting(most, is_urgent, asyncio.get_running_loop().create_future())
        self._enter(waiting)
        try:
            return await waiting.granted
        except asyncio.CancelledError:
            self._leave(waiting)
            raise

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[None]:
        """Hold one place."""
        await self.take(1)
        try:
            yield
        finally:
            self.give(1)

    def give(self, places: int) -> None:
        """Give places back."""
        self._free += places
        while self._queue:
            first = self._queue[0]
            reach = self._reach(is_urgent=first.is_urgent)
            if reach < self._least(first.most, is_urgent=first.is_urgent):
                return
            self._queue.popleft()
            first.granted.set_result(self._grant(min(first.most, reach)))

    def _reach(self, *, is_urgent: bool) -> int:
        return self._free + (self._urgent if is_urgent else 0)

    def _least(self, most: int, *, is_urgent: bool) -> int:
        return 1 if is_urgent else min(most, self._worth)

    def _grant(self, places: int) -> int:
        self._free -= places
        return places

    def _enter(self, waiting: _Waiting) -> None:
        """Join the queue: behind all who are as urgent."""
        ahead = sum(each.is_urgent for each in self._queue) if waiting.is_urgent else len(self._queue)
        self._queue.insert(ahead, waiting)

    def _leave(self, waiting: _Waiting) -> None:
        if waiting in self._queue:
            self._queue.remove(waiting)
        elif waiting.granted.done() and not waiting.granted.cancelled():
            self.give(waiting.granted.result())
