"""A worker that is killed in the middle of a file leaves nothing half done, and the next one brings the file."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.services import sweep
from tests.integration.desk import NUMBER, change, eventually
from tests.integration.files import at_meta, empty, row, stored, written
from tests.integration.processes import worker

CONTENT = b"%PDF-1.4 " + os.urandom(8 * 1024 * 1024)


@pytest.fixture(autouse=True)
def _empty_storage(simulator: httpx.Client) -> Iterator[None]:
    """Nothing is stored, and Meta is there."""
    assert simulator
    empty()
    yield
    empty()


def left_on_disk() -> list[Path]:
    data = Path(settings.get().data_dir)
    return [path for name in ("scratch", "media") for path in (data / name).rglob("*") if path.is_file()]


def test_a_killed_worker_leaves_no_half_file_and_the_next_one_brings_it(
    environment: dict[str, str], simulator: httpx.Client, tmp_path: Path
) -> None:
    slow = {"match": {"phone_number_id": NUMBER, "route": "media_download"}, "latency_ms": 3000, "times": 1}
    simulator.post("/_sim/faults", json=slow).raise_for_status()
    attachment_id = written("document", at_meta(simulator, CONTENT, "application/pdf"))

    with worker(environment, tmp_path / "first.log") as first:
        eventually(lambda: row(attachment_id)["attempts"] == 1)
        os.kill(first.pid, signal.SIGKILL)
        first.wait(10)
    assert row(attachment_id)["state"] == "pending"
    assert left_on_disk() == []
    change("update wa_attachment set due_at = now() - interval '1 hour'")

    with worker(environment, tmp_path / "second.log"):

        def is_stored() -> bool:
            sweep.due()
            return row(attachment_id)["state"] == "stored"

        eventually(is_stored)
    assert len(stored()) == 1
    assert row(attachment_id)["attempts"] == 2


def test_a_worker_that_is_told_to_end_finishes_the_file_first(
    environment: dict[str, str], simulator: httpx.Client, tmp_path: Path
) -> None:
    slow = {"match": {"phone_number_id": NUMBER, "route": "media_download"}, "latency_ms": 2000, "times": 1}
    simulator.post("/_sim/faults", json=slow).raise_for_status()
    attachment_id = written("document", at_meta(simulator, CONTENT, "application/pdf"))

    with worker(environment, tmp_path / "worker.log") as process:
        eventually(lambda: row(attachment_id)["attempts"] == 1)
        process.terminate()
        process.wait(30)

    assert row(attachment_id)["state"] == "stored"
