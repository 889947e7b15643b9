"""What the queue page shows: words ready to print, counts that may be capped, moments for the browser's clocks."""

from dataclasses import dataclass

Moments = tuple[tuple[int, int], ...]
"""Pairs of a second since 1970 and how many there were in what begins with it."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """What waits of one lane and priority."""

    key: str
    """``reply.0``: names the line to the handler that cancels it."""
    name: str
    count: str
    since: str
    """ISO 8601: since when the oldest waits."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of what is neither waiting nor sent. ``key`` is scheduled, sending, unconfirmed or held."""

    key: str
    count: str
    tone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast the channel sends: the browser lets the last minute slide on by itself."""

    limit: int
    """Messages a minute that may leave now, with what Meta's throttling has taught."""
    own_limit: int
    """What an admin has set for this number; zero: it shares the organization's."""
    shared_limit: int
    """The organization's."""
    ceiling: int
    """The most that can be set: what Meta lets the number pass."""
    kept: str
    """In a sentence: why what waits does not use all of the limit; empty when it does."""
    seconds: Moments
    minutes: Moments
    slowed: str
    """In a sentence, while Meta has slowed the number down; empty when it has not."""
    slowed_until: str
    """ISO 8601; empty when only the pace is reduced."""


@dataclass(frozen=True, slots=True)
class PanicLine:
    """A panic, over or not."""

    title: str
    cause: str
    numbers: str
    began: str
    ended: str
    """When and by whom; empty while it lasts."""
    note: str


@dataclass(frozen=True, slots=True)
class ChannelQueue:
    """Everything about one number's outbox."""

    channel_id: int
    phone_number_id: str
    name: str
    number: str
    verdict: str
    tone: str
    paused: str
    """What stands still by hand: nothing, ``business`` or ``all``."""
    paused_by: str
    """Who stopped it and when, in a sentence."""
    is_panic: bool
    probe_at: str
    """ISO 8601: when the panic tries the next message."""
    waiting_total: str
    oldest: str
    """ISO 8601: since when the oldest of all waits; empty when nothing does."""
    waiting: tuple[WaitingLine, ...]
    figures: tuple[Figure, ...]
    rate: Rate
    failing: str
    """Share of failures of the last minutes, such as ``12 %``; empty when nothing was transmitted."""
    failing_note: str
    failing_tone: str
    panics: tuple[PanicLine, ...]


@dataclass(frozen=True, slots=True)
class QueuePicture:
    """The whole page, but for the list of messages."""

    channels: tuple[ChannelQueue, ...]
    counts: tuple[tuple[str, str], ...]
    """By kind of list, how many there are."""


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """One message of the list."""

    id: int
    conversation_id: int
    customer: str
    line: str
    """The message in one line."""
    kind: str
    """Lane and priority in words."""
    since: str
    """ISO 8601: since when it waits."""
    due: str
    """ISO 8601: its next try, the end of its grace, or its scheduled time; empty when there is none."""
    due_says: str
    """What happens then: the words around the countdown, with ``{time}``."""
    reason: str
    """Why it is where it is, and what to do."""
    can_cancel: bool
    can_retry: bool
    is_risky: bool
    """To send it again may repeat it to the customer."""


@dataclass(frozen=True, slots=True)
class QueuedPage:
    """The part of the list that is shown."""

    shown: str
    messages: tuple[QueuedMessage, ...]
    has_more: bool
