"""The two cookies: the session, which no script can read, and the language, which is no secret."""

from datetime import datetime

from starlette.responses import Response

from campotech_wa import settings
from campotech_wa.domain.cookies import LOCALE, SESSION

_A_YEAR = 365 * 24 * 3600


def set_session(response: Response, token: str, expires_at: datetime) -> None:
    """Log a browser in."""
    response.set_cookie(
        SESSION,
        token,
        expires=expires_at,
        httponly=True,
        samesite="lax",
        secure=settings.get().cookie_secure,
        path="/",
    )


def clear_session(response: Response) -> None:
    """Log a browser out."""
    response.delete_cookie(
        SESSION, httponly=True, samesite="lax", secure=settings.get().cookie_secure, path="/"
    )


def set_locale(response: Response, locale: str) -> None:
    """Remember a browser's language, also for its login page."""
    response.set_cookie(LOCALE, locale, max_age=_A_YEAR, samesite="lax", path="/")
