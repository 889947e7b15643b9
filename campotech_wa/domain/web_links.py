"""Addresses that a page may open for a person: what comes in is anybody's text, what goes out is safe or empty."""

import re
from urllib.parse import quote, urlsplit

_LONGEST = 2048
"""Characters; browsers agree on no more."""

_EMAIL = re.compile(r"[^\s@<>\"',;:?&]{1,64}@[^\s@<>\"',;:?&]{1,255}\Z")


def web(address: str) -> str:
    """Return an address of the web, or nothing: any other scheme could run something."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_safe = parts.scheme in ("http", "https") and parts.netloc and len(address) <= _LONGEST
    return address if is_safe and address.isprintable() and " " not in address else ""


def host(address: str) -> str:
    """Return whose an address is, as a person would name it."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def call(number: str) -> str:
    """Return what dials a number, or nothing where there are no digits."""
    digits = "".join(char for char in number if char in "0123456789")
    plus = "+" if number.strip().startswith("+") else ""
    return f"tel:{plus}{digits}" if digits else ""


def write(email: str) -> str:
    """Return what opens a letter to an address, or nothing where it is none."""
    return f"mailto:{quote(email.strip(), safe='@+.')}" if _EMAIL.match(email.strip()) else ""


def point(latitude: float, longitude: float) -> str:
    """Return what shows a point on a map, in the telephone's own app where it has one."""
    return f"https://www.google.com/maps/search/?api=1&query={latitude},{longitude}"
