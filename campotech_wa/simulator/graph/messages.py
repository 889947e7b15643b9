"""Answer the Graph API's message routes: send, mark as read, and whatever a fault rule orders instead."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.checks.body import parse
from campotech_wa.simulator.checks.outgoing import Outgoing, ReadReceipt
from campotech_wa.simulator.closing import Closing
from campotech_wa.simulator.errors import GraphError, refusal
from campotech_wa.simulator.faults import MESSAGES, Effect, Faults, Occasion
from campotech_wa.simulator.graph.access import Access
from campotech_wa.simulator.graph.hangup import drop
from campotech_wa.simulator.graph.mischief import edge_page
from campotech_wa.simulator.outbound.sending import Sending
from campotech_wa.simulator.settings import Channel


class MessageRoutes:
    """POST /{version}/{phone_number_id}/messages and marketing_messages."""

    def __init__(self, access: Access, sending: Sending, faults: Faults, closing: Closing) -> None:
        self._access, self._sending, self._faults, self._closing = access, sending, faults, closing

    def routes(self) -> list[Route]:
        """Answer the routes, to be put under the application's own."""
        node = "/{version}/{node_id}"
        return [
            Route(f"{node}/messages", self.messages, methods=["POST"]),
            Route(f"{node}/marketing_messages", self.marketing_messages, methods=["POST"]),
        ]

    async def messages(self, request: Request) -> Response:
        """Check the token, then the body, then do what is asked."""
        channel = self._access.by_number(request)
        posted = parse(await request.body())
        if isinstance(posted, ReadReceipt):
            return JSONResponse(self._sending.mark_read(channel, posted))
        return await self._send(request, channel, posted)

    async def marketing_messages(self, request: Request) -> Response:
        """Send a template of the category MARKETING, and nothing else."""
        channel = self._access.by_number(request)
        posted = parse(await request.body())
        if isinstance(posted, ReadReceipt):
            raise refusal(100, "Param status is unknown here.")
        self._sending.refuse_unless_marketing(channel, posted)
        return await self._send(request, channel, posted)

    async def _send(self, request: Request, channel: Channel, posted: Outgoing) -> Response:
        effect = self._faults.take(_occasion(channel, posted))
        answer = self._answer(channel, posted, effect)
        if effect.latency:
            await self._closing.pause(effect.latency)
        if effect.drop_response:
            drop(request)
        return answer

    def _answer(self, channel: Channel, outgoing: Outgoing, effect: Effect) -> Response:
        if effect.error_code is not None:
            return graph_error(refusal(effect.error_code))
        if effect.http_status is not None:
            return edge_page(effect.http_status)
        try:
            return JSONResponse(self._sending.accept(channel, outgoing, failure=effect.status_failed_code))
        except GraphError as error:
            return graph_error(error)


def graph_error(error: GraphError) -> JSONResponse:
    """Answer the error as Meta words it."""
    return JSONResponse(error.body(), error.http_status)


def _occasion(channel: Channel, outgoing: Outgoing) -> Occasion:
    return Occasion(MESSAGES, channel.phone_number_id, outgoing.customer, outgoing.type, outgoing.text)
