"""The names of the two cookies, and how one is read from a request's header."""

SESSION = "campotech_session"
"""Holds the secret of a login session; no script can read it."""

LOCALE = "campotech_locale"
"""Holds the language that a browser last chose; no secret."""


def read(header: str, name: str) -> str:
    """Return the value of a cookie; empty when the header does not hold it."""
    for pair in header.split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""
