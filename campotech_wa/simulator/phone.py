"""Serve the customer's phone: a page, the chats it shows, and their changes as they happen."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from campotech_wa.simulator import views
from campotech_wa.simulator.closing import Closing
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.sms.mailbox import Mailbox, Status, local
from campotech_wa.simulator.sms.reporting import PHONE
from campotech_wa.simulator.world.state import ChatKey, World

STATIC = Path(__file__).parent / "static"
SHOWN = 200
"""Messages of a chat that the page loads; a phone does not show a year at once either."""
HEARTBEAT = 15.0
"""Seconds of silence after which the stream proves that it is alive."""


class PhoneRoutes:
    """The page at / and what it asks for under /_phone."""

    def __init__(self, world: World, feed: Feed, closing: Closing, mailbox: Mailbox) -> None:
        self._world, self._feed, self._closing, self._mailbox = world, feed, closing, mailbox

    def routes(self) -> list[BaseRoute]:
        """Answer the routes, to be put before those of the Graph API."""
        return [
            Route("/", self.page),
            Route("/_phone/channels", self.channels),
            Route("/_phone/chat", self.chat),
            Route("/_phone/sms", self.sms),
            Route("/_phone/events", self.events),
            Route("/_phone/templates", self.templates),
            Mount("/_phone/static", StaticFiles(directory=STATIC)),
        ]

    async def page(self, _request: Request) -> FileResponse:
        """Answer the page itself."""
        return FileResponse(STATIC / "phone.html")

    async def channels(self, _request: Request) -> JSONResponse:
        """List the numbers that a customer can write to, without their credentials."""
        return JSONResponse([_card(channel) for channel in self._world.channels.values()])

    async def chat(self, request: Request) -> JSONResponse:
        """Answer the end of a chat as the customer's phone shows it."""
        query = request.query_params
        chat = self._world.chat(ChatKey(query.get("phone_number_id", ""), query.get("from", "")))
        shown = (views.on_the_phone(message) for message in chat.messages[-SHOWN:])
        return JSONResponse([view for view in shown if view])

    async def sms(self, request: Request) -> JSONResponse:
        """Answer the SMS that have arrived at the number in `from`, whoever sent them."""
        sent = self._mailbox.of(request.query_params.get("from", ""))
        return JSONResponse(
            [each.on_the_phone() for each in sent[-SHOWN:] if each.status is Status.DELIVERED]
        )

    async def events(self, request: Request) -> StreamingResponse:
        """Stream the changes in the channel's chats with each `from` that stands in the address, and their SMS."""
        query = request.query_params
        people = query.getlist("from")
        keys = [ChatKey(query.get("phone_number_id", ""), each) for each in people]
        keys += [ChatKey(PHONE, local(each)) for each in people]
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._stream(keys), media_type="text/event-stream", headers=headers)

    async def templates(self, request: Request) -> JSONResponse:
        """List the definitions of the account's templates: a sent message carries only their parameters."""
        channel = self._world.channels.get(request.query_params.get("phone_number_id", ""))
        known = self._world.templates([channel]) if channel else []
        return JSONResponse([each.view() for each in known])

    async def _stream(self, keys: Iterable[ChatKey]) -> AsyncIterator[str]:
        with self._feed.subscribe(keys) as queue:
            yield "retry: 1000\n\n"
            while not self._closing.begun:
                try:
                    yield f"data: {await asyncio.wait_for(queue.get(), HEARTBEAT)}\n\n"
                except TimeoutError:
                    yield ": still here\n\n"


def _card(channel: Channel) -> dict[str, str]:
    return {
        "phone_number_id": channel.phone_number_id,
        "name": channel.verified_name,
        "number": channel.display_phone_number,
    }
