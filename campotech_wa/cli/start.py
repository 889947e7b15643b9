"""``campotech-wa demo`` and ``campotech-wa up``: everything that the product needs, from one command."""

import json
import os
import shutil
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from campotech_wa import frontend, node, settings
from campotech_wa.cli import place as places
from campotech_wa.cli import programs
from campotech_wa.cli.console import Console, box
from campotech_wa.cli.place import Place
from campotech_wa.errors import ConfigurationError
from campotech_wa.paths import checkout
from campotech_wa.supervision import folders, lock, postgres, redis
from campotech_wa.supervisor import Supervisor, supervising

MEGABYTE = 1024 * 1024
ROOM_FOR_DATA = 300 * MEGABYTE
ROOM_FOR_MORE_DATA = 50 * MEGABYTE
ROOM_FOR_BUILD = 500 * MEGABYTE
"""What a new database, more of its data, and the front end's packages need at least."""

PRIVATE_SERVERS = {
    "DATABASE_URL": ("PostgreSQL", postgres.program, postgres.url),
    "REDIS_URL": ("Redis", redis.program, redis.url),
}
"""By the variable that would name a server of the operator's own."""

READY_SECONDS = 30.0


def demo(_: Namespace) -> None:
    """Run the product with demo data and a simulated Meta until somebody stops it."""
    place = places.from_environment()
    console = Console()
    with _running(place, console, "PORT", "SIMULATOR_PORT") as supervisor:
        variables = places.demo_variables(place)
        variables |= _servers(supervisor, place, console, {})
        console.step("Database schema and demo data")
        supervisor.run(programs.prepare(place, variables, demo=True))
        _build(supervisor, place, console)
        console.step("Web, workers, scheduler, simulated Meta")
        simulator = programs.simulator(place, variables, simulator_file(place.data_dir))
        supervisor.start(simulator, *programs.product(place, variables))
        _await_readiness(supervisor, place, console)
        box(
            [
                *_addresses(place, console),
                f"Phone page  {place.simulator_url}/",
                "",
                *_logins(place),
                *_hints(place),
            ]
        )
        supervisor.watch()
        console.note("Stopping. Your data stays.")


def up(_: Namespace) -> None:
    """Run the product as its environment configures it until somebody stops it."""
    place = places.from_environment()
    console = Console()
    _refuse_bad_settings()
    with _running(place, console, "PORT") as supervisor:
        variables = places.variables(place)
        variables |= _servers(supervisor, place, console, variables)
        console.step("Database schema")
        supervisor.run(programs.prepare(place, variables, demo=False))
        _build(supervisor, place, console)
        console.step("Web, workers, scheduler")
        supervisor.start(*programs.product(place, variables))
        _await_readiness(supervisor, place, console)
        box([*_addresses(place, console), *_hints(place)])
        supervisor.watch()
        console.note("Stopping.")


def simulator_file(data_dir: Path) -> Path:
    """Return where the demo keeps what its simulated Meta has to know."""
    return data_dir / "simulator.json"


def logins_file(data_dir: Path) -> Path:
    """Return where the demo keeps the logins that it shows."""
    return data_dir / "logins.json"


@contextmanager
def _running(place: Place, console: Console, *ports: str) -> Generator[Supervisor]:
    """Own the data folder and its processes for the length of a run."""
    folders.supported()
    folders.own(place.data_dir)
    record = place.data_dir / "processes.json"
    with (
        lock.held(place.data_dir),
        supervising(record, report=console.note, tick=console.heartbeat) as supervisor,
    ):
        places.refuse_taken_ports(place, *ports)
        yield supervisor


def _servers(
    supervisor: Supervisor, place: Place, console: Console, configured: dict[str, str]
) -> dict[str, str]:
    """Start the private servers that no variable replaces; return the variables that point at them."""
    missing = {name: server for name, server in PRIVATE_SERVERS.items() if not configured.get(name)}
    if "DATABASE_URL" in missing:
        fresh = not (place.data_dir / "postgres").exists()
        _refuse_full_disk(place.data_dir, ROOM_FOR_DATA if fresh else ROOM_FOR_MORE_DATA)
    if missing:
        console.step(" and ".join(label for label, _, _ in missing.values()))
    supervisor.start(*(program(place.data_dir) for _, program, _ in missing.values()))
    if "DATABASE_URL" in missing:
        postgres.create_database(place.data_dir)
    return {name: url(place.data_dir) for name, (_, _, url) in missing.items()}


def _build(supervisor: Supervisor, place: Place, console: Console) -> None:
    if frontend.is_current(checkout()):
        return
    first = not (checkout() / ".web" / "node_modules").exists()
    _refuse_full_disk(checkout(), ROOM_FOR_BUILD if first else ROOM_FOR_MORE_DATA)
    console.step("Front end: packages and production build" if first else "Front end: production build")
    supervisor.run(programs.build(place, node.environment()))


def _await_readiness(supervisor: Supervisor, place: Place, console: Console) -> None:
    """Wait until the product says that all its parts work together."""
    url = f"{place.loopback_url}/readyz"
    if not supervisor.await_condition(partial(programs.answers, url), seconds=READY_SECONDS):
        console.note(f"Not everything is ready yet: see {url} and the logs.")


def _refuse_bad_settings() -> None:
    """Check every variable before anything starts; the private servers' addresses are not known yet."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.setdefault(name, "")
    settings.load()


def _refuse_full_disk(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ConfigurationError(
            f"The disk of {folder} is full: {free // MEGABYTE} of {needed // MEGABYTE} MB are free. "
            "Free some space, or set DATA_DIR to a folder on another disk."
        )


def _addresses(place: Place, console: Console) -> list[str]:
    return [
        f"CampoTech WA is ready after {console.elapsed:.1f} s.",
        "",
        f"Inbox       {place.url}/",
        f"API         {place.url}/api/docs",
    ]


def _logins(place: Place) -> list[str]:
    logins: list[list[str]] = json.loads(logins_file(place.data_dir).read_text())
    widths = [max(map(len, column)) for column in zip(*logins, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)) for row in logins]


def _hints(place: Place) -> list[str]:
    return ["", f"Data and logs: {place.data_dir}", "Stop with Ctrl-C."]
