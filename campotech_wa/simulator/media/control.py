"""Let tests and the phone page hand in a customer's media, look at any, and let them expire (/_sim/media)."""

import json
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.media import rules
from campotech_wa.simulator.media.library import INBOUND_LIVES, Library, Media
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.shapes import JsonObject, as_object
from campotech_wa.simulator.world.state import World

_EXPIRABLE = ("id", "url")


class MediaControl:
    """POST /_sim/media, GET /_sim/media/{id}, POST /_sim/media/{id}/expire."""

    def __init__(self, world: World, library: Library) -> None:
        self._world, self._library = world, library

    def routes(self) -> list[Route]:
        """Answer the routes, to be mounted under /_sim."""
        return [
            Route("/media", self.take, methods=["POST"]),
            Route("/media/{media_id}", self.show),
            Route("/media/{media_id}/expire", self.expire, methods=["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        """Keep the raw body as a customer's medium, of any type: people send what they like."""
        query = request.query_params
        channel = self._world.channels.get(query.get("phone_number_id", ""))
        mime_type = request.headers.get("content-type", "")
        if channel is None:
            raise ControlError(f"No channel has the phone_number_id {query.get('phone_number_id')}.")
        if not mime_type:
            raise ControlError("The body needs a Content-Type, such as image/jpeg.")
        media = await self._library.keep(
            request.stream(),
            phone_number_id=channel.phone_number_id,
            mime_type=mime_type,
            filename=query.get("filename", ""),
            until=datetime.now(UTC) + INBOUND_LIVES,
            limit=rules.LARGEST,
        )
        return JSONResponse(described(media), 201)

    async def show(self, request: Request) -> Response:
        """Stream the bytes of any medium, an uploaded one too; never as something that a browser runs."""
        media = self._found(request)
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        name = media.filename or None
        return FileResponse(
            media.path,
            media_type=media.mime_type,
            headers=headers,
            filename=name,
            content_disposition_type="inline",
        )

    async def expire(self, request: Request) -> Response:
        """Let the id and its addresses die, or with `{"what": "url"}` the addresses only."""
        media, what = self._found(request), await _what(request)
        self._library.expire(media, now=datetime.now(UTC), addresses_only=what == "url")
        return JSONResponse({"id": media.id, "expired": what})

    def _found(self, request: Request) -> Media:
        media_id = str(request.path_params["media_id"])
        media = self._library.find(media_id, now=datetime.now(UTC))
        if media is None:
            raise ControlError(f"No medium has the id {media_id}, or it has expired.")
        return media


def described(media: Media) -> JsonObject:
    """Answer what an inbound message says about the medium, but for its address."""
    return {
        "id": media.id,
        "mime_type": media.mime_type,
        "sha256": media.sha256_base64,
        "file_size": media.size,
    }


async def _what(request: Request) -> str:
    raw = await request.body()
    try:
        what = (as_object(json.loads(raw)) or {}).get("what") if raw else "id"
    except ValueError as error:
        raise ControlError(f"The body is not JSON: {error}.") from error
    if what not in _EXPIRABLE:
        raise ControlError(f"what must be one of {', '.join(_EXPIRABLE)}.")
    return str(what)
