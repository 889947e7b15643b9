"""Close a client's connection without answering, which no ASGI message can ask for."""

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request

_OPEN_FILES = Path("/dev/fd")
"""Linux and macOS list a process's open files here; elsewhere nothing is found and nothing is closed."""


def drop(request: Request) -> None:
    """Shut the connection that the request came over."""
    # granian gives ports as text, against the ASGI specification
    client, server = request.scope["client"], request.scope["server"]
    hang_up((str(client[0]), int(client[1])), (str(server[0]), int(server[1])))


def hang_up(client: tuple[str, int], server: tuple[str, int]) -> bool:
    """Shut the socket between these two addresses; tell whether it was found in this process."""
    for connection in _sockets():
        with connection:
            if _ends(connection) == (client, server):
                connection.shutdown(socket.SHUT_RDWR)
                return True
    return False


def _sockets() -> Iterator[socket.socket]:
    # Each is a duplicate: closing it leaves the server's own descriptor alone, shutting it down does not.
    for number in _descriptors():
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                yield socket.socket(fileno=os.dup(number))
        except OSError:
            continue


def _descriptors() -> list[int]:
    return [int(entry.name) for entry in _OPEN_FILES.iterdir()] if _OPEN_FILES.exists() else []


def _ends(connection: socket.socket) -> tuple[object, object] | None:
    try:
        return connection.getpeername()[:2], connection.getsockname()[:2]
    except OSError:
        return None
