"""A channel's circuit breaker: what stands still goes in, what may still be claimed comes out.

When it opens stands in ``domain.panic_grounds``, how it closes in ``domain.panic_probe``, both in docs/panic.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from campotech_wa.domain import meta_errors
from campotech_wa.domain.meta_errors import Entry
from campotech_wa.domain.outbox_state import Lane
from campotech_wa.domain.verdict import Verdict


class Reason(StrEnum):
    """Why a channel is in panic."""

    FAILURE_RATE = "high_failure_rate"
    RATE_LIMITED = "rate_limited"
    AUTH = "auth_failure"
    API_ERROR = "api_error"
    MANUAL = "manual"


class Extent(StrEnum):
    """What stands still."""

    NOTHING = ""
    BUSINESS = Lane.BUSINESS.value
    ALL = "all"

    def stops(self, lane: Lane) -> bool:
        """Tell whether a lane stands still."""
        return self is Extent.ALL or self.value == lane.value


class Phase(StrEnum):
    """How far a panic is."""

    HALTED = "halted"
    PROBING = "probing"


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of one request, as far as it concerns the channel."""

    verdict: Verdict
    code: int | None
    at: datetime

    @property
    def entry(self) -> Entry | None:
        """What the catalogue says of its code."""
        return None if self.code is None else meta_errors.find(self.code)


@dataclass(frozen=True, slots=True)
class Cause:
    """Grounds for a panic."""

    reason: Reason
    extent: Extent
    code: int | None = None
    numbers: Mapping[str, int] | None = None
    """What was counted."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many messages of each lane may be claimed now; None: as many as the pace allows."""

    reply: int | None = None
    business: int | None = None
    is_shared: bool = False
    """The two lanes have one budget: what one spends the other has no more."""

    @property
    def is_probe(self) -> bool:
        """Whether a few messages of a panic's are let through, and whoever claims them must count."""
        return bool(self.reply or self.business)

    def of(self, lane: Lane) -> int | None:
        """Return what is left of a lane."""
        return self.reply if lane is Lane.REPLY else self.business

    def spend(self, lane: Lane, count: int) -> "Allowance":
        """Return what is left once ``count`` messages of a lane are claimed."""
        lanes = Lane if self.is_shared else (lane,)
        return replace(self, **{each.value: _less(self.of(each), count) for each in lanes})


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds a channel back now: what a person has paused, and a panic."""

    paused: Extent = Extent.NOTHING
    halted: Extent = Extent.NOTHING
    phase: Phase = Phase.HALTED
    probe_left: int = 0
    """How many messages the probe under way may still send."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a channel panics, and before that, when an admin is told; all in percent, messages and minutes."""

    panic_percent: int = 30
    alert_percent: int = 20
    alert_waiting: int = 100
    alert_minutes: int = 5

    @classmethod
    def read(cls, stored: Mapping[str, object]) -> "Thresholds":
        """Read what is stored; what is missing, or no threshold, is as it is by default."""
        known = {name: stored[name] for name in cls.__slots__ if _is_threshold(stored.get(name))}
        return replace(cls(), **known)  # pyright: ignore[reportArgumentType]  (checked one line above)


def allowance(standing: Standing) -> Allowance:
    """Say what may be claimed: a pause stops its lanes, a panic stops its own or lets a probe through."""
    budget = standing.probe_left if standing.phase is Phase.PROBING else 0
    allowed = {
        lane: 0 if standing.paused.stops(lane) else budget if standing.halted.stops(lane) else None
        for lane in Lane
    }
    return Allowance(allowed[Lane.REPLY], allowed[Lane.BUSINESS], is_shared=standing.halted is Extent.ALL)


_LARGEST_THRESHOLD = 1_000_000


def _is_threshold(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST_THRESHOLD


def _less(left: int | None, count: int) -> int | None:
    return None if left is None else max(0, left - count)
