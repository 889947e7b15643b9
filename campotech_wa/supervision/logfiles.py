"""One log file per program: bounded by rotation at each start, and its last lines for error texts."""

import os
from collections import deque
from pathlib import Path

LARGEST = 5 * 1024 * 1024
"""Bytes. A larger file is moved aside when its program starts; one older file is kept."""

TAIL_BYTES = 16 * 1024


def open_for(path: Path) -> int:
    """Open a program's log for appending, after moving a large one aside; the caller closes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(path.with_suffix(path.suffix + ".1"))
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)


def tail(path: Path, lines: int = 12) -> list[str]:
    """Return the last lines of a log, none when there is no log."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - TAIL_BYTES))
            text = log.read().decode(errors="replace")
    except OSError:
        return []
    return list(deque((line for line in text.splitlines() if line.strip()), maxlen=lines))
