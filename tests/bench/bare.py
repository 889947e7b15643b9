"""What the acknowledgement is measured against: Starlette on granian that verifies, inserts and does nothing else."""

import asyncio
import hashlib
import hmac
import os
import sys

from psycopg import AsyncConnection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campotech_wa.cli.place import Place
from campotech_wa.cli.programs import answers
from campotech_wa.paths import checkout
from campotech_wa.supervision.process import Program
from campotech_wa.webserver import BACKLOG
from tests.bench import posts

TABLE = """
    create table bench_event (
        id bigint generated always as identity primary key,
        digest bytea not null unique,
        body bytea not null,
        received_at timestamptz not null default now()
    )
"""

_INSERT = "insert into bench_event (digest, body) values (%b, %b) on conflict do nothing"
_CONNECTIONS = 16
"""Enough for PostgreSQL to commit in groups, few enough for two cores."""


class _Pool:
    """Connections that commit by themselves and keep the statement prepared; the warmest is used first."""

    def __init__(self) -> None:
        self._idle: asyncio.LifoQueue[AsyncConnection] = asyncio.LifoQueue()

    async def open(self) -> None:
        for _ in range(_CONNECTIONS):
            connection = await AsyncConnection.connect(
                os.environ["BENCH_DATABASE"], autocommit=True, prepare_threshold=0
            )
            self._idle.put_nowait(connection)

    async def add(self, body: bytes) -> None:
        connection = await self._idle.get()
        try:
            await connection.execute(_INSERT, (hashlib.sha256(body).digest(), body))
        finally:
            self._idle.put_nowait(connection)


def application() -> Starlette:
    """Return the ASGI app."""
    pool = _Pool()
    opened = asyncio.Lock()
    ready: list[bool] = []
    secret = posts.CHANNEL["app_secret"].encode()

    async def open_once() -> None:
        async with opened:
            if not ready:
                await pool.open()
                ready.append(True)

    async def receive(request: Request) -> Response:
        body = await request.body()
        expected = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        given = request.headers.get("x-hub-signature-256", "")
        if not hmac.compare_digest(expected.encode(), given.encode()):
            return Response(status_code=401)
        await pool.add(body)
        return Response()

    async def health(_: Request) -> Response:
        await open_once()
        return Response("ok")

    return Starlette(
        routes=[Route(posts.PATH, receive, methods=["POST"]), Route("/healthz", health)],
    )


def program(place: Place, variables: dict[str, str], database: str) -> Program:
    """Return the server, with the product's own server's settings and one process."""
    return Program(
        name="bare",
        command=(
            *(sys.executable, "-m", "granian", "tests.bench.bare:application", "--factory"),
            *(
                "--interface",
                "asgi",
                "--http",
                "1",
                "--host",
                "127.0.0.1",
                "--port",
                str(place.port),
                "--workers",
                "1",
            ),
            *("--backlog", str(BACKLOG), "--log-level", "warning", "--no-access-log"),
        ),
        environment=variables | {"BENCH_DATABASE": database},
        directory=checkout(),
        log=place.data_dir / "logs" / "bare.log",
        is_ready=lambda: answers(f"{place.loopback_url}/healthz"),
    )
