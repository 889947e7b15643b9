"""What the pace is told: answers of Meta, requests that never left, and what the database remembers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from campotech_wa.signals.connection import redis
from campotech_wa.signals.pace.running import SPANS, Spans, Window, microseconds, run, tick


@dataclass(frozen=True, slots=True)
class Past:
    """A request of the last minutes as the database knows it; without an age it may still be in flight."""

    slot: str
    answered: timedelta | None
    """How long ago."""


def finished(window: Window, slots: Sequence[str], *, spans: Spans = SPANS) -> None:
    """Let slots be free a window from now: Meta has answered, or will not any more.

    Raises:
        RedisError: Redis does not answer; the slots then stay taken for somewhat longer.
    """
    if slots:
        run("finished", window, [spans.window_us, *slots])


def returned(window: Window, slots: Sequence[str]) -> None:
    """Let slots be free at once: their requests surely never left. What the pair and the channel owe stays.

    Raises:
        RedisError: Redis does not answer; the slots then stay taken as if they had been sent.
    """
    if slots:
        run("returned", window, slots)


def forget(window: Window) -> None:
    """Have a window told anew from the database: what counts in it has changed.

    Raises:
        RedisError: Redis does not answer.
    """
    redis().delete(f"pace:window:{window}")


def seed(window: Window, recall: Callable[[], Iterable[Past]], *, spans: Spans = SPANS) -> bool:
    """Make an organization known by the requests that ``recall`` reads from the database; returns whether it counted.

    Only the first seeding counts. ``recall`` is called here because the order matters: what is read before Redis
    forgets lacks what was sent until then. It opens its own transaction, and returns every attempt that was
    committed as going out and is not answered for longer than a window.

    Raises:
        RedisError: Redis does not answer.
    """
    memory = tick()
    arguments: list[str | int] = [memory, spans.window_us, spans.in_flight_us]
    for past in recall():
        arguments += [past.slot, -1 if past.answered is None else max(0, microseconds(past.answered))]
    return run("seed", window, arguments) == 1
