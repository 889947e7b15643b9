"""Login and log-out as plain HTTP: the session cookie never passes through a script."""

import asyncio
import logging
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from campotech_wa import settings
from campotech_wa.domain.cookies import SESSION
from campotech_wa.domain.locale import LOCALES
from campotech_wa.errors import NotAuthenticated, Throttled
from campotech_wa.services import people
from campotech_wa.web import cookies

log = logging.getLogger(__name__)

router = APIRouter(prefix="/auth", include_in_schema=False)

_LOGIN_PAGE = "/login"


@router.post("/login")
async def login(
    request: Request,
    email: Annotated[str, Form(max_length=320)] = "",
    password: Annotated[str, Form(max_length=people.LONGEST_PASSWORD)] = "",
) -> Response:
    """Open a session and go to the inbox, or back to the login page with the reason."""
    if not is_own_page(request):
        return Response(status_code=HTTPStatus.FORBIDDEN)
    address = request.client.host if request.client else ""
    try:
        opened = await asyncio.to_thread(people.log_in, email, password, address=address)
    except NotAuthenticated:
        log.warning("login refused", extra={"reason": "wrong password"})
        return _to(f"{_LOGIN_PAGE}?error=credentials")
    except Throttled:
        log.warning("login refused", extra={"reason": "throttled"})
        return _to(f"{_LOGIN_PAGE}?error=throttled")
    response = _to("/")
    cookies.set_session(response, opened.token, opened.expires_at)
    cookies.set_locale(response, opened.locale)
    return response


@router.post("/logout")
async def logout(request: Request) -> Response:
    """End this browser's session."""
    if not is_own_page(request):
        return Response(status_code=HTTPStatus.FORBIDDEN)
    await asyncio.to_thread(people.log_out, request.cookies.get(SESSION, ""))
    return _logged_out()


@router.post("/logout-everywhere")
async def logout_everywhere(request: Request) -> Response:
    """End every session of whoever asks."""
    if not is_own_page(request):
        return Response(status_code=HTTPStatus.FORBIDDEN)
    try:
        actor = await asyncio.to_thread(people.actor_of_session, request.cookies.get(SESSION, ""))
        await asyncio.to_thread(people.log_out_everywhere, actor)
    except NotAuthenticated:
        pass
    return _logged_out()


@router.post("/locale")
async def locale(request: Request, locale: Annotated[str, Form()] = "") -> Response:
    """Choose the language of the pages, and come back to the page it was chosen on."""
    if not is_own_page(request) or locale not in LOCALES:
        return Response(status_code=HTTPStatus.FORBIDDEN)
    try:
        actor = await asyncio.to_thread(people.actor_of_session, request.cookies.get(SESSION, ""))
        await asyncio.to_thread(people.choose_locale, actor, locale)
    except NotAuthenticated:
        pass
    response = _to(_path_of(request.headers.get("referer", "")))
    cookies.set_locale(response, locale)
    return response


def is_own_page(request: Request) -> bool:
    """Tell whether a form was posted from a page of ours: browsers name the origin on every POST."""
    return request.headers.get("origin") in settings.get().allowed_origins


def _logged_out() -> Response:
    response = _to(_LOGIN_PAGE)
    cookies.clear_session(response)
    return response


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _to(path: str) -> Response:
    # One leading slash only: two would be another host.
    return RedirectResponse("/" + path.lstrip("/"), HTTPStatus.SEE_OTHER)
