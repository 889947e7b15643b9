"""Do to a request what a fault rule orders: wait, refuse it, answer a page, or hang up."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from campotech_wa.simulator.closing import Closing
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.faults import Effect, Faults, Occasion
from campotech_wa.simulator.graph.hangup import drop

_EDGE_PAGE = "<!DOCTYPE html><html><head><title>Error</title></head><body>Something went wrong.</body></html>"


class EdgeError(Exception):
    """The edge answers in place of the Graph API (errors.md, 1)."""

    def __init__(self, http_status: int) -> None:
        super().__init__(http_status)
        self.http_status = http_status


class Mischief:
    """Strikes requests to every route but that of the messages, which are accepted before they are answered."""

    def __init__(self, faults: Faults, closing: Closing) -> None:
        self._faults, self._closing = faults, closing

    async def strike(self, request: Request, occasion: Occasion) -> Effect:
        """Wait, and raise or hang up, as the rules say; answer what else they order."""
        effect = self._faults.take(occasion)
        if effect.latency:
            await self._closing.pause(effect.latency)
        if effect.error_code is not None:
            raise refusal(effect.error_code)
        if effect.http_status is not None:
            raise EdgeError(effect.http_status)
        if effect.drop_response:
            drop(request)
        return effect


def edge_page(http_status: int) -> Response:
    """Answer what comes from the edge when the Graph API itself does not answer (errors.md, 1)."""
    return HTMLResponse(_EDGE_PAGE, http_status)
