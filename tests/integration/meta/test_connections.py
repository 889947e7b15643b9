"""As many requests as a worker may have under way are at Meta at the same moment, over connections that are kept."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from campotech_wa.meta.connections import POOL_SIZE, POOLS, Connections
from campotech_wa.services.deliver.dispatch import PLACES, URGENT_PLACES

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


@dataclass
class Meta:
    """Answers nobody until so many ask at once."""

    holds_back: int
    asking: int = 0
    connections: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await _whole_request(reader):
                self.asking += 1
                if self.asking >= self.holds_back:
                    self.enough.set()
                await self.enough.wait()
                writer.write(ANSWER)
        finally:
            writer.close()


async def _whole_request(reader: asyncio.StreamReader) -> bytes:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    [length] = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    ]
    return head + await reader.readexactly(int(length))


@asynccontextmanager
async def connected(meta: Meta) -> AsyncGenerator[Connections]:
    async with await asyncio.start_server(meta.serve, "127.0.0.1", 0, backlog=256) as server:
        host, port = server.sockets[0].getsockname()
        connections = Connections(f"http://{host}:{port}", httpx.Timeout(20))
        try:
            yield connections
        finally:
            await connections.close()


async def ask(connections: Connections, times: int) -> list[int]:
    asked = (connections.post("/1/messages", json={}, headers={}) for _ in range(times))
    return [answer.status_code for answer in await asyncio.gather(*asked)]


def test_all_that_a_worker_has_under_way_are_at_meta_at_once() -> None:
    async def at_once() -> list[int]:
        async with connected(Meta(PLACES + URGENT_PLACES)) as connections:
            return await ask(connections, PLACES + URGENT_PLACES)

    assert asyncio.run(at_once()) == [200] * (PLACES + URGENT_PLACES)


def test_connections_are_kept() -> None:
    async def twice() -> int:
        meta = Meta(POOLS * POOL_SIZE)
        async with connected(meta) as connections:
            await ask(connections, POOLS * POOL_SIZE)
            await ask(connections, POOLS * POOL_SIZE)
        return meta.connections

    assert asyncio.run(twice()) == POOLS * POOL_SIZE
