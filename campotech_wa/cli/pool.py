"""``campotech-wa workers``: the worker pool and the scheduler, forked from one process that imported them.

They share its memory, and a worker that dies is replaced in a fraction of a second: importing takes seconds.
"""

import gc
from argparse import Namespace
from functools import partial

from campotech_wa.cli import place as places
from campotech_wa.cli import programs
from campotech_wa.cli.attach import attached
from campotech_wa.cli.console import Console
from campotech_wa.cli.place import Place
from campotech_wa.supervision import folders
from campotech_wa.supervision.process import Program
from campotech_wa.supervisor import supervising
from worker import main, schedule


def run(_: Namespace) -> None:
    """Keep the pool at work until told to stop."""
    place = places.from_environment()
    console = Console()
    folders.own(place.data_dir)
    with attached(place):
        _share_memory()
        record = place.data_dir / "workers.json"
        with supervising(record, report=console.note, tick=console.heartbeat) as supervisor:
            supervisor.start(*_programs(place))
            supervisor.watch()


def _programs(place: Place) -> list[Program]:
    calls = {name: partial(main.run, list(queues)) for name, queues in programs.WORKERS.items()}
    return [
        Program(name=name, call=call, log=programs.log(place, name), stop_seconds=programs.JOB_SECONDS)
        for name, call in {**calls, "scheduler": schedule.run}.items()
    ]


def _share_memory() -> None:
    """Keep the collector of each child from touching, and so copying, the pages it shares."""
    gc.collect()
    gc.freeze()
