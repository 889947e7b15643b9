"""Run a function in a forked copy of this process: it shares the memory of everything imported so far."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from campotech_wa.supervision.launch import die_with_parent, name_thread


@dataclass(slots=True)
class Forked:
    """A forked child, with what ``subprocess.Popen`` has and we use."""

    pid: int
    returncode: int | None = None

    def wait(self) -> int:
        """Collect the child's end."""
        if self.returncode is None:
            try:
                _, status = os.waitpid(self.pid, 0)
            except ChildProcessError:
                status = 0  # somebody else collected it; ``Popen`` also calls that 0
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the child, which nobody has collected yet."""
        os.kill(self.pid, number)


def start(name: str, call: Callable[[], None], log: int) -> Forked:
    """Fork. No thread may run and nothing may be connected here: the child could use neither."""
    parent = os.getpid()
    if pid := os.fork():
        return Forked(pid)
    code = 1
    try:
        _become_child(name, parent, log)
        call()
        code = 0
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    except BaseException:  # noqa: BLE001  (the last frame of this process: nobody else can say what happened)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # never back into the parent's frames


def _become_child(name: str, parent: int, log: int) -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
    name_thread(name)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
