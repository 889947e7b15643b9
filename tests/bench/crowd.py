"""Many tabs without a browser, in a process of their own: each speaks Reflex's socket.io protocol as a page does."""

import asyncio
import json
import re
import sys
import time
from dataclasses import asdict, dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

MARKER = re.compile(rb"bench-\d{6}")

_PING, _PONG = b"2", "3"
_OPENED = b"0"


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a real page sent when it connected: a tab of the crowd differs in token and session only."""

    address: str
    """With ``{token}`` where the tab's own token goes."""
    origin: str
    subprotocol: str
    connect: str
    """The socket.io CONNECT packet, with the boot event that hydrates the page."""
    sessions: list[str]
    """The cookie header of each tab."""
    ready: str
    """A text of the open conversation: the tab that has it shows the page."""


@dataclass(slots=True)
class Tab:
    """One open tab, and when it was sent what."""

    arrived: dict[str, float] = field(default_factory=dict[str, float])
    frames: int = 0
    received: int = 0
    """Bytes."""

    async def live(self, handshake: Handshake, number: int, ready: asyncio.Semaphore) -> None:
        """Connect, hydrate, and note what comes until cancelled."""
        async with connect(
            handshake.address.replace("{token}", f"00000000-0000-4000-8000-{number:012}"),
            origin=Origin(handshake.origin),
            subprotocols=[Subprotocol(handshake.subprotocol)],
            additional_headers={"Cookie": handshake.sessions[number]},
            compression=None,
            max_size=None,
        ) as socket:
            while True:
                await self._take(socket, await socket.recv(decode=False), handshake, ready)

    async def _take(
        self, socket: ClientConnection, frame: bytes, handshake: Handshake, ready: asyncio.Semaphore
    ) -> None:
        now = time.time()
        if frame == _PING:
            await socket.send(_PONG)
        elif frame.startswith(_OPENED):
            await socket.send(handshake.connect)
        else:
            self.frames, self.received = self.frames + 1, self.received + len(frame)
            known = handshake.ready in self.arrived
            for marker in MARKER.findall(frame):
                self.arrived.setdefault(marker.decode(), now)
            if not known and handshake.ready in self.arrived:
                ready.release()


async def _run(handshake: Handshake) -> list[Tab]:
    ready = asyncio.Semaphore(0)
    tabs = [Tab() for _ in handshake.sessions]
    living = [asyncio.ensure_future(tab.live(handshake, turn, ready)) for turn, tab in enumerate(tabs)]
    for _ in tabs:
        await asyncio.wait_for(ready.acquire(), 60)
    _write("ready")
    await asyncio.to_thread(sys.stdin.readline)
    for each in living:
        each.cancel()
    ended = await asyncio.gather(*living, return_exceptions=True)
    for fault in ended:
        if isinstance(fault, BaseException) and not isinstance(fault, asyncio.CancelledError):
            raise fault
    return tabs


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the handshake, connect, say ``ready``; at the next line of input, write what came when."""
    tabs = asyncio.run(_run(Handshake(**json.loads(sys.stdin.readline()))))
    _write(json.dumps([asdict(tab) for tab in tabs]))


if __name__ == "__main__":
    main()
