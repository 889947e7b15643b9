"""Put the simulator together: channels in, an ASGI application out."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

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
from campotech_wa.simulator.settings import DEFAULT_BEHAVIOUR, Behaviour, Channel
from campotech_wa.simulator.webhooks.courier import Courier
from campotech_wa.simulator.webhooks.receiving import Receiving
from campotech_wa.simulator.world.state import World


class Simulator:
    """One simulated Meta: its world, its machinery and the application that shows both to HTTP."""

    def __init__(self, channels: Iterable[Channel], behaviour: Behaviour = DEFAULT_BEHAVIOUR) -> None:
        self._world = World(channels, behaviour)
        self._closing, self._library = Closing(), Library()
        self._feed, self._courier, self._adversity = Feed(), Courier(), Adversity()
        self._reporter = Reporter(self._world, self._courier, self._feed, self._adversity.disorder)
        self._sending = Sending(
            self._world, self._reporter, self._feed, self._library, self._adversity.conditions
        )
        self.app = self._compose()

    def close(self) -> None:
        """End every stream and every wait, so that a server can stop at once."""
        self._closing.begin()
        self._courier.reset()
        self._feed.publish_everywhere({"kind": "closing"})

    def _compose(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/healthz", _healthz),
                Mount("/_sim", routes=self._control().routes()),
                *PhoneRoutes(self._world, self._feed, self._closing).routes(),
                *self._graph(),
            ],
            exception_handlers={
                GraphError: _on_graph_error,
                ControlError: _on_control_error,
                FaultError: _on_control_error,
                EdgeError: _on_edge_error,
            },
            lifespan=self._lifespan,
        )

    def _control(self) -> ControlRoutes:
        world, courier, reporter, library = self._world, self._courier, self._reporter, self._library
        receiving = Receiving(world, courier, reporter, library, self._adversity.conditions)
        return ControlRoutes(world, courier, reporter, receiving, self._adversity, self._feed, library)

    def _graph(self) -> list[Route]:
        conditions, faults = self._adversity.conditions, self._adversity.faults
        access = Access(self._world.channels.values(), conditions)
        mischief = Mischief(faults, self._closing)
        messages = MessageRoutes(access, self._sending, faults, self._closing)
        media = MediaRoutes(access, self._library, mischief)
        office = Office(access, self._world, self._courier, mischief, conditions)
        return [
            *messages.routes(),
            *media.routes(),
            *NodeRoutes(office, media, ResumableRoutes(access)).routes(),
        ]

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncGenerator[None, None]:
        async with self._courier.at_work():
            reporting = asyncio.create_task(self._reporter.run())
            try:
                yield
            finally:
                reporting.cancel()
                with suppress(asyncio.CancelledError):
                    await reporting
                self._library.reset()


def create_app(channels: Iterable[Channel], behaviour: Behaviour = DEFAULT_BEHAVIOUR) -> ASGIApp:
    """Answer an application that plays Meta for these channels; its lifespan must run."""
    return Simulator(channels, behaviour).app


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _on_graph_error(_request: Request, error: Exception) -> Response:
    return graph_error(error) if isinstance(error, GraphError) else control_error(error)


async def _on_control_error(_request: Request, error: Exception) -> Response:
    return control_error(error)


async def _on_edge_error(_request: Request, error: Exception) -> Response:
    return edge_page(error.http_status) if isinstance(error, EdgeError) else control_error(error)
