"""How long to wait before a program that ended is started again."""

FIRST_DELAY = 0.2
LONGEST_DELAY = 5.0
STEADY_AFTER = 30.0
"""Seconds. A run this long was healthy: its end says nothing about the runs before it."""


def failures_after(run_seconds: float, *, failures: int) -> int:
    """Count the failures in a row, the run that just ended included."""
    return 1 if run_seconds >= STEADY_AFTER else failures + 1


def delay(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row: 0.2, 0.4, 0.8 … up to 5."""
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - 1, 16))
