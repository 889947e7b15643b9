"""Decide what becomes of an SMS that is due: it leaves, waits on, or ends without leaving."""

from dataclasses import dataclass
from datetime import datetime

from campotech_wa.domain.sms_errors import SmsFault
from campotech_wa.domain.sms_limits import MEANINGLESS_AFTER
from campotech_wa.domain.sms_state import SmsState

MOST_REQUESTS = 3
"""An SMS that no request got an answer for may have arrived each time: more copies of it help nobody."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is known of an SMS whose time has come."""

    state: SmsState
    attempts: int
    due_at: datetime
    is_wanted: bool
    """The reason still holds, and nobody has switched it off, opted out, or had it by WhatsApp."""


@dataclass(frozen=True, slots=True)
class Move:
    """The state it goes into, and the fault that ends it."""

    state: SmsState
    fault: SmsFault | None = None


def move(due: Due, *, now: datetime, room: int, of_month: int) -> Move | None:
    """Return where a due SMS goes, with so much room in this minute and this month; None: it waits on."""
    if due.state is SmsState.SENDING:
        # Its worker died: nobody knows whether the request left.
        return Move(SmsState.UNCONFIRMED)
    if due.state is SmsState.UNCONFIRMED and due.attempts >= MOST_REQUESTS:
        return Move(SmsState.FAILED, SmsFault.NO_ANSWER)
    if not due.is_wanted:
        return Move(SmsState.CANCELLED)
    if due.due_at < now - MEANINGLESS_AFTER:
        return Move(SmsState.FAILED, SmsFault.TOO_LATE)
    if of_month <= 0:
        return Move(SmsState.FAILED, SmsFault.MONTHLY_CAP)
    return Move(SmsState.SENDING) if room > 0 else None
