"""How a panic ends: first one message, then a few, then full pace; each step only once the last one went well."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from campotech_wa.domain.panic import Extent, Notice, Reason
from campotech_wa.domain.panic_grounds import GOOD, is_trouble

SIZES = (1, 5)
"""Messages that each probe may send; after the last one the panic is over."""

SETTLES_IN = timedelta(seconds=5)
"""An acceptance may still be taken back by a failed status, which comes within seconds (errors.md 1)."""

CHECKED_EVERY = timedelta(minutes=5)
"""Credentials cost nothing to check, and nothing at all leaves until they are good again."""


class Result(StrEnum):
    """What a probe has shown."""

    OPEN = "open"
    """Too little so far: nothing was there to send, or nobody knows yet what became of it."""
    PASSED = "passed"
    FAILED = "failed"


def result(attempts: Sequence[Notice], size: int, *, now: datetime) -> Result:
    """Judge a probe by what became of its attempts."""
    if any(is_trouble(each) for each in attempts):
        return Result.FAILED
    good = [each.at for each in attempts if each.verdict in GOOD]
    is_settled = bool(good) and max(good) + SETTLES_IN <= now
    return Result.PASSED if len(good) >= size and is_settled else Result.OPEN


def next_size(size: int) -> int | None:
    """Return how many messages the next probe may send; None: the panic is over."""
    return next((larger for larger in SIZES if larger > size), None)


def is_checked_first(reason: Reason, extent: Extent) -> bool:
    """Tell whether Meta is asked before a customer's message is risked (errors.md 2, half-open)."""
    return reason is Reason.AUTH or (reason is Reason.API_ERROR and extent is Extent.ALL)


def next_look(reason: Reason, *, now: datetime, panic_minutes: int) -> datetime:
    """Return when a panic that has just begun, or failed its probe, is probed or checked again."""
    pause = timedelta(minutes=panic_minutes)
    return now + (min(pause, CHECKED_EVERY) if reason is Reason.AUTH else pause)
