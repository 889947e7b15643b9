"""When to try again what came in, and when to stop; how delays are spread. What goes out follows ``domain.fate``."""

from datetime import timedelta

_INTAKE_DELAYS = (
    timedelta(seconds=2),
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
)
"""A stored event fails only for a fault of ours: a few tries for a passing one, then the dead letters."""

_FETCH_DELAYS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
"""A file may be asked for as long as Meta has it: the last delay repeats until then."""

MEDIA_KEPT = timedelta(days=7)
"""How long Meta keeps a file that a customer sent (sending.md section 2)."""


def spread(delay: timedelta, jitter: float) -> timedelta:
    """Return a delay between its half and its whole, so that many that failed together do not come back together.

    ``jitter`` is chance, in [0, 1).
    """
    return delay * (0.5 + jitter / 2)


def intake_delay(attempts: int, *, jitter: float) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th failed processing, or None for the dead letters."""
    return spread(_INTAKE_DELAYS[attempts - 1], jitter) if attempts <= len(_INTAKE_DELAYS) else None


def fetch_delay(attempts: int, *, jitter: float) -> timedelta:
    """Return how long to wait after the ``attempts``-th failed fetch of a file."""
    return spread(_FETCH_DELAYS[min(attempts, len(_FETCH_DELAYS)) - 1], jitter)
