"""Kill web processes under load and print how long the product is away: ours against ``reflex run``.

``python -m tests.bench.web_process ours`` or ``… reflex``; numbers and decision: docs/decisions/0001-web-process.md.
"""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from campotech_wa import node
from campotech_wa.embedded import private_servers
from campotech_wa.paths import ROOT

PORT = 8123
WORKERS = 2
WATCHED_SECONDS = 30
RESTART_DELAY = 0.2
BIN = Path(sys.executable).parent

COMMANDS = {
    "ours": [str(BIN / "campotech-wa"), "web"],
    "reflex": [str(BIN / "reflex"), "run", "--env", "prod", "--single-port"],
}


@dataclass(slots=True)
class Kept:
    """A web server that is started again whenever it ends, as any supervisor would."""

    command: list[str]
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]" = field(init=False)
    is_over: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def keep(self) -> None:
        while not self.is_over.wait(0.02):
            if self.process.poll() is not None and not self.is_over.wait(RESTART_DELAY):
                self.start()

    def servers(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.Error):
            return [
                child for child in psutil.Process(self.process.pid).children(recursive=True) if _serves(child)
            ]
        return []


def _serves(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return any(
            each.status == "LISTEN" and each.laddr.port == PORT for each in process.net_connections("tcp")
        )
    return False


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def answers() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def observe(kept: Kept, before: set[int]) -> str:
    """Ask without pause for a while; tell what failed, and when the full number served again."""
    killed_at, asked, failed, last_failure, full = time.monotonic(), 0, 0, 0.0, None
    while (now := time.monotonic() - killed_at) < WATCHED_SECONDS:
        asked += 1
        if not answers():
            failed, last_failure = failed + 1, time.monotonic() - killed_at
        serving = {process.pid for process in kept.servers()}
        if full is None and len(serving) == WORKERS and serving - before:
            full = now
        time.sleep(0.005)
    again = f"{full:.2f} s" if full is not None else "never"
    return f"{failed} of {asked} requests failed, the last after {last_failure:.2f} s; all serving again: {again}"


def measure(kept: Kept) -> None:
    started_at = time.monotonic()
    kept.start()
    while not answers():
        time.sleep(0.05)
    say(f"start to first answer: {time.monotonic() - started_at:.1f} s")
    time.sleep(6)  # granian calls two deaths within 5.5 seconds a crash loop
    threading.Thread(target=kept.keep, daemon=True).start()
    for what in ("worker", "main"):
        servers = kept.servers()
        os.kill(servers[-1].pid if what == "worker" else kept.process.pid, signal.SIGKILL)
        say(f"kill -9 of a {what}: {observe(kept, {server.pid for server in servers})}")
    orphans = [server for server in servers if server.is_running()]
    say(f"processes that outlived their main one: {len(orphans)}")
    end(kept, orphans)


def end(kept: Kept, orphans: list[psutil.Process]) -> None:
    kept.is_over.set()
    kept.process.terminate()
    for process in (*orphans, *kept.servers()):
        with contextlib.suppress(psutil.Error):
            process.kill()
    kept.process.wait(20)


def main(variant: str) -> None:
    with tempfile.TemporaryDirectory() as folder, private_servers(Path(folder) / "data") as servers:
        environment = {
            **node.environment(),
            "PORT": str(PORT),
            "GRANIAN_WORKERS": str(WORKERS),
            "CAMPOTECH_WEB_PROCESSES": str(WORKERS),
            "CAMPOTECH_SECRET_KEY": "a-secret-key-for-benchmarks-0123456789",
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "DATA_DIR": str(servers.data_dir),
        }
        for command in ("migrate", "build"):
            subprocess.run([*COMMANDS["ours"][:1], command], env=environment, check=True)
        measure(Kept(COMMANDS[variant], environment))


if __name__ == "__main__":
    main(sys.argv[1])
