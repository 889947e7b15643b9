"""What Meta calls: the verification handshake, and the POST of every event.

Any 200 acknowledges the whole POST and anything else has Meta send it again (webhooks.md, section 1.3).
"""

import logging
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from campotech_wa.errors import NotFound
from campotech_wa.meta.webhooks import Malformed
from campotech_wa.services.receive import LARGEST_BODY, BadSignature, ForeignNumber, NotStored, Receiver
from campotech_wa.web import bodies

log = logging.getLogger(__name__)

router = APIRouter(prefix="/webhooks/whatsapp", include_in_schema=False)

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


@router.get("/{webhook_key}")
async def handshake(webhook_key: str, request: Request) -> Response:
    """Answer Meta's handshake with the bare challenge (webhooks.md, section 1.1)."""
    asked = request.query_params
    try:
        genuine = await _receiver().handshake(webhook_key, asked.get("hub.verify_token"))
    except (NotFound, NotStored) as refusal:
        return _refuse(refusal)
    if not genuine or asked.get("hub.mode") != "subscribe":
        log.warning("handshake refused", extra={"reason": "wrong token or mode"})
        return Response(status_code=HTTPStatus.FORBIDDEN)
    return Response(asked.get("hub.challenge", ""), media_type="text/plain")


@router.post("/{webhook_key}")
async def event(webhook_key: str, request: Request) -> Response:
    """Acknowledge a POST once it is durable."""
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
