"""Answer with a stored file, or the part of it that was asked for, so that nothing in it can act as us."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from campotech_wa.domain import filenames, ranges
from campotech_wa.domain.media_types import RUNS_NOWHERE
from campotech_wa.services.attachments import Served

_SAFETY = {
    "X-Content-Type-Options": "nosniff",
    # Whatever a browser makes of it: no script, no form, no origin of ours.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # Only in the browser of whoever was let in; a log-out is in force after this time.
    "Cache-Control": "private, max-age=3600",
    "Accept-Ranges": "bytes",
    "Vary": "Cookie, Authorization",
}


def response(served: Served, headers: Headers) -> Response:
    """Build the answer; blocks while the storage looks the file up."""
    shown = {**_SAFETY, "ETag": served.etag, "Content-Disposition": _disposition(served)}
    if served.etag in headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=shown)
    span = ranges.asked(_range(headers, served), served.size)
    if span is None:
        outside = {**shown, "Content-Range": f"bytes */{served.size}"}
        return Response(status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=outside)
    is_part = span.length < served.size
    if is_part:
        shown["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{served.size}"
    shown["Content-Length"] = str(span.length)
    return StreamingResponse(
        served.storage.read(served.key, start=span.start, length=span.length),
        HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK,
        shown,
        media_type=served.mime_type,
    )


def _range(headers: Headers, served: Served) -> str:
    """Return the part that is asked for, if what the client has is still this file."""
    known = headers.get("if-range")
    return headers.get("range", "") if known in {None, served.etag} else ""


def _disposition(served: Served) -> str:
    return filenames.disposition(served.filename, inline=served.mime_type in RUNS_NOWHERE)
