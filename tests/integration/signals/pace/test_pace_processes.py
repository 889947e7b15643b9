"""Eight processes ask at once, and the organization never sends one too many, whatever happens meanwhile."""

import random
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import pytest

from campotech_wa.embedded import Servers
from campotech_wa.signals.connection import redis
from tests.integration.desk import eventually, without
from tests.integration.signals.pace.hammer import LIMIT, SPANS
from tests.integration.signals.pace.journal import Journal

pytestmark = pytest.mark.usefixtures("forgetful")


def test_eight_processes_at_once(environment: dict[str, str], tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    with hammers(environment, tmp_path):
        windows_pass(journal, 4)

    assert most_in_a_window(journal) == LIMIT


def test_redis_is_emptied_again_and_again(environment: dict[str, str], tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    with hammers(environment, tmp_path):
        for _ in range(8):
            sleep(random.uniform(0, 0.4))  # noqa: S311
            redis().flushall()  # pyright: ignore[reportUnknownMemberType]
        windows_pass(journal, 3)

    assert most_in_a_window(journal) == LIMIT


def test_redis_is_killed_and_half_of_the_workers_too(
    environment: dict[str, str], servers: Servers, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "journal")
    with hammers(environment, tmp_path) as workers:
        windows_pass(journal, 1)
        with without(servers.redis):
            for worker in workers[:4]:
                worker.kill()
        windows_pass(journal, 4)

    assert most_in_a_window(journal) == LIMIT


@contextmanager
def hammers(environment: dict[str, str], folder: Path) -> Generator[list["subprocess.Popen[bytes]"]]:
    command = [sys.executable, "-m", "tests.integration.signals.pace.hammer", str(folder / "journal")]
    workers = [subprocess.Popen([*command, f"w{number}"], env=environment) for number in range(8)]
    try:
        yield workers
        assert all(worker.poll() in (None, -9) for worker in workers)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def windows_pass(journal: Journal, number: int) -> None:
    """Wait until as much was sent as so many windows hold."""
    enough = len(journal.times("request")) + number * LIMIT
    eventually(lambda: len(journal.times("request")) >= enough)


def most_in_a_window(journal: Journal) -> int:
    """Return how many slots were held at once, from each request until a window after its answer."""
    answers, window = journal.times("answer"), SPANS.window.total_seconds()
    requests = journal.times("request")
    # Of one whose worker was killed the answer is not known; it came at the earliest at once.
    ends = {slot: answers.get(slot, at) + window for slot, at in requests.items()}
    return max(sum(requests[each] <= at < ends[each] for each in requests) for at in requests.values())
