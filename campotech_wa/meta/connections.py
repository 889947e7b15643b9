"""Many requests side by side: a request goes in, and leaves through the least busy of several small pools."""

import asyncio
from typing import Any

import httpx

POOLS, POOL_SIZE = 8, 10
"""As many as a worker has requests under way, with those that a person waits for.

httpx looks through every connection of its pool, once for each of them, whenever a request begins or ends: in one
pool of 80 that takes longer than the requests.
"""


class Connections:
    """Keeps ``POOLS`` times ``POOL_SIZE`` connections to one host."""

    def __init__(self, base_url: str, timeout: httpx.Timeout) -> None:
        limits = httpx.Limits(max_connections=POOL_SIZE, max_keepalive_connections=POOL_SIZE)
        trust = httpx.create_ssl_context()
        self._pools = [
            httpx.AsyncClient(base_url=base_url, timeout=timeout, limits=limits, verify=trust)
            for _ in range(POOLS)
        ]
        self._busy = [0] * POOLS

    async def post(self, path: str, *, json: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
        """Send a request and read its answer.

        Raises:
            httpx.HTTPError: as ``httpx.AsyncClient.post``.
        """
        pool = min(range(POOLS), key=self._busy.__getitem__)
        self._busy[pool] += 1
        try:
            return await self._pools[pool].post(path, json=json, headers=headers)
        finally:
            self._busy[pool] -= 1

    async def close(self) -> None:
        """Close the connections."""
        await asyncio.gather(*(pool.aclose() for pool in self._pools))
