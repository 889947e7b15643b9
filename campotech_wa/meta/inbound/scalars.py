"""Read single values that Meta writes in more than one way: ids, moments, digests."""

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import Final

_EARLIEST: Final = datetime(2009, 1, 1, tzinfo=UTC)
"""WhatsApp's first year. A time before it is no time: the year 1, which unix seconds can name, fits no time zone."""

_LONGEST_ID: Final = 512
"""Ids reach about 160 characters (webhooks.md 3 and 5); an index of PostgreSQL takes 2,700 bytes."""

_DIGEST_BYTES: Final = 32

_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")


def identifier(value: object) -> str:
    """Return an id, which may be a number, or an empty text."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_ID else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return identifier(str(value))
    return ""


def message_id(value: object) -> str:
    """Return the id of a message, which is always a text, or an empty one."""
    return identifier(value) if isinstance(value, str) else ""


def moment(value: object) -> datetime | None:
    """Read unix seconds, which Meta writes as a text or as a number (webhooks.md section 2)."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return None
    try:
        told = datetime.fromtimestamp(int(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return told if told >= _EARLIEST else None


def digest(value: object) -> bytes | None:
    """Read a SHA-256, base64 in webhooks and hex in some answers (webhooks.md 3.1)."""
    if not isinstance(value, str):
        return None
    if _HEX.fullmatch(value):
        return bytes.fromhex(value)
    try:
        decoded = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        return None
    return decoded if len(decoded) == _DIGEST_BYTES else None


def digits(value: object) -> str:
    """Return the digits of a number as people write it, such as ``display_phone_number``."""
    return re.sub(r"[^0-9]", "", identifier(value))
