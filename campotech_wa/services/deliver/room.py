"""How many requests one process has under way at once, shared fairly by the channels that it serves."""

import asyncio
from collections import deque
from dataclasses import dataclass


@dataclass(slots=True)
class _Waiting:
    """Somebody in the queue for places."""

    most: int
    granted: asyncio.Future[int]


class Room:
    """Places for requests: who asks first is served first, and what is urgent has some places of its own besides."""

    def __init__(self, places: int, *, urgent: int) -> None:
        self._free = places
        self._urgent = urgent
        self._queue: deque[_Waiting] = deque()

    async def take(self, most: int, *, is_urgent: bool = False) -> int:
        """Return how many places the caller has now, from one to ``most``; it gives every one of them back."""
        reach = self._free + (self._urgent if is_urgent else 0)
        if reach > 0 and (is_urgent or not self._queue):
            return self._grant(min(most, reach))
        waiting = _Waiting(most, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        try:
            return await waiting.granted
        except asyncio.CancelledError:
            self._leave(waiting)
            raise

    def give(self, places: int) -> None:
        """Give places back."""
        self._free += places
        while self._free > 0 and self._queue:
            first = self._queue.popleft()
            first.granted.set_result(self._grant(min(first.most, self._free)))

    def _grant(self, places: int) -> int:
        self._free -= places
        return places

    def _leave(self, waiting: _Waiting) -> None:
        if waiting in self._queue:
            self._queue.remove(waiting)
        elif waiting.granted.done() and not waiting.granted.cancelled():
            self.give(waiting.granted.result())
