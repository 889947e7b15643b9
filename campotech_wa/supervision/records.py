"""Which processes a run started, on disk: what a run that was killed could not end, the next one ends."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

import psutil

ROUNDING_SECONDS = 1.0
"""Start times are compared with some slack: systems round them differently."""


class Entry(TypedDict):
    """A process that was started, told from a later one with the same id by its start time."""

    pid: int
    started_at: float


def write(path: Path, pids: Mapping[str, int]) -> None:
    """Replace the record of the processes that run now, by the names of their programs."""
    record: dict[str, Entry] = {}
    for name, pid in pids.items():
        with contextlib.suppress(psutil.Error):
            record[name] = {"pid": pid, "started_at": psutil.Process(pid).create_time()}
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(record))
    unfinished.replace(path)


def read(path: Path) -> dict[str, psutil.Process]:
    """Find the recorded processes that still run."""
    try:
        record: dict[str, Entry] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    found = ((name, _same(entry)) for name, entry in record.items())
    return {name: process for name, process in found if process}


def end_survivors(path: Path) -> int:
    """End what the last run left behind, with all descendants; returns how many processes that were."""
    survivors = [member for process in read(path).values() for member in (*_descendants(process), process)]
    for process in survivors:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(survivors, timeout=8)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(survivors, timeout=2)
    path.unlink(missing_ok=True)
    return len(survivors)


def _same(entry: Entry) -> psutil.Process | None:
    """Find a recorded process again; another one that got its id since then started at another time."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(entry["pid"])
        if abs(process.create_time() - entry["started_at"]) < ROUNDING_SECONDS:
            return process
    return None


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return process.children(recursive=True)
    return []
