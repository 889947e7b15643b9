"""How long a person waits for ``campotech-wa demo``: warm, and from a fresh clone if asked."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from campotech_wa.paths import checkout
from tests.bench.report import Row, below
from tests.bench.stage import free_port

TARGET_WARM = 20.0
TARGET_COLD = 240.0

READY = "is ready after"
"""What the demo's box says first."""

_PATIENCE = 600.0
_DEMO = (sys.executable, "-m", "campotech_wa.cli", "demo")


def measure() -> list[Row]:
    """Start the demo in an empty data folder, then again on what it left."""
    with _folder() as folder:
        first, second = (_start(_DEMO, checkout(), folder / "data") for _ in range(2))
    note = "Starts: from the command to the box with the addresses; the front end is built before."
    return [
        Row("first start of `campotech-wa demo`, empty data folder", _seconds(first), note=note),
        below("warm start of `campotech-wa demo`", second, TARGET_WARM, _seconds),
    ]


def measure_cold() -> list[Row]:
    """Clone what is committed and run ``make demo`` there."""
    with _folder() as folder:
        clone = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", str(checkout()), str(clone)], check=True)  # noqa: S607
        taken = _start(("make", "demo"), clone, folder / "data")
    note = "Fresh clone: what is committed; packages come from the network or pip's and npm's caches."
    return [below("`make demo` in a fresh clone", taken, TARGET_COLD, _seconds, note)]


def _start(command: Sequence[str], directory: Path, data: Path) -> float:
    """Start, wait for the box, stop; return the seconds until the box."""
    ports = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port()), "DATA_DIR": str(data)}
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=directory,
        env=os.environ | ports,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )
    hurry = threading.Timer(_PATIENCE, process.kill)
    hurry.start()
    said: list[str] = []
    try:
        for line in _lines(process):
            said.append(line)
            if READY in line:
                return time.monotonic() - started
        raise RuntimeError("The demo did not start:\n" + "".join(said[-20:]))
    finally:
        hurry.cancel()
        _stop(process)


def _lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    if process.stdout:
        yield from process.stdout


def _stop(process: "subprocess.Popen[str]") -> None:
    """Interrupt the command and what it started, as Ctrl-C does, and read on until all of it has ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _folder() -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="campotech-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


def _seconds(value: float) -> str:
    return f"{value:.1f} s"
