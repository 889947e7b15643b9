"""What admins are alerted of, from when until when; numbers go in, a decision comes out.

An alert begins above its threshold and ends well below it: at the threshold itself it would come and go all day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from campotech_wa.domain.panic import Thresholds
from campotech_wa.domain.panic_grounds import FEWEST_TRANSMITTED, exceeds

TEMPLATE_NEWS = timedelta(days=3)
"""A template that Meta refused longer ago is no news: whoever wanted to correct it has."""

REFUSED_TEMPLATES = ("REJECTED", "PAUSED", "DISABLED")

HOUR = timedelta(hours=1)
"""An alert that comes and goes is mailed about at most once in it."""

MOST_LETTERS = 6
"""To one organization in an hour; what comes on top of them is told together, in one letter, after it."""

_DELAYS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)


class Kind(StrEnum):
    """What an alert is about."""

    PANIC = "panic"
    FAILING = "failing"
    WAITING = "waiting"
    OLD = "old"
    TEMPLATE = "template"


class Via(StrEnum):
    """How an alert leaves the product."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class Event(StrEnum):
    """What is told of an alert."""

    RAISED = "raised"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Backlog:
    """What of a channel waits although it is due."""

    waiting: int = 0
    oldest: timedelta = timedelta(0)


def begins(kind: Kind, backlog: Backlog, thresholds: Thresholds) -> bool:
    """Tell whether a backlog is more than an admin should not know of."""
    if kind is Kind.WAITING:
        return backlog.waiting > thresholds.alert_waiting
    return backlog.oldest > timedelta(minutes=thresholds.alert_minutes)


def is_over(kind: Kind, backlog: Backlog, thresholds: Thresholds) -> bool:
    """Tell whether a backlog that was too large no longer is."""
    if kind is Kind.WAITING:
        return backlog.waiting * 2 <= thresholds.alert_waiting
    return backlog.oldest * 2 <= timedelta(minutes=thresholds.alert_minutes)


def is_failing(failed: int, transmitted: int, thresholds: Thresholds) -> bool:
    """Tell whether so many failures are worth an admin's look."""
    return exceeds(failed, transmitted, thresholds.alert_percent)


def is_failing_over(failed: int, transmitted: int, thresholds: Thresholds) -> bool:
    """Tell whether failures are few again, or nothing is sent that could fail."""
    return transmitted < FEWEST_TRANSMITTED or failed * 200 <= transmitted * thresholds.alert_percent


def next_letter(letters: Sequence[datetime], *, is_panic: bool, now: datetime) -> datetime:
    """Return when an organization may get its next letter; ``letters`` are those of the last hour, oldest first.

    That a number has stopped is told at once: an alert comes once an hour, so of panics there are few.
    """
    if is_panic or len(letters) < MOST_LETTERS:
        return now
    return letters[-MOST_LETTERS] + HOUR


def delay(attempts: int) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th failed delivery, or None to give up."""
    return _DELAYS[attempts - 1] if attempts <= len(_DELAYS) else None
