"""Servers that every test above the unit level shares: real PostgreSQL, real Redis, emptied before each test."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from campotech_wa.embedded import Servers, private_servers

# How long an example takes is no test: machines are shared. Where others wait for the outcome the examples are the
# same each time; whoever works on the code gets new ones.
settings.register_profile(
    "steady", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

SECRET_KEY = "a-secret-key-for-tests-0123456789-abcdef"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Private servers for the whole run."""
    with private_servers(Path(tmp_path_factory.mktemp("data"))) as running:
        yield running


@pytest.fixture(scope="session")
def environment(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of every process of the product that a test starts, this one included."""
    simulator = f"http://127.0.0.1:{free_port()}"
    variables = {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "CAMPOTECH_SECRET_KEY": SECRET_KEY,
        "CAMPOTECH_GRAPH_URL": simulator,
        "CAMPOTECH_SMS_URL": simulator,
        "PORT": str(free_port()),
        "DATA_DIR": str(tmp_path_factory.mktemp("files")),
    }
    os.environ.update(variables)
    return {**os.environ, **variables}
