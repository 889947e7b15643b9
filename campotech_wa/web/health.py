"""Health for those who watch: the process lives, the product is ready."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from campotech_wa.services import health

router = APIRouter(tags=["health"])


@router.get("/healthz", response_class=PlainTextResponse)
async def healthz() -> Response:
    """Answer while the process lives."""
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz() -> Response:
    """Database, Redis, workers, what waits and since when, Meta; 503 when the work can not be done."""
    ready, parts = await asyncio.to_thread(health.readiness)
    return JSONResponse(parts, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)
