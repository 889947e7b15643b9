"""Answer the Graph API's media calls: upload, tell where the bytes are, hand them out, delete."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.errors import GraphError, refusal, unknown_object
from campotech_wa.simulator.faults import Occasion
from campotech_wa.simulator.graph.access import Access, node_id
from campotech_wa.simulator.graph.mischief import Mischief
from campotech_wa.simulator.media import bodies, rules
from campotech_wa.simulator.media.library import UPLOAD_LIVES, Library, Media
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject

DOWNLOADS = "/whatsapp_business/attachments/"
"""Where the bytes are, as on Meta's lookaside host."""
_ENVELOPE = 64 * rules.KB
"""What a multipart body may hold beside the file."""
_CHUNK = 256 * rules.KB


class MediaRoutes:
    """POST /{phone_number_id}/media, GET and DELETE of an id, and the address of its bytes (sending.md, 2)."""

    def __init__(self, access: Access, library: Library, mischief: Mischief) -> None:
        self._access, self._library, self._mischief = access, library, mischief

    def routes(self) -> list[Route]:
        """Answer the routes that are the media's own; an id alone is answered among the other nodes."""
        return [
            Route(DOWNLOADS, self.download),
            Route("/{version}/{node_id}/media", self.upload, methods=["POST"]),
        ]

    async def upload(self, request: Request) -> Response:
        """Take a multipart body: a field messaging_product, a field type, and the file."""
        channel = self._access.by_number(request)
        _check_length(request)
        async with request.form(max_files=1, max_fields=8) as form:
            file, mime_type = _file_of(form)
            kind = rules.check_type(mime_type)
            occasion = Occasion("media_upload", channel.phone_number_id, type=rules.base_type(mime_type))
            await self._mischief.strike(request, occasion)
            media = await self._library.keep(
                _chunks(file),
                phone_number_id=channel.phone_number_id,
                mime_type=rules.base_type(mime_type),
                filename=file.filename or "",
                until=datetime.now(UTC) + UPLOAD_LIVES,
                limit=rules.LIMITS[kind],
            )
        self._check_size(media, kind)
        return JSONResponse({"id": media.id})

    async def resolve(self, request: Request, channels: Sequence[Channel]) -> Response | None:
        """Tell where a medium's bytes are; None if the id in the address is none of these numbers' media."""
        media = self._held(request, channels)
        if media is None:
            return None
        await self._mischief.strike(request, _occasion("media_resolve", media))
        url = address_of(self._library, media, str(request.base_url))
        return JSONResponse(_described(media, url))

    async def delete(self, request: Request, channels: Sequence[Channel]) -> Response | None:
        """Forget a medium; None as in resolve."""
        media = self._held(request, channels)
        if media is None:
            return None
        self._library.delete(media)
        return JSONResponse({"success": True})

    async def download(self, request: Request) -> Response:
        """Stream the bytes to whoever shows the token of the number that owns them."""
        channels = self._access.granted(request)
        query = request.query_params
        media = self._library.at(query.get("mid", ""), query.get("hash", ""), now=datetime.now(UTC))
        if media is None or not _owned(media, channels):
            return HTMLResponse("<html><body>URL signature expired</body></html>", 404)
        effect = await self._mischief.strike(request, _occasion("media_download", media))
        if effect.body:
            return bodies.spoiled(media, effect.body)
        return FileResponse(media.path, media_type=media.mime_type)

    def _held(self, request: Request, channels: Sequence[Channel]) -> Media | None:
        media = self._library.find(node_id(request), now=datetime.now(UTC))
        if media is None or not _owned(media, channels):
            return None
        asked = request.query_params.get("phone_number_id", media.phone_number_id)
        if asked != media.phone_number_id:
            raise unknown_object(media.id, request.method.lower())
        return media

    def _check_size(self, media: Media, kind: str) -> None:
        try:
            rules.check_size(kind, media.size, media.head)
        except GraphError:
            self._library.delete(media)
            raise


def address_of(library: Library, media: Media, base_url: str) -> str:
    """Answer a new address of the medium under the host that was asked."""
    address = library.address(media, now=datetime.now(UTC))
    query = {"mid": media.id, "ext": int(address.until.timestamp()), "hash": address.secret}
    return f"{base_url.rstrip('/')}{DOWNLOADS}?{urlencode(query)}"


def _described(media: Media, url: str) -> JsonObject:
    return {
        "messaging_product": "whatsapp",
        "url": url,
        "mime_type": media.mime_type,
        "sha256": media.sha256_hex,
        "file_size": media.size,
        "id": media.id,
    }


def _occasion(route: str, media: Media) -> Occasion:
    return Occasion(route, media.phone_number_id, type=media.mime_type, id=media.id)


def _owned(media: Media, channels: Sequence[Channel]) -> bool:
    return media.phone_number_id in {channel.phone_number_id for channel in channels}


def _check_length(request: Request) -> None:
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > rules.LARGEST + _ENVELOPE:
        raise refusal(131053, f"Param file must have at most {rules.LARGEST} bytes.")


def _file_of(form: FormData) -> tuple[UploadFile, str]:
    if form.get("messaging_product") != "whatsapp":
        raise refusal(100, "The parameter messaging_product is required.")
    file, written = form.get("file"), form.get("type")
    if not isinstance(file, UploadFile):
        raise refusal(131008, "The parameter file is required.")
    if not isinstance(written, str) or not written:
        raise refusal(131008, "The parameter type is required.")
    return file, file.content_type or written  # the part's own type counts (sending.md, 2)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(_CHUNK):
        yield chunk
