"""Make ids that look like Meta's: wamids, business-scoped user ids, trace ids."""

import base64
import hashlib
import re
import secrets
from enum import StrEnum


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BUSINESS = "business"


_WAMID_HEAD = b"\x1c\x18"
_WAMID_ROUTE = b"\x15\x02\x00"
_WAMID_TAIL = {Author.BUSINESS: (b"\x11\x18", 9), Author.CUSTOMER: (b"\x12\x18", 16)}
"""What tells the two directions apart in recorded ids (phones-ar.md, 2), and how many random bytes follow."""

_COUNTRIES = {
    "54": "AR",
    "55": "BR",
    "52": "MX",
    "56": "CL",
    "57": "CO",
    "51": "PE",
    "34": "ES",
    "595": "PY",
    "598": "UY",
    "591": "BO",
}
"""Calling codes; everybody else is taken for a North American."""

_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def is_user_id(text: str) -> bool:
    """Tell a business-scoped user id, or a parent one, from a number (webhooks.md, 5)."""
    return _USER_ID.fullmatch(text) is not None


def wamid(customer: str, author: Author) -> str:
    """Answer a new message id; like Meta's, its base64 contains the customer's number."""
    marker, randomness = _WAMID_TAIL[author]
    unique = secrets.token_hex(randomness).upper().encode()
    number = customer.encode()
    raw = _WAMID_HEAD + _counted(number) + _WAMID_ROUTE + marker + _counted(unique) + b"\x00"
    return "wamid." + base64.b64encode(raw).decode()


def user_id(waba_id: str, wa_id: str) -> str:
    """Answer the customer's business-scoped id, the same whenever these two meet (webhooks.md, 5)."""
    digest = hashlib.sha256(f"{waba_id}:{wa_id}".encode()).digest()
    return f"{_country(wa_id)}.{int.from_bytes(digest[:8], 'big'):020d}"


def fbtrace_id() -> str:
    """Answer the id that Meta's support asks for with an error."""
    return "A" + secrets.token_urlsafe(17)


def _counted(value: bytes) -> bytes:
    return bytes([len(value)]) + value


def _country(wa_id: str) -> str:
    return _COUNTRIES.get(wa_id[:3]) or _COUNTRIES.get(wa_id[:2]) or "US"
