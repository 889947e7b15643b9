"""When to try again, and when to stop (reference errors.md, section 2)."""

from datetime import timedelta

_SEND_DELAYS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
"""A reply that is an hour late has lost its meaning: after the last one a person decides."""

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

UNCONFIRMED_GRACE = timedelta(seconds=45)
"""How long an unanswered send waits for a status that carries our id: Meta reports ``sent`` within seconds
(errors.md: wait 30 s), and the request itself can live for 30 s in a process that only seems dead."""

_FULL_JITTER_FROM = 0.5


def send_delay(attempts: int, *, jitter: float) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th failed send, or None to give up.

    ``jitter`` in [0, 1) spreads the delay between its half and its whole, so that many messages that failed
    together do not come back together.
    """
    return _spread(_SEND_DELAYS, attempts, jitter)


def intake_delay(attempts: int, *, jitter: float) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th failed processing, or None for the dead letters."""
    return _spread(_INTAKE_DELAYS, attempts, jitter)


def fetch_delay(attempts: int, *, jitter: float) -> timedelta:
    """Return how long to wait after the ``attempts``-th failed fetch of a file."""
    delay = _FETCH_DELAYS[min(attempts, len(_FETCH_DELAYS)) - 1]
    return delay * (_FULL_JITTER_FROM + jitter * (1 - _FULL_JITTER_FROM))


def _spread(delays: tuple[timedelta, ...], attempts: int, jitter: float) -> timedelta | None:
    if attempts > len(delays):
        return None
    return delays[attempts - 1] * (_FULL_JITTER_FROM + jitter * (1 - _FULL_JITTER_FROM))
