"""The whole product, started as a person starts it: ``campotech-wa demo``, on free ports and a folder of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import httpx
import psutil

from campotech_wa.paths import ROOT
from campotech_wa.supervision import records
from tests.conftest import free_port

T = TypeVar("T")

OURS = ("CAMPOTECH_", "DATABASE_URL", "REDIS_URL", "PORT", "SIMULATOR_PORT", "DATA_DIR")
START_SECONDS = 240.0
"""A cold build of the front end included, on a machine that does other things too."""

PATIENCE = 30.0
"""Seconds after which an awaited thing is not coming; far more than a busy machine needs."""

BY_SIGINT = 0
"""The exit code after Ctrl-C."""


class House:
    """A running demo: where it is reached, and which processes it consists of."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder / "data"
        self.output = folder / "demo.out"
        self.port, self.simulator_port = free_port(), free_port()
        self.url = f"http://localhost:{self.port}"
        self.simulator_url = f"http://localhost:{self.simulator_port}"
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        ours = {
            "PORT": str(self.port),
            "SIMULATOR_PORT": str(self.simulator_port),
            "DATA_DIR": str(self.data_dir),
        }
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "campotech_wa.cli", "demo"],
                cwd=ROOT,
                env=surroundings | ours,
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        """Return what the demo told the person who started it."""
        return self.output.read_text()

    def is_ready(self) -> bool:
        """Ask the product whether all its parts work together."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == HTTPStatus.OK
        except httpx.HTTPError:
            return False

    def family(self) -> list[psutil.Process]:
        """List every process of the demo."""
        root = psutil.Process(self.process.pid)
        return [*root.children(recursive=True), root]

    def find(self, name: str) -> psutil.Process | None:
        """Find a program's process in the records of the supervisor and of the pool; it must be one of ours."""
        ours = {member.pid for member in self.family()}
        for record in ("processes.json", "workers.json"):
            found = records.read(self.data_dir / record).get(name)
            if found and found.pid in ours:
                return found
        return None

    def one(self, name: str) -> psutil.Process:
        """Return a program's process, which must run."""
        return until(lambda: self.find(name), what=f"a process of {name}")

    def web_workers(self) -> list[psutil.Process]:
        """List the processes that serve requests."""
        server = self.find("web")
        return server.children() if server else []

    def logs(self) -> dict[str, str]:
        """Return what each program logged."""
        return {log.name: log.read_text(errors="replace") for log in (self.data_dir / "logs").glob("*.log*")}

    def start(self) -> None:
        """Wait for the box that says that everything runs."""
        until(
            lambda: "Ctrl-C" in self.said() or self.process.poll() is not None,
            seconds=START_SECONDS,
            what="the box with the addresses",
        )
        assert self.process.poll() is None, self.said()

    def stop(self) -> None:
        """Press Ctrl-C; nothing that was started may be left."""
        family = self.family() if self.process.poll() is None else []
        if family:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        left = psutil.wait_procs([member for member in family if member.pid != self.process.pid], timeout=1)[
            1
        ]
        assert (code, left) == (BY_SIGINT, []), self.said()


@contextmanager
def running(folder: Path) -> Generator[House]:
    """Run a demo for a while."""
    house = House(folder)
    try:
        house.start()
        until(house.is_ready, what="readiness")
        yield house
    finally:
        house.stop()


def until(look: Callable[[], T | None], *, seconds: float = PATIENCE, what: str = "it") -> T:
    """Look until there is something, and return it."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"In {seconds:.0f} seconds, never: {what}."
        time.sleep(0.05)
    return seen
