"""Post bodies over connections that stay open, and answer only the HTTP status.

An ordinary client costs a webhook 1.5 ms, of which nothing is used but the status: at a thousand statuses a second
the simulator would take the core that the program under test needs.
"""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import httpx

MOST_IDLE = 64
"""Connections to one host that are kept for the next body."""
_HEAD_ENDS = b"\r\n\r\n"
_BODILESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Target:
    """Where a body goes: `name` and `path` as they stand in the request's head."""

    host: str
    port: int
    secure: bool
    name: str
    path: str


@dataclass(slots=True, eq=False)
class Connection:
    """One open connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def exchange(self, request: bytes) -> tuple[int, bool]:
        """Send the request; answer the status, and whether the connection can be used again."""
        self.writer.write(request)
        status, headers = _head(await self.reader.readuntil(_HEAD_ENDS))
        length = b"0" if status in _BODILESS else headers.get(b"content-length", b"")
        if not length.isdigit() or headers.get(b"connection", b"").lower() == b"close":
            return status, False
        await self.reader.readexactly(int(length))
        return status, True

    def close(self) -> None:
        """Hang up."""
        with suppress(RuntimeError):  # the loop may have ended before
            self.writer.close()


class Wire:
    """Keeps the connections; whoever posts is responsible for how many do so at once."""

    def __init__(self) -> None:
        self._idle: defaultdict[tuple[str, int, bool], list[Connection]] = defaultdict(list)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes, *, patience: float) -> int:
        """Answer the HTTP status; raise OSError, EOFError or ValueError where none comes."""
        target = _target(url)
        async with asyncio.timeout(patience):
            request = _request(target, headers, body)
            while connection := self._reuse(target):
                with suppress(OSError, asyncio.IncompleteReadError):  # it was closed while it was idle
                    return await self._over(connection, target, request)
            return await self._over(await _connect(target), target, request)

    def close(self) -> None:
        """Hang up on everybody."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()

    def _reuse(self, target: Target) -> Connection | None:
        idle = self._idle[target.host, target.port, target.secure]
        return idle.pop() if idle else None

    async def _over(self, connection: Connection, target: Target, request: bytes) -> int:
        kept = False
        try:
            status, kept = await connection.exchange(request)
        finally:
            idle = self._idle[target.host, target.port, target.secure]
            if kept and len(idle) < MOST_IDLE:
                idle.append(connection)
            else:
                connection.close()
        return status


@lru_cache(maxsize=4096)
def _target(url: str) -> Target:
    parsed = httpx.URL(url)
    secure = parsed.scheme == "https"
    port = parsed.port or (443 if secure else 80)
    return Target(parsed.host, port, secure, parsed.netloc.decode("ascii"), parsed.raw_path.decode("ascii"))


async def _connect(target: Target) -> Connection:
    context = ssl.create_default_context() if target.secure else None
    return Connection(*await asyncio.open_connection(target.host, target.port, ssl=context))


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    told = {"Host": target.name, **headers, "Content-Length": str(len(body))}
    lines = (f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()))
    return "\r\n".join(lines).encode("ascii") + _HEAD_ENDS + body


def _head(raw: bytes) -> tuple[int, dict[bytes, bytes]]:
    first, *lines = raw.removesuffix(_HEAD_ENDS).split(b"\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    return int(first.partition(b" ")[2][:3]), headers
