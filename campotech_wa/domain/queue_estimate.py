"""When a waiting message leaves: what stands before it and what was sent of late go in, kind and time come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(minutes=1)
"""A slot of the pace is free again so long after it was used."""

SOON = timedelta(seconds=3)
"""Nobody needs to be told of a wait that is over before they have read of it."""


class Kind(StrEnum):
    """What a message waits for."""

    SOON = "soon"
    PACED = "paced"
    """Its turn, at the pace that the number may send."""
    SLOWED = "slowed"
    """The end of the pause that Meta asked the number for."""
    LINE = "line"
    """The message before it, to the same customer, which waits for its next try or for a sign."""
    PAUSED = "paused"
    """A person."""
    PANIC = "panic"
    """The next probe."""


@dataclass(frozen=True, slots=True)
class Window:
    """The sends of the last minute: how many there may be, and when the newest of them were, oldest first."""

    size: int
    """At least one."""
    used: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Stop:
    """What holds up a lane."""

    is_paused: bool = False
    probe_at: datetime | None = None
    """When a panic lets the next message try."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a message waits for; ``at`` is when it probably leaves, where that can be known."""

    kind: Kind
    ahead: int = 0
    at: datetime | None = None


def outlook(
    ahead: int,
    window: Window,
    *,
    now: datetime,
    line_until: datetime | None = None,
    slowed_until: datetime | None = None,
) -> Outlook:
    """Tell when a message leaves that so many others overtake.

    ``line_until`` is when the one before it goes on, ``slowed_until`` when the number does.
    """
    waits = [
        (until, kind)
        for until, kind in ((line_until, Kind.LINE), (slowed_until, Kind.SLOWED))
        if until is not None and until > now + SOON
    ]
    if waits:
        at, kind = max(waits)
        return Outlook(kind, ahead, at)
    at = _turn(ahead, window, now)
    return Outlook(Kind.SOON) if at <= now + SOON else Outlook(Kind.PACED, ahead, at)


def stopped_by(stop: Stop) -> Outlook | None:
    """Tell what a message waits for whose lane is stopped; None when it is not."""
    if stop.probe_at is not None:
        return Outlook(Kind.PANIC, at=stop.probe_at)
    return Outlook(Kind.PAUSED) if stop.is_paused else None


def _turn(ahead: int, window: Window, now: datetime) -> datetime:
    """Return when a message leaves: once the slot is free again that was used a whole window before its own.

    After each whole window of messages before it, that is a minute later.
    """
    minutes, place = divmod(ahead, window.size)
    taken = len(window.used) - window.size + place
    free_at = window.used[taken] + WINDOW if taken >= 0 else now
    return max(free_at, now) + minutes * WINDOW
