"""One program, run once: start it in a group of its own, see it end, end it with all it started."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from campotech_wa.supervision import fork, launch, logfiles


def _nothing() -> None: ...


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a program runs as, where it may not be root."""

    uid: int
    gid: int
    see_all_folders: bool = False
    """Whether some folder on the way to its files is closed to that account."""


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, how to see that it is ready, and how to end it."""

    name: str
    log: Path
    command: tuple[str, ...] = ()
    call: Callable[[], None] | None = None
    """Instead of a command: what a forked copy of this process does."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    directory: Path = Path()
    is_ready: Callable[[], bool] = lambda: True
    ready_seconds: float = 30.0
    prepare: Callable[[], None] = _nothing
    """Runs before every start: removes what a killed run left behind."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 8.0
    account: Account | None = None


@dataclass(slots=True)
class Process:
    """One run of a program."""

    program: Program
    inner: "subprocess.Popen[bytes] | fork.Forked"
    started_at: float = field(default_factory=time.monotonic)

    @classmethod
    def start(cls, program: Program) -> "Process":
        """Start the program; its output goes to its log.

        The launcher makes it end with us even if we are killed: see ``launch``. The kernel ties that to the
        *thread* that starts it, so only a thread that stays may call this.
        """
        program.prepare()
        log = logfiles.open_for(program.log)
        try:
            inner = fork.start(program.name, program.call, log) if program.call else _spawn(program, log)
        finally:
            os.close(log)
        return cls(program, inner)

    @property
    def pid(self) -> int:
        """The process id, valid until the end was collected."""
        return self.inner.pid

    def has_ended(self) -> bool:
        """Say whether the program ended; collects it, after ending what it left in its group."""
        if self.inner.returncode is not None:
            return True
        with contextlib.suppress(ChildProcessError):  # somebody else collected it
            if os.waitid(os.P_PID, self.inner.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                return False
            self._kill_group()  # while the dead leader still reserves the group's id
        self.inner.wait()
        return True

    def ending(self) -> str:
        """Describe how the program ended, for people."""
        code = self.inner.returncode or 0
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def family(self) -> list[psutil.Process]:
        """List the program's descendants, also those that left its group (PostgreSQL's do)."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.inner.pid).children(recursive=True)
        return []

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program itself."""
        if not self.has_ended():
            self.inner.send_signal(number)

    def kill(self) -> None:
        """End the program and its group at once."""
        if not self.has_ended():
            self._kill_group()
            self.inner.wait()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.inner.pid, signal.SIGKILL)


def _spawn(program: Program, log: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  (our own command)
        [*launch_words(program.account, program.stop_signal), *program.command],
        cwd=program.directory,
        env=dict(program.environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        process_group=0,
    )


def stop(processes: list[Process], *, is_urgent: Callable[[], bool] = lambda: False) -> None:
    """End programs together: ask, wait as long as each may take or until it is urgent, then kill."""
    families = [member for process in processes for member in process.family()]
    for process in processes:
        process.send(process.program.stop_signal)
    asked_at = time.monotonic()
    while not all(_is_over(process, asked_at) for process in processes) and not is_urgent():
        time.sleep(0.02)
    for process in processes:
        process.kill()
    _kill_leftovers(families)


def _is_over(process: Process, asked_at: float) -> bool:
    return process.has_ended() or time.monotonic() > asked_at + process.program.stop_seconds


def _kill_leftovers(families: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(families, timeout=1.0)
    for member in alive:
        with contextlib.suppress(psutil.Error):
            member.kill()  # psutil compares start times: never a stranger that got the same id
    psutil.wait_procs(alive, timeout=1.0)


def launch_words(account: Account | None, when_parent_ends: signal.Signals) -> tuple[str, ...]:
    """Return the words to put before a command so that it runs as an account and ends with us."""
    uid, gid, see = (account.uid, account.gid, int(account.see_all_folders)) if account else (-1, -1, 0)
    words = (os.getpid(), int(when_parent_ends), uid, gid, see)
    return (sys.executable, "-I", "-S", launch.__file__, *map(str, words), "--")
