"""What an SMS provider calls: the further states of each SMS."""

import asyncio
import logging
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from campotech_wa.errors import NotFound
from campotech_wa.services import sms
from campotech_wa.services.sms import BadSignature, Malformed
from campotech_wa.web import bodies

log = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)

LARGEST_BODY = 16 * 1024
"""Bytes; a callback of Twilio's has some five hundred."""

_REFUSALS: dict[type[Exception], HTTPStatus] = {
    bodies.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NotFound: HTTPStatus.NOT_FOUND,
    BadSignature: HTTPStatus.FORBIDDEN,
    Malformed: HTTPStatus.BAD_REQUEST,
    ClientDisconnect: HTTPStatus.BAD_REQUEST,
}


@router.post(sms.PREFIX + "{callback_key}")
async def callback(callback_key: str, request: Request) -> Response:
    """Acknowledge a callback once what it says is stored; what is signed is the address and the form as they came."""
    query = request.scope["query_string"].decode(errors="surrogateescape")
    try:
        body = await bodies.read(request, limit=LARGEST_BODY)
        header = request.headers.get("x-twilio-signature")
        await asyncio.to_thread(sms.receive, callback_key, query, body, header)
    except tuple(_REFUSALS) as refusal:
        status = _REFUSALS[type(refusal)]
        log.warning("callback refused", extra={"status": int(status)})
        return Response(status_code=status)
    return Response(status_code=HTTPStatus.OK)
