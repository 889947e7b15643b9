"""What Meta calls: the verification handshake, and the POST of every event.

Any 200 acknowledges the whole POST and anything else has Meta send it again (webhooks.md, section 1.3).
"""

import logging
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from campotech_wa.errors import NotFound
from campotech_wa.meta.inbound import Malformed
from campotech_wa.services.receive import LARGEST_BODY, BadSignature, ForeignNumber, NotStored, Receiver
from campotech_wa.web import bodies

log = logging.getLogger(__name__)

PREFIX = "/webhooks/whatsapp/"

_receivers: list[Receiver] = []


def _receiver() -> Receiver:
    """Return this process's intake, made by its first request: workers are forked from a loaded program."""
    if not _receivers:
        _receivers.append(Receiver())
    return _receivers[0]


_REFUSALS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    bodies.TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large"),
    NotFound: (HTTPStatus.NOT_FOUND, "unknown key"),
    BadSignature: (HTTPStatus.UNAUTHORIZED, "wrong signature"),
    Malformed: (HTTPStatus.BAD_REQUEST, "malformed"),
    ForeignNumber: (HTTPStatus.FORBIDDEN, "foreign number"),
    NotStored: (HTTPStatus.SERVICE_UNAVAILABLE, "not stored"),
}


async def handshake(request: Request) -> Response:
    """Answer Meta's handshake with the bare challenge (webhooks.md, section 1.1)."""
    asked, webhook_key = request.query_params, request.path_params["webhook_key"]
    try:
        genuine = await _receiver().handshake(webhook_key, asked.get("hub.verify_token"))
    except (NotFound, NotStored) as refusal:
        return _refuse(refusal)
    if not genuine or asked.get("hub.mode") != "subscribe":
        log.warning("handshake refused", extra={"reason": "wrong token or mode"})
        return Response(status_code=HTTPStatus.FORBIDDEN)
    return Response(asked.get("hub.challenge", ""), media_type="text/plain")


async def event(request: Request) -> Response:
    """Acknowledge a POST once it is durable."""
    webhook_key = request.path_params["webhook_key"]
    try:
        body = await bodies.read(request, limit=LARGEST_BODY)
        await _receiver().receive(webhook_key, body, request.headers.get("x-hub-signature-256"))
    except tuple(_REFUSALS) as refusal:
        return _refuse(refusal)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    return Response(status_code=HTTPStatus.OK)


def _refuse(refusal: Exception) -> Response:
    """Answer without a word on what would have been right, and log without content."""
    status, reason = _REFUSALS[type(refusal)]
    log.warning("webhook refused", extra={"status": int(status), "reason": reason})
    return Response(status_code=status)


routes = (
    Route(PREFIX + "{webhook_key}", handshake, methods=["GET"]),
    Route(PREFIX + "{webhook_key}", event, methods=["POST"]),
)


def in_front_of(app: ASGIApp) -> ASGIApp:
    """Answer Meta before any layer of the pages and the API: they would cost more than the acknowledgement itself.

    Measured with py-spy: 70 % of a worker's time under webhook load was spent in middleware and routing.
    """
    door = Starlette(routes=list(routes))

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        is_webhook = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        await (door if is_webhook else app)(scope, receive, send)

    return serve
