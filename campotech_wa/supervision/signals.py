"""Turn Ctrl-C, SIGTERM, a closed terminal and the end of a child into something one loop can wait for."""

import contextlib
import os
import select
import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

ASKS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Waiter:
    """Wakes the main thread when a signal comes; remembers whether it was a wish to stop."""

    def __init__(self, wake_up: int) -> None:
        self._wake_up = wake_up
        self.requests = 0
        """How often somebody asked to stop: the second time means at once."""

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer than until the next signal."""
        readable, _, _ = select.select([self._wake_up], [], [], max(0.0, seconds))
        if readable:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake_up, 4096)

    def remember(self, _number: int, _frame: FrameType | None) -> None:
        """Note a wish to stop."""
        self.requests += 1


def _wake(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that a handler exists is what makes Python write to the wake-up pipe."""


@contextmanager
def waiting() -> Generator[Waiter]:
    """Take over the signals of this process for a while; only the main thread may."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    waiter = Waiter(reading)
    handlers = {number: signal.signal(number, waiter.remember) for number in ASKS_TO_STOP}
    if handlers[signal.SIGHUP] is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # started by nohup: to outlive its terminal
    handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, _wake)
    previous = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield waiter
    finally:
        signal.set_wakeup_fd(previous)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)
