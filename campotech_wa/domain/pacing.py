"""How fast a channel may send: what is set, what Meta allows and what its throttling has taught go in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campotech_wa.domain.outbox_state import Lane, Priority

STANDARD, HIGH, COEXISTENCE = 80, 1000, 20
"""Messages a second of one number, sent and received (sending.md section 7)."""

PEOPLE_A_DAY = {"TIER_250": 250, "TIER_2K": 2_000, "TIER_10K": 10_000, "TIER_100K": 100_000}
"""How many people the business may begin with in 24 hours, by Meta's word for its messaging limit; others are
unlimited or unknown (sending.md section 7)."""

_SENT_SHARE = 0.9
"""Of them for what we send: what customers write counts too."""

SLOWEST = 1 / 32
SAMPLE, SAMPLE_AGE = 20, timedelta(minutes=1)
"""Answers by which a channel's pace is judged, and how old they may be."""
_STRAY_SHARE = 0.2
"""Of the sample: so many refusals delay their own messages only. A channel that is too fast gets more of them, and
one that heeded each would halve its pace faster than it grows again, down to a standstill."""
_LONGEST_PAUSE = timedelta(minutes=10)
_HALVED = 0.5
_GROWTH, _EVERY = 1.25, timedelta(seconds=10)
"""After a throttle half the pace; then a quarter more every ten seconds: full pace again after half a minute."""

_BURST_SHARE = 8
"""Of the messages of a second so many-th go out at once; with 80 the channel then sends 71 a second."""

_RESERVES = {
    (Lane.BUSINESS, Priority.NORMAL): 0.1,
    (Lane.BUSINESS, Priority.LOW): 0.2,
    (Lane.REPLY, Priority.LOW): 0.2,
}
"""The share of the window that a kind of traffic leaves free, so that a person's reply finds a slot at once.

Only while there is a customer whom a person could answer: else the slots would be wasted."""


@dataclass(frozen=True, slots=True)
class Quota:
    """The messages a minute that a number may send now."""

    per_minute: int
    """As it is set."""
    is_own: bool
    """Set for this number, which has a window to itself; else it shares its organization's with other numbers."""
    factor: float
    """The share of it that Meta's throttling leaves."""

    @property
    def most(self) -> int:
        """How full the window may be for what is most urgent; never less than one."""
        return max(1, int(self.per_minute * self.factor))

    def limit(self, lane: Lane, priority: Priority, *, keeps_room: bool) -> int:
        """Return how full the window may be for a message of a kind to be let in; never less than one."""
        reserve = _RESERVES.get((lane, priority), 0.0) if keeps_room else 0.0
        return max(1, int(self.per_minute * self.factor * (1 - reserve)))


def quota(own: int | None, shared: int, factor: float, since: datetime | None, *, now: datetime) -> Quota:
    """Return what a number may send now: what is set for it, else for its organization, less what throttling took."""
    return Quota(shared if own is None else own, own is not None, factor_now(factor, since, now=now))


def throughput(level: str, *, is_coexisting: bool) -> int:
    """Return the messages a second that Meta lets a number pass; ``level`` is its word, unknown is the standard."""
    if is_coexisting:
        return COEXISTENCE
    return HIGH if level == "HIGH" else STANDARD


def factor_now(factor: float, since: datetime | None, *, now: datetime) -> float:
    """Return the share of the full pace by now: it grows again by itself, in steps."""
    if since is None:
        return 1.0
    steps = max(0, (now - since) // _EVERY)
    return min(1.0, factor * _GROWTH ** min(steps, 100))


def is_too_fast(throttled: int, answered: int) -> bool:
    """Tell whether Meta throttles the channel: of its last answers more than a stray one were refusals for it."""
    return throttled > answered * _STRAY_SHARE


def slower(factor: float) -> float:
    """Return the share after Meta has throttled once more."""
    return max(SLOWEST, factor * _HALVED)


def pause(throttles: int, *, jitter: float) -> timedelta:
    """Return how long the channel sends nothing after so many refusals in a row: 1, 4, 16, 64 s …, at most 10 min.

    So errors.md, section 2, policy T; ``jitter`` in [0, 1) spreads it between its half and its whole.
    """
    grown = min(timedelta(seconds=4 ** min(throttles, 8)), _LONGEST_PAUSE)
    return grown * (0.5 + jitter / 2)


def per_second(most: int, factor: float) -> float:
    """Return the messages a second that we send at most."""
    return most * _SENT_SHARE * factor


def burst(per_second: float) -> int:
    """Return how many messages may leave at once; the steady flow after them fills up the second."""
    return max(1, int(per_second / _BURST_SHARE))
