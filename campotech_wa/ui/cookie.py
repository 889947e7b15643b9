"""Read our cookies from the header that came with the websocket's handshake."""

from campotech_wa.web.cookies import LOCALE, SESSION


def session_token(header: str) -> str:
    """Return the secret of the session; empty when the browser is not logged in."""
    return _value(header, SESSION)


def locale(header: str) -> str:
    """Return the language the browser last chose; empty when it never did."""
    return _value(header, LOCALE)


def _value(header: str, name: str) -> str:
    for pair in header.split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""
