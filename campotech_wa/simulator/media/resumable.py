"""Take samples for template headers and profile photos in pieces, and hand out a handle for the whole."""

import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from campotech_wa.simulator.errors import refusal, unknown_object
from campotech_wa.simulator.graph.access import Access, node_id
from campotech_wa.simulator.media.rules import LARGEST
from campotech_wa.simulator.shapes import JsonObject

TYPES = ("application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4")
PREFIX = "upload:"


@dataclass(slots=True)
class Session:
    """An upload under way; its bytes are counted and not kept, for nothing ever reads a sample."""

    id: str
    length: int
    received: int = 0
    handle: str = ""

    def view(self) -> JsonObject:
        """Answer where to go on."""
        return {"id": self.id, "file_offset": self.received}


class ResumableRoutes:
    """POST /{app_id}/uploads, then POST and GET /upload:… (sending.md, 2, resumable upload)."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._sessions: dict[str, Session] = {}

    def routes(self) -> list[Route]:
        """Answer the route that is the uploads' own; a session is answered among the other nodes."""
        return [Route("/{version}/{node_id}/uploads", self.begin, methods=["POST"])]

    async def begin(self, request: Request) -> Response:
        """Open a session for a file of this length and type."""
        self._access.granted(request)
        query = request.query_params
        length = query.get("file_length", "")
        if not re.fullmatch(r"[1-9][0-9]{0,9}", length) or int(length) > LARGEST:
            raise refusal(100, f"Param file_length must be an integer from 1 to {LARGEST}.")
        if query.get("file_type") not in TYPES:
            raise refusal(100, f"Param file_type must be one of {{{', '.join(TYPES)}}}.")
        session = Session(f"{PREFIX}MTph{secrets.token_urlsafe(24)}", int(length))
        self._sessions[session.id] = session
        return JSONResponse({"id": session.id})

    async def go_on(self, request: Request) -> Response:
        """Count the bytes from an offset on; once all are there, answer the handle."""
        session = self._session(request)
        if request.headers.get("file_offset") != str(session.received):
            raise refusal(100, f"Header file_offset must be {session.received}.")
        async for chunk in request.stream():
            session.received += len(chunk)
        if session.received > session.length:
            raise refusal(100, f"The file has more than the {session.length} bytes that were announced.")
        if session.received < session.length:
            return JSONResponse(session.view())
        session.handle = session.handle or f"4::{secrets.token_urlsafe(48)}"
        return JSONResponse({"h": session.handle})

    async def show(self, request: Request) -> Response:
        """Tell how far the upload has come."""
        return JSONResponse(self._session(request).view())

    def _session(self, request: Request) -> Session:
        self._access.granted(request)
        session = self._sessions.get(node_id(request))
        if session is None:
            raise unknown_object(node_id(request), request.method.lower())
        return session
