"""Spoil a download: bytes that end too early, other bytes than promised, or a page instead of them."""

from collections.abc import AsyncIterator

from starlette.responses import HTMLResponse, Response, StreamingResponse

from campotech_wa.simulator.media.library import Media

_CHUNK = 64 * 1024


def spoiled(media: Media, how: str) -> Response:
    """Answer what a fault rule orders: `truncated`, `wrong` (as long, but other bytes) or `html`."""
    if how == "html":
        return HTMLResponse("<!DOCTYPE html><html><body>Something went wrong.</body></html>")
    chunks = _half(media) if how == "truncated" else _inverted(media)
    headers = {"Content-Length": str(media.size)}
    return StreamingResponse(chunks, media_type=media.mime_type, headers=headers)


async def _half(media: Media) -> AsyncIterator[bytes]:
    # Fewer bytes than the header promises: the server then closes the connection.
    yield _read(media, 0, media.size // 2)


async def _inverted(media: Media) -> AsyncIterator[bytes]:
    for start in range(0, media.size, _CHUNK):
        yield bytes(255 - byte for byte in _read(media, start, _CHUNK))


def _read(media: Media, start: int, length: int) -> bytes:
    with media.path.open("rb") as file:
        file.seek(start)
        return file.read(length)
