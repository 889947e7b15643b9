"""The pace of an organization: what is to be sent comes in, what may be sent now goes out.

A worker asks for ``room``, claims messages and commits that they go out, and has them let in by ``admit``; what was
granted it sends, and tells ``finished`` when Meta has answered. An organization Redis does not know is seeded first.

Time is a clock of our own inside Redis, moved on by each call and by ``tick`` (scripts/clock.lua). When the wall
clock leaps forward by more than two seconds nothing is freed early, by less it is as much early; when it is set back,
slots are held longer by the time since the last call. All other doubt errs to the slow side too.
"""

from campotech_wa.signals.pace.asking import (
    PAIR_BURST,
    PAIR_INTERVAL,
    Ask,
    Limit,
    PaceUnknown,
    Verdict,
    admit,
    room,
)
from campotech_wa.signals.pace.running import Window, tick
from campotech_wa.signals.pace.telling import Past, finished, forget, returned, seed

__all__ = [
    "PAIR_BURST",
    "PAIR_INTERVAL",
    "WINDOW_SECONDS",
    "Ask",
    "Limit",
    "PaceUnknown",
    "Past",
    "Verdict",
    "Window",
    "admit",
    "finished",
    "forget",
    "returned",
    "room",
    "seed",
    "tick",
]

WINDOW_SECONDS = 60
