"""Read what a provider answers: an acceptance, or the failure that says what to do about it."""

import json
from http import HTTPStatus
from typing import Any, cast

from httpx import codes

from campotech_wa.domain.sms_errors import SmsFault, fault_of
from campotech_wa.errors import SmsBusy, SmsError, SmsRefused, SmsUnconfirmed
from campotech_wa.sms import Accepted

_BY_STATUS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "20003",
    HTTPStatus.FORBIDDEN: "20003",
    HTTPStatus.NOT_FOUND: "20404",
}
"""What an answer without a code of the provider's means: the account is not there, or not ours."""

_LONGEST_CODE = 8

_GIVEN_UP = frozenset({"failed", "undelivered", "canceled"})


def read(status: int, body: bytes) -> Accepted:
    """Return the acceptance.

    Raises:
        SmsRefused, SmsBusy, SmsUnconfirmed: as ``Provider.send`` tells.
    """
    told = _object(body)
    if not codes.is_success(status):
        raise _failure(status, told)
    if told.get("status") in _GIVEN_UP:
        raise SmsRefused("The provider gave it up at once.", code=_text(told.get("error_code")))
    sid = told.get("sid")
    if not isinstance(sid, str) or not sid:
        raise SmsUnconfirmed("The provider accepted, but its answer names no message.")
    return Accepted(sid, segments=_count(told.get("num_segments")))


def _failure(status: int, told: dict[str, Any]) -> SmsError:
    code = _text(told.get("code")) or _BY_STATUS.get(status, "")
    detail = f"The provider answered {status}, code {code or 'none'}."
    if status == HTTPStatus.TOO_MANY_REQUESTS or fault_of(code) is SmsFault.THROTTLED:
        return SmsBusy(detail, code=code)
    if codes.is_server_error(status):
        return SmsUnconfirmed(detail, code=code)
    return SmsRefused(detail, code=code or (SmsFault.ADDRESS if codes.is_redirect(status) else ""))


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", told) if isinstance(told, dict) else {}


def _text(code: object) -> str:
    """Return a code as digits; anything else is none, since codes are logged and shown."""
    text = str(code)
    return text if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_CODE else ""


def _count(told: object) -> int:
    text = str(told)
    return int(text) if text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004  (no SMS has a thousand parts)
