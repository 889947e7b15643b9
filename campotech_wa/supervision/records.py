"""Which processes a run started, on disk: what a run that was killed could not end, the next one ends."""

import contextlib
import json
from pathlib import Path

import psutil

FORGETFUL_SECONDS = 1.0
"""Start times are compared with some slack: systems round them differently."""


def write(path: Path, pids: list[int]) -> None:
    """Replace the record of the processes that run now."""
    started: dict[str, float] = {}
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            started[str(pid)] = psutil.Process(pid).create_time()
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(started))
    unfinished.replace(path)


def end_survivors(path: Path) -> int:
    """End what the last run left behind, with all descendants; returns how many processes that were."""
    survivors = [member for process in _survivors(path) for member in (*_descendants(process), process)]
    for process in survivors:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(survivors, timeout=8)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(survivors, timeout=2)
    path.unlink(missing_ok=True)
    return len(survivors)


def _survivors(path: Path) -> list[psutil.Process]:
    try:
        started: dict[str, float] = json.loads(path.read_text())
    except (OSError, ValueError):
        return []
    return [process for pid, at in started.items() if (process := _same(int(pid), at))]


def _same(pid: int, started_at: float) -> psutil.Process | None:
    """Find a recorded process again; another one that got its id since then started at another time."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - started_at) < FORGETFUL_SECONDS:
            return process
    return None


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return process.children(recursive=True)
    return []
