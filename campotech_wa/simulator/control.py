"""Let tests steer the simulated world over HTTP: write, read, look, break and reset (routes under /_sim)."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator import faults, receiving, views
from campotech_wa.simulator.faults import Faults
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.receiving import Receiving
from campotech_wa.simulator.reports import Reporter
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject, as_object
from campotech_wa.simulator.state import ChatKey, World
from campotech_wa.simulator.webhooks import Courier


class ControlError(ValueError):
    """The request makes no sense; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class ControlRoutes:
    """Every route answers JSON; bad input is 422 with `{"error": "<a sentence>"}`."""

    world: World
    courier: Courier
    reporter: Reporter
    receiving: Receiving
    faults: Faults
    feed: Feed

    def routes(self) -> list[Route]:
        """Answer the routes, to be mounted under /_sim."""
        return [
            Route("/inbound", self.inbound, methods=["POST"]),
            Route("/read", self.read, methods=["POST"]),
            Route("/messages", self.messages),
            Route("/faults", self.add_fault, methods=["POST"]),
            Route("/faults", self.list_faults),
            Route("/faults", self.clear_faults, methods=["DELETE"]),
            Route("/webhooks", self.webhooks),
            Route("/verify", self.verify, methods=["POST"]),
            Route("/reset", self.reset, methods=["POST"]),
        ]

    async def inbound(self, request: Request) -> Response:
        """Let a customer write; with `"wait": true` answer after the webhook's first attempt."""
        document = await _document(request)
        message, delivery = self.receiving.write(receiving.parse(document))
        if document.get("wait") is not True:
            return JSONResponse({"id": message.id})
        await delivery.tried.wait()
        return JSONResponse({"id": message.id, "webhook": views.delivery(delivery)})

    async def read(self, request: Request) -> Response:
        """Let the customer read everything the channel sent; answer the wamids that were unread."""
        document = await _document(request)
        channel = self._channel(document)
        wa_id = "".join(filter(str.isdigit, str(document.get("from", ""))))
        if not wa_id:
            raise ControlError("from must be the digits of a WhatsApp number.")
        chat = self.world.chat(ChatKey(channel.phone_number_id, wa_id))
        return JSONResponse({"read": self.reporter.read(chat)})

    async def messages(self, request: Request) -> Response:
        """List what was accepted, in order; `?after=n` leaves out the first n."""
        return _listed(views.accepted(message) for message in self.world.accepted[_after(request) :])

    async def webhooks(self, request: Request) -> Response:
        """List deliveries with their attempts and answers, in order; `?after=n` leaves out the first n."""
        return _listed(views.delivery(each) for each in self.courier.deliveries[_after(request) :])

    async def add_fault(self, request: Request) -> Response:
        """Put a rule in force; without `times` it stays until it is cleared."""
        rule = faults.parse(await _document(request))
        self.faults.rules.append(rule)
        return JSONResponse(rule.view(), 201)

    async def list_faults(self, _request: Request) -> Response:
        """List the rules in force, oldest first."""
        return _listed(rule.view() for rule in self.faults.rules)

    async def clear_faults(self, _request: Request) -> Response:
        """Lift every rule."""
        self.faults.rules.clear()
        return JSONResponse({"cleared": True})

    async def verify(self, request: Request) -> Response:
        """Do the handshake with the channel's address, as Meta does when it is entered in the dashboard."""
        channel = self._channel(await _document(request))
        challenge = str(secrets.randbelow(10**9))
        return JSONResponse({"verified": await self.courier.handshake(channel, challenge)})

    async def reset(self, _request: Request) -> Response:
        """Empty the world, lift every fault, cancel what is pending."""
        self.courier.reset()
        self.reporter.reset()
        self.faults.rules.clear()
        self.world.reset()
        self.feed.publish_everywhere({"kind": "reset"})
        return JSONResponse({"reset": True})

    def _channel(self, document: JsonObject) -> Channel:
        channel = self.world.channels.get(str(document.get("phone_number_id")))
        if channel is None:
            raise ControlError(f"No channel has the phone_number_id {document.get('phone_number_id')}.")
        return channel


def control_error(error: Exception) -> JSONResponse:
    """Answer the sentence that says what was wrong."""
    return JSONResponse({"error": str(error)}, 422)


async def _document(request: Request) -> JsonObject:
    try:
        document = as_object(json.loads(await request.body()))
    except ValueError as error:
        raise ControlError(f"The body is not JSON: {error}.") from error
    if document is None:
        raise ControlError("The body must be a JSON object.")
    return document


def _after(request: Request) -> int:
    text = request.query_params.get("after", "0")
    if not text.isascii() or not text.isdigit():
        raise ControlError("after must be a whole number.")
    return int(text)


def _listed(views_of: Iterable[JsonObject]) -> JSONResponse:
    return JSONResponse(list(views_of))
