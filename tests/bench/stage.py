"""The stage of a run: private servers in a temporary folder, the demo's organizations, the product's processes."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from campotech_wa.cli import place as places
from campotech_wa.cli import programs
from campotech_wa.cli.place import Place
from campotech_wa.cli.start import simulator_file
from campotech_wa.embedded import Server, Servers, private_servers
from campotech_wa.supervision.process import Program
from tests.bench import bare, posts
from tests.bench.wire import Line

SECRET_KEY = "a-secret-key-for-benchmarks-0123456789"

THREAD = 45
"""Messages in the conversation that is looked at: more than a page shows at first."""

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything runs, and how to run something there."""

    place: Place
    servers: Servers
    variables: dict[str, str]

    @property
    def database(self) -> str:
        """The product's database, as libpq reads it."""
        return self.servers.database_url.replace("+psycopg", "")

    @contextmanager
    def bare(self) -> Generator[Place]:
        """Run the bare handler."""
        place = replace(self.place, port=free_port())
        with running(bare.program(place, self.variables, self.database)):
            yield place

    @contextmanager
    def web_alone(self) -> Generator[Place]:
        """Run one web process, and nothing that would share its core."""
        with running(programs.web(self.place, self.variables | {"CAMPOTECH_WEB_PROCESSES": "1"})):
            yield self.place

    @contextmanager
    def product(self) -> Generator[Place]:
        """Run everything as `campotech-wa demo` does: web processes, workers, scheduler, simulator."""
        simulator = programs.simulator(self.place, self.variables, simulator_file(self.place.data_dir))
        with running(simulator, *programs.product(self.place, self.variables)):
            _wait(lambda: programs.answers(f"{self.place.loopback_url}/readyz"))
            yield self.place

    def count(self, query: str, *values: str) -> int:
        """Ask the database how many."""
        return int(self.ask(query, *values))

    def ask(self, query: str, *values: str) -> float:
        """Ask the database for a number."""
        with psycopg.connect(self.database) as connection:
            found = connection.execute(query.encode(), values).fetchone()
        return float(found[0] or 0) if found else 0.0

    def forget_posts(self) -> None:
        """Remove what measurements without workers have left."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute("truncate webhook_event, bench_event")
            connection.execute("vacuum analyze")

    def wait_until_processed(self) -> float:
        """Wait until no post waits any more; return how long that took."""
        started = time.perf_counter()
        _wait(lambda: not self.count("select count(*) from webhook_event where processed_at is null"))
        return time.perf_counter() - started

    def conversation(self) -> int:
        """Let every customer write, and the first one much; return the conversation of the first."""
        with Line(self.place.port) as line:
            for turn in [*range(posts.CUSTOMERS), *[0] * THREAD]:
                line.post(posts.request(f"Buen día, {posts.marker()}", customer=turn))
        self.wait_until_processed()
        return self.count(
            "select v.id from conversation v join customer c on c.id = v.customer_id where c.wa_id = %s",
            posts.number(0),
        )


@contextmanager
def prepared() -> Generator[Stage]:
    """Start the private servers, make the database what the demo makes it, and take all of it away at the end."""
    with tempfile.TemporaryDirectory(prefix="campotech-bench-", ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder).resolve(), "127.0.0.1", free_port(), free_port())
        with private_servers(place.data_dir) as servers:
            variables = places.demo_variables(place)
            variables |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
            stage = Stage(place, servers, variables)
            step = programs.prepare(place, variables, demo=True)
            subprocess.run(step.command, env=variables, cwd=step.directory, check=True)
            with psycopg.connect(stage.database) as connection:
                connection.execute(bare.TABLE)
            yield stage


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*wanted: Program) -> Generator[Sequence[Server]]:
    with ExitStack() as stack:
        servers = [Server(program) for program in wanted]
        for server in servers:
            server.start()
            stack.callback(server.stop)
        yield servers


def _wait(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("The product did not get ready, or not done, in time.")
        time.sleep(0.05)
