"""``campotech-wa worker`` and ``campotech-wa scheduler``: one process of the pool, or the clock."""

from argparse import Namespace

from campotech_wa.cli import place as places
from campotech_wa.cli import programs
from campotech_wa.cli.attach import attached
from worker import main, schedule


def run(options: Namespace) -> None:
    """Work on queues, all of them unless some are named."""
    every_queue = dict.fromkeys(queue for queues in programs.WORKERS.values() for queue in queues)
    with attached(places.from_environment()):
        main.run(options.queues or list(every_queue))


def repeat(_: Namespace) -> None:
    """Repeat what is periodic."""
    with attached(places.from_environment()):
        schedule.run()
