"""Put the simulator together: channels in, an ASGI application out."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from campotech_wa.simulator.access import Access
from campotech_wa.simulator.closing import Closing
from campotech_wa.simulator.control import ControlError, ControlRoutes, control_error
from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.faults import FaultError, Faults
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.graph import MessageRoutes, graph_error
from campotech_wa.simulator.nodes import NodeRoutes
from campotech_wa.simulator.phone import PhoneRoutes
from campotech_wa.simulator.receiving import InboundError, Receiving
from campotech_wa.simulator.reports import Reporter
from campotech_wa.simulator.sending import Sending
from campotech_wa.simulator.settings import DEFAULT_BEHAVIOUR, Behaviour, Channel
from campotech_wa.simulator.state import World
from campotech_wa.simulator.webhooks import Courier


class Simulator:
    """One simulated Meta: its world, its machinery and the application that shows both to HTTP."""

    def __init__(self, channels: Iterable[Channel], behaviour: Behaviour = DEFAULT_BEHAVIOUR) -> None:
        self._world = World(channels)
        self._feed, self._courier, self._faults = Feed(), Courier(), Faults()
        self._closing = Closing()
        self._reporter = Reporter(self._world, self._courier, self._feed)
        self._sending = Sending(self._world, self._reporter, self._feed, behaviour)
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
                InboundError: _on_control_error,
            },
            lifespan=self._lifespan,
        )

    def _control(self) -> ControlRoutes:
        receiving = Receiving(self._world, self._courier, self._reporter)
        return ControlRoutes(self._world, self._courier, self._reporter, receiving, self._faults, self._feed)

    def _graph(self) -> list[Route]:
        channels = self._world.channels.values()
        access = Access(channels)
        messages = MessageRoutes(access, self._sending, self._faults, self._closing)
        return [*messages.routes(), *NodeRoutes(access, channels).routes()]

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


def create_app(channels: Iterable[Channel], behaviour: Behaviour = DEFAULT_BEHAVIOUR) -> ASGIApp:
    """Answer an application that plays Meta for these channels; its lifespan must run."""
    return Simulator(channels, behaviour).app


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _on_graph_error(_request: Request, error: Exception) -> Response:
    return graph_error(error) if isinstance(error, GraphError) else control_error(error)


async def _on_control_error(_request: Request, error: Exception) -> Response:
    return control_error(error)
