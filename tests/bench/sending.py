"""What the benches of sending share: a simulated Meta that only counts, worker processes, and who wakes them."""

import subprocess
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager

import httpx
import psutil

from campotech_wa.cli import programs
from campotech_wa.paths import checkout
from campotech_wa.supervision.process import Program
from tests.bench.backlog import Backlog
from tests.bench.stage import Stage, running

QUEUES = ("urgent", "outbound")

_WAKE = """
import sys
from campotech_wa.domain.ids import ChannelId
from campotech_wa.signals import jobs
for line in sys.stdin:
    for channel in line.split():
        jobs.wake_drain(ChannelId(int(channel)))
"""


@contextmanager
def counting_meta(stage: Stage, backlog: Backlog) -> Generator[httpx.Client]:
    """Run a simulated Meta that knows the backlog's numbers, counts what it accepts and reports nothing."""
    configuration = stage.place.data_dir / "counting.json"
    configuration.write_text(backlog.configuration())
    with ExitStack() as stack:
        stack.enter_context(running(programs.simulator(stage.place, stage.variables, configuration)))
        meta = stack.enter_context(httpx.Client(base_url=stage.place.simulator_url, timeout=60))
        meta.post("/_sim/keeping", json={"keep": "counts", "statuses": False}).raise_for_status()
        meta.post("/_sim/behaviour", json={"closed_window": "allow"}).raise_for_status()
        yield meta


@contextmanager
def workers(stage: Stage, how_many: int, *others: Program) -> Generator[Sequence[psutil.Process]]:
    """Run worker processes as the pool does, and what else is needed beside them."""
    pool = [_program(stage, f"worker-{turn}", "worker.main", *QUEUES) for turn in range(how_many)]
    with running(*pool, *others) as servers:
        yield [psutil.Process(server.process.pid) for server in servers[:how_many]]


def scheduler(stage: Stage) -> Program:
    """Return the process that wakes channels whose messages have become due."""
    return _program(stage, "scheduler", "worker.schedule")


class Waker:
    """A process that wakes channels; it has imported the product before the clock starts."""

    def __init__(self, stage: Stage) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WAKE],
            env=stage.variables,
            cwd=checkout(),
            stdin=subprocess.PIPE,
            text=True,
        )

    def wake(self, channels: Iterable[int]) -> None:
        """Have channels drained."""
        if self._process.stdin is None:
            raise RuntimeError("The waker has no input.")
        self._process.stdin.write(" ".join(map(str, channels)) + "\n")
        self._process.stdin.flush()

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)


def _program(stage: Stage, name: str, *module: str) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-m", *module),
        environment=stage.variables,
        directory=checkout(),
        log=programs.log(stage.place, name),
        stop_seconds=programs.JOB_SECONDS,
    )
