"""Call the routes as a client would, in this process: the application is whole, only the socket is missing."""

import asyncio
from collections.abc import AsyncIterator
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI

from campotech_wa import settings
from campotech_wa.web import app

KEY = {"Authorization": "Bearer demo-api-key-1"}
OTHER_KEY = {"Authorization": "Bearer demo-api-key-2"}


def call(
    method: str,
    path: str,
    *,
    headers: dict[str, str] | None = None,
    address: str = "192.0.2.1",
    content: bytes | AsyncIterator[bytes] | None = None,
    json: Any = None,
    data: dict[str, str] | None = None,
    params: dict[str, str] | None = None,
    cookies: dict[str, str] | None = None,
) -> httpx.Response:
    """Make one request and return the answer; redirects are not followed."""

    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(_application(), client=(address, 40_000))
        async with httpx.AsyncClient(transport=transport, base_url=origin(), cookies=cookies) as client:
            return await client.request(
                method, path, headers=headers, content=content, json=json, data=data, params=params
            )

    return asyncio.run(once())


@cache
def _application() -> FastAPI:
    return app.create()


def get(path: str, key: dict[str, str] | None = None, **params: str) -> httpx.Response:
    """Ask the REST API as organization 1, or as whoever holds another key."""
    return call("GET", f"/api/v1{path}", headers=KEY if key is None else key, params=params)


def origin() -> str:
    """Return the product's own origin, which a browser names with every form."""
    return settings.get().allowed_origins[0]
