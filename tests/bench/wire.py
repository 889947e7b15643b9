"""The smallest HTTP/1.1 client there is: a kept connection, a prepared request in, a status out."""

import asyncio
import socket
from types import TracebackType
from typing import Self

_END_OF_HEAD = b"\r\n\r\n"


class Answer:
    """An answer as it arrives."""

    def __init__(self) -> None:
        self._received = b""

    def feed(self, data: bytes) -> int | None:
        """Take some bytes; return the status when the answer is complete."""
        self._received += data
        head, found, body = self._received.partition(_END_OF_HEAD)
        if not found or len(body) < _length(head):
            return None
        return int(head[9:12])


class Connection(asyncio.Protocol):
    """A connection that carries one request at a time."""

    def __init__(self) -> None:
        self._answer = Answer()
        self._status: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def to(cls, port: int) -> "Connection":
        """Connect to a server of this machine."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    async def post(self, request: bytes) -> int:
        """Send a request; return the status of its answer."""
        if self._transport is None:
            raise ConnectionError("The connection is closed.")
        self._answer, self._status = Answer(), asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._status

    def close(self) -> None:
        """Hang up."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Settle the request when its answer is complete."""
        status = self._answer.feed(data)
        if status is not None and self._status:
            self._status.set_result(status)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail the request under way."""
        self._transport = None
        if self._status and not self._status.done():
            self._status.set_exception(exc or ConnectionError("The server hung up."))


class Line:
    """The same for those who wait: a connection that blocks."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def post(self, request: bytes) -> int:
        """Send a request; return the status of its answer."""
        self._socket.sendall(request)
        answer = Answer()
        while (status := answer.feed(self._receive())) is None:
            pass
        return status

    def _receive(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("The server hung up.")
        return data


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
