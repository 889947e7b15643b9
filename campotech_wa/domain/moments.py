"""When something happened, as precisely as can be known from Meta's whole seconds and our own clock."""

from datetime import datetime, timedelta

_WITHIN_THE_SECOND = timedelta(microseconds=999_999)


def refined(told: datetime | None, *, now: datetime) -> datetime:
    """Return when it was, and never in the future; without a time told it is now.

    Meta tells whole seconds. Within that second our own clock refines it, so that an answer to a message of
    ours does not stand before what it answers.
    """
    return now if told is None else min(now, told + _WITHIN_THE_SECOND)
