"""What runs periodically: the sweep, panics and SMS every second, alerts, templates, forgetting less often.

Called here and not enqueued: RQ's cron can only enqueue pickles, and a repair must not wait in the queue that it
repairs. Two of these processes at once do the same work twice, to the same effect.
"""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from campotech_wa import logs, settings
from campotech_wa.errors import CampotechError, ConfigurationError
from campotech_wa.services import alerts, attachments, panic, sms, sweep
from campotech_wa.services.account import refresh
from campotech_wa.services.templates import sync
from campotech_wa.signals import pace

log = logging.getLogger("worker.schedule")

_SCHEDULE: tuple[tuple[Callable[[], object], float], ...] = (
    (sweep.due, 1.0),
    (pace.tick, 1.0),
    (sms.due, 1.0),
    (panic.watch, 1.0),
    (sweep.release, 5.0),
    (alerts.watch, 5.0),
    (sweep.forget, 3600.0),
)
"""What, and every how many seconds."""

_ASIDE: tuple[tuple[Callable[[], None], float], ...] = (
    (sweep.mend, 60.0),
    (refresh.due, 60.0),
    (panic.check, 5.0),
    (alerts.deliver, 5.0),
    (sync.sync_due, 60.0),
    (attachments.forget, 3600.0),
)
"""What waits for Meta, the storage or a mail server, or looks at every line, each in a thread of its own: the sweep
may not wait for it."""


def run() -> None:
    """Repeat the schedule until told to stop."""
    logs.configure(settings.get().log_level)
    stop = threading.Event()

    def ask_to_stop(_: int, __: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    for work, seconds in _ASIDE:
        threading.Thread(target=repeat, args=(work, seconds, stop), name=work.__name__, daemon=True).start()
    log.info("scheduler started")
    due = [0.0] * len(_SCHEDULE)
    while not stop.wait(0.1):
        for index, (work, seconds) in enumerate(_SCHEDULE):
            if time.monotonic() >= due[index]:
                attempt(work)
                due[index] = time.monotonic() + seconds


def repeat(work: Callable[[], None], seconds: float, stop: threading.Event) -> None:
    """Do work again and again until told to stop, whatever becomes of it."""
    while True:
        try:
            attempt(work)
        except Exception as fault:  # noqa: BLE001  (a thread that ends is missed by nobody, and its work with it)
            log.error("failed", extra={"job": work.__name__, "error_type": type(fault).__name__})  # noqa: TRY400  (its text may quote content)
        if stop.wait(seconds):
            return


def attempt(work: Callable[[], object]) -> None:
    """Do work; what is out of order for the moment only postpones it."""
    try:
        work()
    except (SQLAlchemyError, RedisError, CampotechError) as fault:
        log.warning("postponed", extra={"job": work.__name__, "error_type": type(fault).__name__})


def main() -> None:
    """Start from the command line."""
    try:
        run()
    except ConfigurationError as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
