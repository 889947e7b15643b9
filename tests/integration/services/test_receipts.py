"""A customer is shown that they were read and that somebody writes; nothing waits for it, nothing fails over it."""

import asyncio
import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, OrganizationId
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import receipts
from campotech_wa.signals import jobs
from tests.integration.desk import ago, change, hear, text

ORGANIZATION = OrganizationId(1)
NEWEST = "wamid.newest"


@contextmanager
def meta(status: int = 200) -> Generator[tuple[str, list[dict[str, Any]]]]:
    """Be Meta; yields the address and what is posted there."""
    heard: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b'{"success": true}')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()


def show(conversation_id: ConversationId, url: str, *, typing: bool = False, whose: int = 1) -> None:
    async def once() -> None:
        client = GraphClient(url, "v25.0")
        try:
            await receipts.show(conversation_id, OrganizationId(whose), client, typing=typing)
        finally:
            await client.close()

    asyncio.run(once())


def waiting() -> list[tuple[Any, ...]]:
    """Return the arguments of the jobs that wait."""
    found: list[Any] = jobs.queue(jobs.OUTBOUND).jobs
    return [tuple(job.args) for job in found if job.func_name == jobs.PRESENCE]


@pytest.fixture
def ana(desk: None) -> ConversationId:
    """Let Ana write twice."""
    return hear(text("Hola", timestamp=ago(minutes=2)), text("¿Están?", wamid=NEWEST))


class TestShow:
    def test_the_newest_message_is_marked_read(self, ana: ConversationId) -> None:
        with meta() as (url, heard):
            show(ana, url)

        assert heard == [{"messaging_product": "whatsapp", "status": "read", "message_id": NEWEST}]

    def test_who_types_is_shown_with_it(self, ana: ConversationId) -> None:
        with meta() as (url, heard):
            show(ana, url, typing=True)

        assert heard[0]["typing_indicator"] == {"type": "text"}

    @pytest.mark.parametrize("status", [400, 500])
    def test_a_refusal_is_forgotten(self, ana: ConversationId, status: int) -> None:
        with meta(status) as (url, heard):
            show(ana, url)

        assert len(heard) == 1

    def test_a_meta_that_is_not_there_is_forgotten(self, ana: ConversationId) -> None:
        show(ana, "http://127.0.0.1:9")

    def test_a_message_that_meta_marks_no_more_is_let_be(self, ana: ConversationId) -> None:
        change("update wa_message set sent_at = now() - interval '31 days'")

        with meta() as (url, heard):
            show(ana, url)

        assert heard == []

    @pytest.mark.parametrize("origin", ["meta", "history"])
    def test_only_what_the_customer_has_just_said_counts(self, ana: ConversationId, origin: str) -> None:
        change("update wa_message set origin = :origin", origin=origin)

        with meta() as (url, heard):
            show(ana, url)

        assert heard == []

    def test_another_organization_shows_nothing(self, ana: ConversationId) -> None:
        with meta() as (url, heard):
            show(ana, url, whose=2)

        assert heard == []


class TestAsked:
    def test_a_look_becomes_a_job(self, agent: Actor, ana: ConversationId) -> None:
        receipts.show_read(agent, ana)

        assert waiting() == [(ana, ORGANIZATION, False)]

    def test_typing_is_shown_once_for_a_while(self, agent: Actor, ana: ConversationId) -> None:
        for _ in range(3):
            receipts.show_typing(agent, ana)

        assert waiting() == [(ana, ORGANIZATION, True)]

    def test_a_stranger_shows_nothing(self, stranger: Actor, ana: ConversationId) -> None:
        receipts.show_typing(stranger, ana)

        assert waiting() == []
