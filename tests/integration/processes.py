"""The product's own processes, started as its supervisor would, each with a log file of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
from starlette.types import ASGIApp

from campotech_wa import logs
from campotech_wa.web import app
from tests.integration.desk import eventually


def application() -> ASGIApp:
    """Return the HTTP routes as a web process serves them, without the pages; everything is logged."""
    logs.configure("DEBUG")
    return app.create()


@contextmanager
def web(environment: dict[str, str], log: Path) -> Generator[httpx.Client]:
    """Serve the HTTP routes on this run's port; yields a client that is a page of ours."""
    command = [
        "-m", "granian", "--interface", "asgi", "--factory", "--no-ws", "--no-log", "--workers-kill-timeout", "2",
        "--host", "127.0.0.1", "--port", environment["PORT"], "tests.integration.processes:application",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{environment['PORT']}"
    with (
        _running(command, environment, log),
        httpx.Client(base_url=address, headers={"Origin": address}, timeout=10) as client,
    ):
        eventually(lambda: _answers(client))
        yield client


@contextmanager
def worker(environment: dict[str, str], log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """Work on every queue."""
    more = {"CAMPOTECH_LOG_LEVEL": "DEBUG"}
    command = ["-m", "worker.main", "urgent", "intake", "outbound", "media"]
    with _running(command, environment | more, log) as process:
        # Its first wait for jobs, which is only logged at DEBUG: before that, a lost Redis ends it.
        eventually(lambda: "BLPOP" in log.read_text())
        yield process


@contextmanager
def scheduler(environment: dict[str, str], log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """Repeat the sweep."""
    with _running(["-m", "worker.schedule"], environment, log) as process:
        eventually(lambda: "scheduler started" in log.read_text())
        yield process


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], log: Path
) -> Generator["subprocess.Popen[bytes]"]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command], env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and its children, with force if it must be."""
    process.terminate()
    try:
        process.wait(8)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").is_success
    except httpx.TransportError:
        return False
