"""Start programs in stages, keep them alive, and end them in reverse order."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from campotech_wa.errors import CampotechError
from campotech_wa.supervision import backoff, logfiles, process, records, signals
from campotech_wa.supervision.process import Process, Program
from campotech_wa.supervision.signals import Waiter

TICK = 1.0
"""Seconds between looks when no signal comes: a child's end wakes the loop by itself."""

READY_TICK = 0.03


class StoppedError(CampotechError):
    """Somebody asked to stop while the programs were starting."""


class ProgramError(CampotechError):
    """A program did not do what it was started for; the text ends with the last lines of its log."""

    def __init__(self, program: Program, what: str) -> None:
        self.program = program
        self.lines = logfiles.tail(program.log)
        headline = f"{program.name} {what}. The end of {program.log}:"
        super().__init__("\n  ".join((headline, *self.lines)))


@dataclass(slots=True)
class Kept:
    """A program that is to run all the time, and its present run, if any."""

    program: Program
    stage: int
    run: Process | None = None
    failures: int = 0
    start_at: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Holds the programs of one run. Use it through ``supervising``, in the main thread."""

    waiter: Waiter
    record: Path
    report: Callable[[str], None]
    tick: Callable[[], None]
    """Called about every second while something is awaited: a chance to say that we still work."""
    kept: list[Kept] = field(default_factory=list[Kept])
    stages: int = 0

    def start(self, *programs: Program) -> None:
        """Start one stage of programs that do not wait for each other, and wait until all are ready.

        Raises:
            ProgramError: one ended, or was not ready in time.
        """
        stage = [Kept(program, self.stages) for program in programs]
        self.stages += 1
        for kept in stage:
            self.kept.append(kept)
            self._run(kept)
        for kept in stage:
            self._await(kept)

    def run(self, program: Program) -> None:
        """Run a program to its end.

        Raises:
            ProgramError: it ended with another code than 0.
        """
        task = Process.start(program)
        try:
            while not task.has_ended():
                self._pause(TICK)
        finally:
            process.stop([task], is_urgent=self._is_urgent)
        if task.inner.returncode:
            raise ProgramError(program, task.ending())

    def await_condition(self, holds: Callable[[], bool], *, seconds: float) -> bool:
        """Wait until something holds, but no longer than some seconds; say whether it does."""
        deadline = time.monotonic() + seconds
        while not (is_so := holds()) and time.monotonic() < deadline:
            self._pause(READY_TICK * 3)
        return is_so

    def watch(self) -> None:
        """Start again whatever ends, until somebody asks to stop."""
        while not self.waiter.requests:
            now = time.monotonic()
            for kept in self.kept:
                self._look_after(kept, now)
            waits = (kept.start_at - now for kept in self.kept if kept.run is None)
            self.waiter.wait(min((TICK, *waits)))

    def stop(self) -> None:
        """End every program, the last stage first."""
        for stage in reversed(range(self.stages)):
            runs = [kept.run for kept in self.kept if kept.stage == stage and kept.run]
            process.stop(runs, is_urgent=self._is_urgent)
        self.record.unlink(missing_ok=True)

    def _is_urgent(self) -> bool:
        return self.waiter.requests > 1

    def _look_after(self, kept: Kept, now: float) -> None:
        if kept.run and kept.run.has_ended():
            kept.failures = backoff.failures_after(now - kept.run.started_at, failures=kept.failures)
            kept.start_at = now + backoff.delay(kept.failures)
            self.report(f"{kept.program.name} {kept.run.ending()}; it is started again")
            kept.run = None
        if kept.run is None and now >= kept.start_at:
            self._run_again(kept, now)

    def _run_again(self, kept: Kept, now: float) -> None:
        try:
            self._run(kept)
        except OSError as error:  # no room for a log line must not end everything else
            kept.failures += 1
            kept.start_at = now + backoff.delay(kept.failures)
            self.report(f"{kept.program.name} can not be started: {error.strerror}")

    def _run(self, kept: Kept) -> None:
        kept.run = Process.start(kept.program)
        records.write(self.record, {each.program.name: each.run.pid for each in self.kept if each.run})

    def _await(self, kept: Kept) -> None:
        deadline = time.monotonic() + kept.program.ready_seconds
        while not kept.program.is_ready():
            if kept.run is None or kept.run.has_ended():
                raise ProgramError(kept.program, kept.run.ending() if kept.run else "ended")
            if time.monotonic() > deadline:
                raise ProgramError(
                    kept.program, f"was not ready after {kept.program.ready_seconds:.0f} seconds"
                )
            self._pause(READY_TICK)

    def _pause(self, seconds: float) -> None:
        self.waiter.wait(seconds)
        self.tick()
        if self.waiter.requests:
            raise StoppedError("Stopped.")


@contextmanager
def supervising(
    record: Path, *, report: Callable[[str], None], tick: Callable[[], None]
) -> Generator[Supervisor]:
    """Supervise for a while: ends what a killed run left, and at the end whatever this one started."""
    records.end_survivors(record)
    with signals.waiting() as waiter:
        supervisor = Supervisor(waiter, record, report, tick)
        try:
            yield supervisor
        finally:
            supervisor.stop()
