"""A websocket client that is no browser: it speaks Reflex's socket.io as it likes, with any origin and any cookie."""

import contextlib
import json
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from reflex.state import BaseState, State
from reflex_base.constants import Reflex
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from campotech_wa import campotech_wa as composition
from campotech_wa.domain.cookies import SESSION
from tests.e2e.house import House

JsonObject = dict[str, Any]

_OPENED, _PING, _PONG = "0", "2", "3"
_CONNECT, _CONNECTED, _EVENT = "40/_event,", "40/_event,", '42/_event,["event",'
"""Engine.IO's and Socket.IO's packet types, on Reflex's namespace."""

QUIET = 0.7
"""Seconds of silence after which an answer is taken as complete."""


class RawTab:
    """One connection; ``heard`` collects every frame of it."""

    def __init__(self, socket: ClientConnection, token: str) -> None:
        self._socket, self.token = socket, token
        self.heard: list[str] = []

    def boot(self, path: str) -> None:
        """Send what a page sends first: whom it is, and which address it shows."""
        self.connect({"event": event(f"{State.get_full_name()}.hydrate_and_load", {}, path)})

    def connect(self, words: JsonObject | None = None) -> None:
        """Connect to Reflex's namespace."""
        self._socket.send(_CONNECT + json.dumps(words or {}))

    def call(self, name: str, payload: JsonObject, path: str = "/") -> None:
        """Call a handler by name."""
        self._socket.send(f"{_EVENT}{json.dumps(event(name, payload, path))}]")

    def listen(self, seconds: float = QUIET) -> str:
        """Hear until nothing more comes for a while; returns everything heard since the connection was made."""
        with contextlib.suppress(TimeoutError):
            while True:
                frame = str(self._socket.recv(timeout=seconds))
                if frame == _PING:
                    self._socket.send(_PONG)
                self.heard.append(frame)
        return "\n".join(self.heard)

    def wait_for(self, words: str, seconds: float = 15.0) -> bool:
        """Hear until some words come; tells whether they did."""
        deadline = time.monotonic() + seconds
        while words not in "\n".join(self.heard) and time.monotonic() < deadline:
            self.listen(0.1)
        return words in "\n".join(self.heard)


@contextmanager
def raw_tab(
    house: House, *, session: str = "", token: str = "", origin: str | None = None
) -> Generator[RawTab]:
    """Open a websocket; nothing is said on Reflex's namespace yet."""
    token = token or str(uuid4())
    with connect(
        f"{house.url.replace('http', 'ws', 1)}/_event/?EIO=4&transport=websocket&token={token}",
        origin=Origin(house.url if origin is None else origin),
        subprotocols=[Subprotocol(Reflex.VERSION)],
        additional_headers={"Cookie": f"{SESSION}={session}"} if session else {},
        max_size=None,
        open_timeout=15,
    ) as socket:
        tab = RawTab(socket, token)
        tab.heard.append(str(socket.recv(timeout=15)))
        yield tab


def event(name: str, payload: JsonObject, path: str) -> JsonObject:
    """Write an event as a page does."""
    return {"name": name, "payload": payload, "router_data": {"pathname": path, "query": {}, "asPath": path}}


def handlers() -> dict[str, list[str]]:
    """Return every handler that a client can name, ours and Reflex's, with its arguments."""
    assert composition.app
    return {
        f"{state.get_full_name()}.{name}": list(
            handler.fn.__code__.co_varnames[1 : handler.fn.__code__.co_argcount]
        )
        for state in _states(State)
        for name, handler in state.event_handlers.items()
    }


def handler(suffix: str) -> str:
    """Return the full name of a handler."""
    [found] = [name for name in handlers() if name.endswith(suffix)]
    return found


def _states(root: type[BaseState]) -> Iterator[type[BaseState]]:
    yield root
    for substate in root.get_substates():
        yield from _states(substate)
