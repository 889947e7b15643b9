"""Start one simulator and one receiver for the whole folder, and empty them before each test."""

from collections.abc import Iterator

import pytest
from simulator_driver import Receiver, Simulator, configuration, receiving, running


@pytest.fixture(scope="session")
def shared_receiver() -> Iterator[Receiver]:
    """Answer the endpoint that all of this folder's webhooks go to."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture(scope="session")
def shared_simulator(
    shared_receiver: Receiver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Simulator]:
    """Answer the process that all of this folder's tests drive."""
    with running(tmp_path_factory.mktemp("simulator"), configuration(shared_receiver.url)) as simulator:
        yield simulator


@pytest.fixture
def receiver(shared_receiver: Receiver, simulator: Simulator) -> Receiver:
    """Answer the endpoint, with nothing received."""
    assert simulator.is_up()
    shared_receiver.reset()
    return shared_receiver


@pytest.fixture
def simulator(shared_simulator: Simulator) -> Simulator:
    """Answer the simulator, with an empty world."""
    shared_simulator.control("/reset", {})
    return shared_simulator
