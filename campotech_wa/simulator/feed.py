"""Tell the open phone pages what happens in the chats that they watch."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Generator, Iterable
from contextlib import contextmanager

from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.state import ChatKey


class Feed:
    """Publish and subscribe inside the process; with nobody watching, publishing costs one look-up."""

    def __init__(self) -> None:
        self._queues: defaultdict[ChatKey, set[asyncio.Queue[str]]] = defaultdict(set)

    def watched(self, key: ChatKey) -> bool:
        """Tell whether anybody would see an event of this chat."""
        return bool(self._queues.get(key))

    def publish(self, key: ChatKey, event: JsonObject) -> None:
        """Hand the event to every page that watches the chat."""
        text = json.dumps(event)
        for queue in self._queues.get(key, ()):
            queue.put_nowait(text)

    def publish_everywhere(self, event: JsonObject) -> None:
        """Hand the event to every page, once for each chat it watches."""
        for key in tuple(self._queues):
            self.publish(key, event)

    @contextmanager
    def subscribe(self, keys: Iterable[ChatKey]) -> Generator[asyncio.Queue[str], None, None]:
        """Watch these chats for as long as the block lasts; the queue holds JSON texts."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        watched = tuple(keys)
        for key in watched:
            self._queues[key].add(queue)
        try:
            yield queue
        finally:
            for key in watched:
                self._queues[key].discard(queue)
                if not self._queues[key]:
                    del self._queues[key]
