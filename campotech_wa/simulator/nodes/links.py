"""Keep short links with their QR codes (sending.md, 5)."""

import base64
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.nodes.fields import page
from campotech_wa.simulator.nodes.office import SUCCESS, Office, parameters
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.numbers import Number

MAX_MESSAGE = 140
MOST_LINKS = 2000
_PICTURE_PATH = "/_qr/"


class LinkRoutes:
    """GET, POST and DELETE message_qrdls."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """Answer the routes."""
        path = "/{version}/{node_id}/message_qrdls"
        return [
            Route(path, self.write, methods=["POST"]),
            Route(path, self.show_all),
            Route(f"{path}/{{code}}", self.delete, methods=["DELETE"]),
            Route(f"{path}/{{code}}", self.show),
            Route(f"{_PICTURE_PATH}{{code}}.svg", self.picture),
        ]

    async def write(self, request: Request) -> JSONResponse:
        """Make a link, or with `code` give one another message."""
        number = await self._office.number(request)
        asked = await parameters(request)
        message = asked.text("prefilled_message", most=MAX_MESSAGE)
        if asked.has("code"):
            link = _found(number, asked.text("code"))
            link["prefilled_message"] = message
            return JSONResponse(link)
        if len(number.links) >= MOST_LINKS:
            raise refusal(131009, f"A number has at most {MOST_LINKS} links.")
        link = _made(number, message)
        if asked.has("generate_qr_image"):
            asked.choice("generate_qr_image", ("SVG", "PNG"))
            link = {**link, "qr_image_url": _picture_of(request, link)}
        return JSONResponse(link)

    async def show_all(self, request: Request) -> JSONResponse:
        """List the links, oldest first."""
        number = await self._office.number(request)
        return JSONResponse(page(request, [_shown(request, link) for link in number.links.values()]))

    async def show(self, request: Request) -> JSONResponse:
        """Answer one link, as a list of one."""
        number = await self._office.number(request)
        link = _found(number, str(request.path_params["code"]))
        return JSONResponse({"data": [_shown(request, link)]})

    async def delete(self, request: Request) -> JSONResponse:
        """Forget a link."""
        number = await self._office.number(request)
        link = _found(number, str(request.path_params["code"]))
        del number.links[str(link["code"])]
        return JSONResponse(SUCCESS)

    async def picture(self, request: Request) -> Response:
        """Draw the code's letters: a stand-in for the picture that Meta draws."""
        code = str(request.path_params["code"])
        letters = "".join(each for each in code if each.isalnum())
        words = f'<text x="20" y="100">{letters}</text>'
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">{words}</svg>'
        return Response(drawing, media_type="image/svg+xml")


def _made(number: Number, message: str) -> JsonObject:
    code = base64.b32encode(secrets.token_bytes(10)).decode()[:14]
    link = f"https://wa.me/message/{code}"
    number.links[code] = {"code": code, "prefilled_message": message, "deep_link_url": link}
    return number.links[code]


def _shown(request: Request, link: JsonObject) -> JsonObject:
    """Answer the link, with its picture where the fields ask for one: qr_image_url.format(SVG)."""
    if "qr_image_url" not in request.query_params.get("fields", ""):
        return link
    return {**link, "qr_image_url": _picture_of(request, link)}


def _picture_of(request: Request, link: JsonObject) -> str:
    return f"{str(request.base_url).rstrip('/')}{_PICTURE_PATH}{link['code']}.svg"


def _found(number: Number, code: str) -> JsonObject:
    link = number.links.get(code)
    if link is None:
        raise refusal(100, "Param code is not a code of this phone number.")
    return link
