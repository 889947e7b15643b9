"""Put the simulator together: channels in, an ASGI application out."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from campotech_wa.simulator.adversity import Adversity
from campotech_wa.simulator.closing import Closing
from campotech_wa.simulator.control import ControlRoutes, control_error
from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.fault_orders import FaultError
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.graph.access import Access
from campotech_wa.simulator.graph.messages import MessageRoutes, graph_error
from campotech_wa.simulator.graph.mischief import EdgeError, Mischief, edge_page
from campotech_wa.simulator.media.library import Library
from campotech_wa.simulator.media.resumable import ResumableRoutes
from campotech_wa.simulator.media.routes import MediaRoutes
from campotech_wa.simulator.nodes.office import Office
from campotech_wa.simulator.nodes.routes import NodeRoutes
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.outbound.reports import Reporter
from campotech_wa.simulator.outbound.sending import Sending
from campotech_wa.simulator.phone import PhoneRoutes
from campotech_wa.simulator.settings import Configuration
from campotech_wa.simulator.sms.errors import SmsError
from campotech_wa.simulator.sms.mailbox import Mailbox
from campotech_wa.simulator.sms.reporting import Reporting
from campotech_wa.simulator.sms.routes import SmsRoutes, refused
from campotech_wa.simulator.webhooks.courier import Courier
from campotech_wa.simulator.webhooks.receiving import Receiving
from campotech_wa.simulator.world.state import World


class Simulator:
    """One simulated Meta: its world, its machinery and the application that shows both to HTTP."""

    def __init__(self, configuration: Configuration) -> None:
        self._world = World(configuration.channels, configuration.behaviour)
        self._closing, self._library = Closing(), Library()
        self._feed, self._courier, self._adversity = Feed(), Courier(), Adversity()
        self._access = Access(self._world.channels.values(), self._adversity.conditions)
        self._reporter = Reporter(self._world, self._courier, self._feed, self._adversity.disorder)
        self._sending = Sending(
            self._world, self._reporter, self._feed, self._library, self._adversity.conditions
        )
        self._mailbox, self._sms_reporting = Mailbox(), Reporting(self._world, self._feed)
        self._sms = SmsRoutes(
            configuration.sms_accounts,
            self._mailbox,
            self._sms_reporting,
            self._adversity.faults,
            self._closing,
        )
        self.app = self._compose()

    def close(self) -> None:
        """End every stream and every wait, so that a server can stop at once."""
        self._closing.begin()
        self._courier.reset()
        self._sms_reporting.reset()
        self._feed.publish_everywhere({"kind": "closing"})

    def _compose(self) -> Starlette:
        messages = MessageRoutes(self._access, self._sending, self._adversity.faults, self._closing)
        return Starlette(
            routes=[
                *messages.routes(),  # first: nothing else is asked for so often
                Route("/healthz", _healthz),
                Mount("/_sim", routes=[*self._control().routes(), *self._sms.control()]),
                *PhoneRoutes(self._world, self._feed, self._closing, self._mailbox).routes(),
                *self._sms.routes(),
                *self._graph(),
            ],
            exception_handlers={
                GraphError: _on_graph_error,
                ControlError: _on_control_error,
                FaultError: _on_control_error,
                EdgeError: _on_edge_error,
                SmsError: _on_sms_error,
            },
            lifespan=self._lifespan,
        )

    def _control(self) -> ControlRoutes:
        world, courier, reporter, library = self._world, self._courier, self._reporter, self._library
        receiving = Receiving(world, courier, reporter, library, self._adversity.conditions)
        return ControlRoutes(
            world,
            courier,
            reporter,
            receiving,
            self._adversity,
            self._feed,
            library,
            self._mailbox,
            self._sms_reporting,
        )

    def _graph(self) -> list[Route]:
        access, mischief = self._access, Mischief(self._adversity.faults, self._closing)
        media = MediaRoutes(access, self._library, mischief)
        office = Office(access, self._world, self._courier, mischief, self._adversity.conditions)
        return [*media.routes(), *NodeRoutes(office, media, ResumableRoutes(access)).routes()]

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncGenerator[None, None]:
        async with self._courier.at_work(), self._sms_reporting.at_work():
            reporting = asyncio.create_task(self._reporter.run())
            try:
                yield
            finally:
                reporting.cancel()
                with suppress(asyncio.CancelledError):
                    await reporting
                self._library.reset()


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _on_graph_error(_request: Request, error: Exception) -> Response:
    return graph_error(error) if isinstance(error, GraphError) else control_error(error)


async def _on_control_error(_request: Request, error: Exception) -> Response:
    return control_error(error)


async def _on_edge_error(_request: Request, error: Exception) -> Response:
    return edge_page(error.http_status) if isinstance(error, EdgeError) else control_error(error)


async def _on_sms_error(_request: Request, error: Exception) -> Response:
    return refused(error) if isinstance(error, SmsError) else control_error(error)
