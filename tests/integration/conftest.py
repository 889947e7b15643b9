"""A migrated and empty store, the two demo organizations, and the simulator as their Meta."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from campotech_wa import demo
from campotech_wa.domain.access import Actor, Role
from campotech_wa.domain.ids import ChannelId, OrganizationId, UserId
from campotech_wa.services import migrations
from campotech_wa.signals.connection import redis
from campotech_wa.store.database import engine
from tests.integration import slate


@pytest.fixture(scope="session")
def seeded(environment: dict[str, str]) -> Iterator[None]:
    """Bring the database to the newest schema and seed the demo, once."""
    assert environment
    migrations.upgrade()
    demo.seed()
    with engine().begin() as connection:
        slate.remember(connection)
    yield
    engine().dispose()


@pytest.fixture
def desk(seeded: None) -> None:
    """The two organizations of the demo, with nothing said yet; Redis is empty."""
    with engine().begin() as connection:
        slate.restore(connection)
    redis().flushdb()  # pyright: ignore[reportUnknownMemberType]


@pytest.fixture
def admin(desk: None) -> Actor:
    """The admin of organization 1."""
    return Actor(OrganizationId(1), Role.ADMIN, UserId(1), "Administración")


@pytest.fixture
def agent(desk: None) -> Actor:
    """The agent of organization 1."""
    return Actor(OrganizationId(1), Role.AGENT, UserId(2), "Agente")


@pytest.fixture
def stranger(desk: None) -> Actor:
    """The admin of organization 2."""
    return Actor(OrganizationId(2), Role.ADMIN, UserId(3), "Administración")


@pytest.fixture
def channel(desk: None) -> ChannelId:
    """The WhatsApp number of organization 1."""
    return ChannelId(1)


@pytest.fixture(scope="session")
def simulator_process(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """The simulator as a process of its own, told to call the port of this run's web process."""
    config = Path(tmp_path_factory.mktemp("simulator")) / "config.json"
    config.write_text(json.dumps(demo.simulator_config(f"http://127.0.0.1:{environment['PORT']}")))
    address = environment["CAMPOTECH_GRAPH_URL"]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "campotech_wa.simulator",
            "--host", "127.0.0.1", "--port", str(urlsplit(address).port), "--config", str(config),
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with httpx.Client(base_url=address, timeout=10) as client:
        _wait_for(client)
        yield client
    process.terminate()
    process.wait(10)


@pytest.fixture
def simulator(simulator_process: httpx.Client, desk: None) -> httpx.Client:
    """The simulator with an empty world."""
    simulator_process.post("/_sim/reset").raise_for_status()
    return simulator_process


def _wait_for(client: httpx.Client) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            client.get("/healthz").raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
