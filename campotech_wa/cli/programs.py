"""The programs that make up the product: what each runs, and how one sees that it is ready."""

import http.client
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from campotech_wa import frontend
from campotech_wa.cli.place import Place, without_secrets
from campotech_wa.paths import checkout
from campotech_wa.supervision.process import Program

WORKERS = {
    "worker-intake": ("intake",),
    "worker-delivery": ("urgent", "intake", "outbound"),
    "worker-media": ("media",),
}
"""The worker pool: each process, and its queues from the most to the least urgent. See ``pool``."""

JOB_SECONDS = 40.0
"""What a worker gets to finish its job when it is asked to stop."""

OK = 200


def product(place: Place, variables: Mapping[str, str]) -> tuple[Program, ...]:
    """Return the web server, and the worker pool with the scheduler."""
    return (web(place, variables), _python(place, "workers", ("campotech_wa.cli", "workers"), variables))


def web(place: Place, variables: Mapping[str, str]) -> Program:
    """Return the web server, ready when it answers."""
    return Program(
        name="web",
        command=(sys.executable, "-m", "campotech_wa.cli", "web"),
        environment=variables,
        directory=checkout(),
        log=log(place, "web"),
        is_ready=partial(answers, f"{place.loopback_url}/healthz"),
        ready_seconds=60,
    )


def simulator(place: Place, variables: Mapping[str, str], configuration: Path) -> Program:
    """Return the simulated Meta, which gets none of our secrets."""
    address = ("--host", "127.0.0.1", "--port", str(place.simulator_port))
    return Program(
        name="simulator",
        command=(sys.executable, "-m", "campotech_wa.simulator", *address, "--config", str(configuration)),
        environment=without_secrets(dict(variables)),
        directory=checkout(),
        log=log(place, "simulator"),
        is_ready=partial(answers, f"http://127.0.0.1:{place.simulator_port}/"),
    )


def build(place: Place, variables: Mapping[str, str]) -> Program:
    """Return the build of the front end; ``variables`` are those of ``node.environment``."""
    return Program(
        name="build",
        command=frontend.BUILD,
        environment=variables,
        directory=checkout(),
        log=log(place, "build"),
    )


def prepare(place: Place, variables: Mapping[str, str], *, demo: bool) -> Program:
    """Return the step between servers and product: migrations, demo data, or the proof that there is none."""
    command = "seed-demo" if demo else "check-database"
    return _python(place, "prepare", ("campotech_wa.cli", command), variables)


def answers(url: str) -> bool:
    """Say whether a GET is answered with 200."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
    try:
        connection.request("GET", address.path)
        return connection.getresponse().status == OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _python(place: Place, name: str, module: tuple[str, ...], variables: Mapping[str, str]) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-m", *module),
        environment=variables,
        directory=checkout(),
        log=log(place, name),
        stop_seconds=JOB_SECONDS + 2,
    )


def log(place: Place, name: str) -> Path:
    """Return where a program's output goes."""
    return place.data_dir / "logs" / f"{name}.log"
