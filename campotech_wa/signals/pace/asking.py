"""Who may send now: asks in; out comes for each a slot, or how long to wait and for what.

Three limits, kept in one atomic step of Redis, however many workers ask:

- the window: so many sends of an organization in any sixty seconds, from an answer to the next request;
- the pair: a burst of 45 messages to one customer, then one every 6 seconds (sending.md 7);
- the throughput: so many messages of a channel in any second (sending.md 7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil
from typing import cast

from campotech_wa.domain import pacing
from campotech_wa.domain.ids import ChannelId, ConversationId
from campotech_wa.errors import CampotechError
from campotech_wa.signals.pace.running import SPANS, Spans, Window, microseconds, run

PAIR_INTERVAL = timedelta(seconds=6)
PAIR_BURST = 45


class PaceUnknown(CampotechError):
    """Redis does not know how much of the window is used: it has forgotten, or the organization is new; seed it."""


class Limit(StrEnum):
    """What delays a message."""

    WINDOW = "window"
    """The whole organization waits."""

    PAIR = "pair"
    """This customer waits."""

    THROUGHPUT = "throughput"
    """This channel waits."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A message that is to be sent now.

    ``slot`` names one request to Meta and no other: asking again by the same name gives the same slot.
    ``limit`` is what the organization may have in its window for this message to go; lower ones keep room for others.
    """

    slot: str
    channel_id: ChannelId
    conversation_id: ConversationId
    limit: int
    per_second: float
    """Of the channel."""

    def __post_init__(self) -> None:
        """Refuse what no pace can be made of.

        Raises:
            ValueError: says what is wrong.
        """
        if not self.slot[:1].isalnum():
            raise ValueError("A slot's name begins with a letter or a digit.")
        if self.limit < 0 or not self.per_second > 0:
            raise ValueError("A limit is not negative, messages a second are more than none.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The slot is taken, or the message waits: for the limit that takes longest, at least that long."""

    slot: str
    limited_by: Limit | None = None
    wait: timedelta = timedelta(0)

    @property
    def is_granted(self) -> bool:
        """Return whether the request may leave, which it then does at once."""
        return self.limited_by is None


_LIMITS = (None, Limit.WINDOW, Limit.PAIR, Limit.THROUGHPUT)
"""By the number the script gives them."""


def room(window: Window, *, limit: int) -> int | None:
    """Count the slots that are free now; None when Redis does not know the organization.

    Raises:
        RedisError: Redis does not answer.
    """
    used = run("room", window)
    return None if used is None else max(0, limit - int(str(used)))


def admit(window: Window, asks: Sequence[Ask], *, spans: Spans = SPANS) -> list[Verdict]:
    """Decide on each ask, in order; what is granted takes a slot until ``finished`` or ``returned`` is told.

    Where no answer is told the slot frees itself a window after the longest request, counted from here: a request
    that does not leave at once must not leave at all.

    Raises:
        PaceUnknown: nothing is granted; seed the organization and ask again.
        RedisError: Redis does not answer; slots may have been taken, so ask again by the same names or return them.
    """
    arguments: list[str | int] = [
        spans.window_us,
        spans.in_flight_us,
        microseconds(PAIR_INTERVAL),
        microseconds(PAIR_INTERVAL) * (PAIR_BURST - 1),
    ]
    keys: list[str] = []
    for ask in asks:
        keys += [f"pace:pair:{ask.conversation_id}", f"pace:channel:{ask.channel_id}"]
        arguments += [ask.slot, ask.limit, *_throughput(ask.per_second)]
    answer = cast("list[int] | None", run("admit", window, arguments, keys=keys))
    if answer is None:
        raise PaceUnknown
    return [
        Verdict(ask.slot, _LIMITS[reason], timedelta(milliseconds=wait))
        for ask, reason, wait in zip(asks, answer[::2], answer[1::2], strict=True)
    ]


def _throughput(per_second: float) -> tuple[int, int]:
    """Return the microseconds between two messages, and what may be borrowed of them for a burst.

    Burst and steady flow together are what a second may hold.
    """
    burst = pacing.burst(per_second)
    interval = ceil(1_000_000 / (per_second - (burst - 1)))
    return interval, interval * (burst - 1)
