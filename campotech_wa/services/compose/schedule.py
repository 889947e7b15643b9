"""Read when a message is to leave and what it may overtake, and tell whether that can be."""

from datetime import UTC, datetime, timedelta

from campotech_wa.domain import window, wording_input
from campotech_wa.domain.outbox_state import PRIORITIES, Priority
from campotech_wa.errors import InvalidInput, WindowClosed

TOLERANCE = timedelta(minutes=1)
"""Clocks differ and requests travel: a time that has only just passed means now."""

FURTHEST = timedelta(days=90)
"""A season. Beyond it the template may be gone, the price another and the customer's consent withdrawn: whoever plans
further ahead asks again nearer to the day."""


def read_priority(value: object, default: Priority) -> Priority:
    """Return the priority that a word stands for.

    Raises:
        InvalidInput: there is no such priority.
    """
    if value is None:
        return default
    priority = PRIORITIES.get(value) if isinstance(value, str) else None
    if priority is None:
        raise _refusal("unknown_value", "priority", more=f" One of: {', '.join(PRIORITIES)}.")
    return priority


def read_send_at(value: object) -> datetime | None:
    """Return the moment that an ISO 8601 text with a zone stands for, in UTC; None for none.

    Raises:
        InvalidInput: it is no such text.
    """
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _refusal("not_a_time", "send_at") from None
    if moment.tzinfo is None:
        # What time it is here is not what time it is where it was written.
        raise _refusal("not_a_time", "send_at")
    return utc


def check(send_at: datetime | None, *, now: datetime) -> None:
    """Refuse a time that is over, or too far away to be planned.

    Raises:
        InvalidInput: says which.
    """
    if send_at is None:
        return
    if send_at < now - TOLERANCE:
        raise _refusal("in_the_past", "send_at")
    if send_at > now + FURTHEST:
        raise _refusal("too_far_ahead", "send_at", limit=FURTHEST.days)


def check_window(last_inbound_at: datetime | None, send_at: datetime | None, *, now: datetime) -> None:
    """Refuse free text for a time at which the customer service window is closed (sending.md 1.3).

    Raises:
        WindowClosed: it is closed already.
        InvalidInput: it will be closed by then.
    """
    if not window.is_open(last_inbound_at, now=now):
        raise WindowClosed
    if not window.is_open(last_inbound_at, now=departure(send_at, now=now)):
        closes = window.expires_at(last_inbound_at)
        raise _refusal("after_window", "send_at", more=f" It closes at {closes and closes.isoformat()}.")


def departure(send_at: datetime | None, *, now: datetime) -> datetime:
    """Return when a message enters its line: at its time, or at once."""
    return max(send_at, now) if send_at else now


def _refusal(code: str, field: str, *, limit: int | None = None, more: str = "") -> InvalidInput:
    detail = wording_input.detail(code, field, limit=limit) + more
    return InvalidInput(code, field=field, detail=detail, limit=limit)
