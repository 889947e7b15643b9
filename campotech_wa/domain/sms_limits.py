"""How many SMS may leave, when one is tried again, and when it has lost its meaning."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campotech_wa.domain.retry import spread

REQUEST = timedelta(seconds=20)
"""The longest a request to a provider may take."""

LEASE = timedelta(minutes=1)
"""Longer than a request can live: a lease that expires means that its outcome is unknown, not that nothing left."""

GRACE = timedelta(minutes=2)
"""How long an unanswered SMS waits for its callback, which comes within seconds of the request."""

AMBIGUITY = timedelta(seconds=30)
"""How long a message whose WhatsApp copy may be on its way waits before it goes by SMS (errors.md, section 4.10)."""

MEANINGLESS_AFTER = timedelta(hours=6)
"""A notice of a visit that comes later than this only confuses."""

WINDOW = timedelta(minutes=1)

_DELAYS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Used:
    """What of an organization's limits is taken, by SMS that left and by those on their way."""

    last_minute: int
    this_month: int


def retry_delay(attempts: int, *, jitter: float) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th request, or None to give up."""
    return spread(_DELAYS[attempts - 1], jitter) if attempts <= len(_DELAYS) else None


def month_begins(now: datetime, *, zone: str) -> datetime:
    """Return when the month began where the organization is."""
    local = now.astimezone(ZoneInfo(zone))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
