"""Read what a provider tells of an SMS it has taken: a form goes in, a state comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from campotech_wa.domain import storable
from campotech_wa.domain.sms_state import SmsState

_MOST_FIELDS = 100
"""Twilio sends about a dozen."""

_WORDS = {
    # The provider has it, whatever it is doing with it.
    "accepted": SmsState.SENT,
    "scheduled": SmsState.SENT,
    "queued": SmsState.SENT,
    "sending": SmsState.SENT,
    "sent": SmsState.SENT,
    "partially_delivered": SmsState.SENT,
    "delivered": SmsState.DELIVERED,
    "read": SmsState.DELIVERED,
    "undelivered": SmsState.FAILED,
    "failed": SmsState.FAILED,
    "canceled": SmsState.FAILED,
}


class Malformed(ValueError):
    """The body is no form."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a callback says."""

    sid: str
    state: SmsState
    error_code: str = ""


def fields(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form, in order.

    Raises:
        Malformed: it is none.
    """
    try:
        return parse_qsl(
            body.decode(), keep_blank_values=True, errors="surrogateescape", max_num_fields=_MOST_FIELDS
        )
    except ValueError as fault:
        raise Malformed("The body is no form.") from fault


def read(form: Sequence[tuple[str, str]]) -> Report | None:
    """Return what a callback says; None for a word that moves nothing."""
    told = {name: storable.text(value) for name, value in form}
    state = _WORDS.get(told.get("MessageStatus") or told.get("SmsStatus") or "")
    sid = told.get("MessageSid") or told.get("SmsSid") or ""
    if state is None or not sid:
        return None
    return Report(sid[:64], state, told.get("ErrorCode", "")[:16])
