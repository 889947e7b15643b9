"""Errors as RFC 9457 problem JSON."""

import logging
import re
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from campotech_wa.domain import meta_errors
from campotech_wa.errors import (
    CampotechError,
    Conflict,
    InvalidInput,
    MetaBusy,
    MetaError,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    StorageUnavailable,
    Throttled,
)
from campotech_wa.web.bodies import TooLarge

log = logging.getLogger(__name__)

_TRACE = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)

_STATUS: dict[type[Exception], HTTPStatus] = {
    Conflict: HTTPStatus.CONFLICT,
    InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Throttled: HTTPStatus.TOO_MANY_REQUESTS,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    StorageUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    MetaBusy: HTTPStatus.SERVICE_UNAVAILABLE,
}

_CODES: dict[type[Exception], str] = {TooLarge: "too_large", StorageUnavailable: "storage"}


def problem(
    status: HTTPStatus,
    detail: str = "",
    *,
    code: str = "",
    field: str = "",
    limit: int | None = None,
    count: int | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Build a problem; ``code`` is stable and for programs, ``detail`` says what to do."""
    body: dict[str, object] = {"type": "about:blank", "title": status.phrase, "status": int(status)}
    body |= {key: value for key, value in (("detail", detail), ("code", code), ("field", field)) if value}
    body |= {key: value for key, value in (("limit", limit), ("count", count)) if value is not None}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Turn every named failure of a route into a problem."""
    app.add_exception_handler(CampotechError, _named)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(UnicodeEncodeError, _broken_text)
    for kind in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(kind, _unavailable)


def _named(_: Request, error: Exception) -> JSONResponse:
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), HTTPStatus.BAD_GATEWAY)
    headers: dict[str, str] = {}
    if isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Throttled):
        headers["Retry-After"] = str(int(error.retry_after.total_seconds()))
    if isinstance(error, InvalidInput):
        return problem(
            status, error.detail, code=error.code, field=error.field, limit=error.limit, count=error.count
        )
    if isinstance(error, MetaError):
        return _of_meta(status, error)
    return problem(status, str(error), code=_CODES.get(type(error), ""), headers=headers)


def _of_meta(status: HTTPStatus, error: MetaError) -> JSONResponse:
    """Say what the catalogue says of the code, and Meta's own details; its trace is what its support asks for."""
    if error.code is None:
        return problem(status, error.detail, code="meta")
    sentence = meta_errors.find(error.code).english
    trace = {"X-Meta-Trace": error.trace} if _TRACE.fullmatch(error.trace) else None
    return problem(status, f"{sentence} Meta: {error.detail}", code=f"meta_{error.code}", headers=trace)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": (), "msg": ""}
    # The value itself is not repeated: it may be content.
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        str(first["msg"]),
        code="invalid",
        field=".".join(str(part) for part in first["loc"]),
    )


def _http(_: Request, error: Exception) -> JSONResponse:
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    return problem(status)


def _broken_text(_: Request, __: Exception) -> JSONResponse:
    """Half of a character, as JSON can spell it, fits neither the database nor a request to Meta."""
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "A text holds half of a character.", code="invalid")


def _unavailable(_: Request, error: Exception) -> JSONResponse:
    log.error("store unavailable", exc_info=error)
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "The store is not available. Try again.", headers={"Retry-After": "2"}
    )
