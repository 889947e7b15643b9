"""Put the management routes together, and answer what has an id and nothing else in its address."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.errors import unknown_object
from campotech_wa.simulator.graph.access import node_id, unknown_path
from campotech_wa.simulator.media.resumable import PREFIX, ResumableRoutes
from campotech_wa.simulator.media.routes import MediaRoutes
from campotech_wa.simulator.nodes import accounts, phone_numbers, templates
from campotech_wa.simulator.nodes.accounts import AccountRoutes
from campotech_wa.simulator.nodes.blocked import BlockedRoutes
from campotech_wa.simulator.nodes.links import LinkRoutes
from campotech_wa.simulator.nodes.office import Office, parameters
from campotech_wa.simulator.nodes.preferences import PreferenceRoutes
from campotech_wa.simulator.nodes.profile import ProfileRoutes
from campotech_wa.simulator.nodes.registration import RegistrationRoutes
from campotech_wa.simulator.nodes.templates import TemplateRoutes
from campotech_wa.simulator.nodes.tokens import TokenRoutes
from campotech_wa.simulator.nodes.usernames import UsernameRoutes

NODE = "/{version}/{node_id}"
_EDGES = (
    TokenRoutes,
    AccountRoutes,
    RegistrationRoutes,
    ProfileRoutes,
    BlockedRoutes,
    LinkRoutes,
    UsernameRoutes,
    PreferenceRoutes,
    TemplateRoutes,
)


class NodeRoutes:
    """GET, POST and DELETE /{version}/{id}, and every edge of numbers and accounts (sending.md, 4, 5 and 8)."""

    def __init__(self, office: Office, media: MediaRoutes, uploads: ResumableRoutes) -> None:
        self._office, self._media, self._uploads = office, media, uploads

    def routes(self) -> list[Route]:
        """Answer the routes; the last one takes what no other does."""
        edges = [route for edge in _EDGES for route in edge(self._office).routes()]
        return [
            *edges,
            *self._uploads.routes(),
            Route(NODE, self.delete, methods=["DELETE"]),
            Route(NODE, self.change, methods=["POST"]),
            Route(f"{NODE}/", self.change, methods=["POST"]),
            Route(NODE, self.show),
            Route("/{rest:path}", self.nowhere, methods=["GET", "POST", "DELETE"]),
        ]

    async def show(self, request: Request) -> Response:
        """Answer what the id names, a number, account or template with the fields that were asked for."""
        if node_id(request).startswith(PREFIX):
            return await self._uploads.show(request)
        wanted, granted = node_id(request), self._office.access.granted(request)
        if any(channel.phone_number_id == wanted for channel in granted):
            number = await self._office.number(request)
            return JSONResponse(phone_numbers.describe(request, number, self._office))
        if any(channel.waba_id == wanted for channel in granted):
            return JSONResponse(accounts.describe(request, await self._office.account(request), self._office))
        template = self._office.world.template(wanted, granted)
        if template is not None:
            return JSONResponse(templates.describe(request, template))
        medium = await self._media.resolve(request, granted)
        if medium is None:
            raise unknown_object(wanted, "get")
        return medium

    async def change(self, request: Request) -> Response:
        """Change a phone number, or go on with an upload."""
        if node_id(request).startswith(PREFIX):
            return await self._uploads.go_on(request)
        number = await self._office.number(request)
        return JSONResponse(await phone_numbers.change(number, await parameters(request), self._office))

    async def delete(self, request: Request) -> Response:
        """Delete a medium, the one kind of object that goes by its id alone."""
        deleted = await self._media.delete(request, self._office.access.granted(request))
        if deleted is None:
            raise unknown_object(node_id(request), "delete")
        return deleted

    async def nowhere(self, request: Request) -> Response:
        """Refuse what the Graph API has, or has not, and the simulator does not play."""
        self._office.access.granted(request)
        raise unknown_path(request)
