"""Run a script of the pace in Redis, as one atomic step: an organization and arguments in, the answer out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Protocol

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.signals.connection import redis

_CLOCK = "pace:clock"

_LONGEST_STEP = timedelta(seconds=2)
"""Twice the time between two ticks. Where the wall clock leaps unseen, it is by no more than this."""


@dataclass(frozen=True, slots=True)
class Spans:
    """How long a slot is taken."""

    window: timedelta = timedelta(seconds=60)
    """After its answer."""

    request: timedelta = timedelta(seconds=30)
    """Until its answer at the latest: the longest request of ``meta.client``."""

    @property
    def window_us(self) -> int:
        """Return the microseconds of a slot that has its answer."""
        return microseconds(self.window)

    @property
    def in_flight_us(self) -> int:
        """Return the microseconds of a slot that may have been answered at the last moment and never told."""
        return microseconds(self.request + self.window)


SPANS = Spans()


Window = OrganizationId | str
"""The organization whose window it is, or the name of a window that a channel has to itself."""


class _Script(Protocol):
    def __call__(self, *, keys: Sequence[str], args: Sequence[str | int]) -> object: ...


def run(
    name: str,
    window: Window,
    arguments: Sequence[str | int] = (),
    *,
    keys: Sequence[str] = (),
) -> object:
    """Run a script on the window of an organization.

    Raises:
        RedisError: Redis does not answer.
    """
    window = f"pace:window:{window}"
    return _script(name)(keys=[_CLOCK, window, *keys], args=[microseconds(_LONGEST_STEP), *arguments])


def tick() -> str:
    """Move the clock of the pace on; returns the name of what Redis remembers, which changes when it forgets.

    Every second, by one process at least: without it the clock of a quiet system falls behind, and slots stay taken
    for longer.

    Raises:
        RedisError: Redis does not answer.
    """
    memory = _script("tick")(keys=[_CLOCK], args=[microseconds(_LONGEST_STEP)])
    return memory.decode() if isinstance(memory, bytes) else str(memory)


def microseconds(span: timedelta) -> int:
    """Count the microseconds of a span, the unit of the scripts."""
    return span // timedelta(microseconds=1)


@cache
def _script(name: str) -> _Script:
    return redis().register_script(_source("clock") + _source(name))  # pyright: ignore[reportReturnType]


def _source(name: str) -> str:
    return (files("campotech_wa.signals.pace") / "scripts" / f"{name}.lua").read_text("utf-8")
