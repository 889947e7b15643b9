"""What a run leaves on disk for the next one: the processes it started, its lock, its logs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision import lock, logfiles, records


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


def test_survivors_of_a_killed_run_are_ended(tmp_path: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    record = tmp_path / "processes.json"
    records.write(record, {"sleeper": sleeper.pid})

    ended = records.end_survivors(record)

    assert ended == 1
    assert not psutil.pid_exists(sleeper.pid)
    assert not record.exists()


def test_a_stranger_with_a_recorded_id_is_left_alone(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    record = tmp_path / "processes.json"
    records.write(record, {"sleeper": sleeper.pid})
    started_at = psutil.Process(sleeper.pid).create_time()
    record.write_text(record.read_text().replace(str(started_at), str(started_at - 100)))

    ended = records.end_survivors(record)

    assert ended == 0
    assert sleeper.poll() is None


def test_the_record_finds_processes_by_name(tmp_path: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    records.write(tmp_path / "processes.json", {"sleeper": sleeper.pid, "gone": 2**22 + 1})

    found = records.read(tmp_path / "processes.json")

    assert {name: process.pid for name, process in found.items()} == {"sleeper": sleeper.pid}


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "processes.json").write_text("{")

    assert records.read(tmp_path / "processes.json") == {}


def test_a_second_run_on_a_folder_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with (
        lock.held(tmp_path),
        pytest.raises(ConfigurationError, match=f"already runs on .* \\(process {os.getpid()}\\)"),
        lock.held(tmp_path),
    ):
        pass


def test_a_folder_is_free_again_after_a_run(tmp_path: Path) -> None:
    with lock.held(tmp_path):
        pass

    with lock.held(tmp_path):
        pass


def test_a_large_log_is_moved_aside_at_the_next_start(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (logfiles.LARGEST + 1))

    os.close(logfiles.open_for(log))

    assert log.stat().st_size == 0
    assert (tmp_path / "web.log.1").stat().st_size == logfiles.LARGEST + 1


def test_a_small_log_is_continued(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("before\n")

    os.close(logfiles.open_for(log))

    assert log.read_text() == "before\n"


def test_the_tail_is_the_last_lines_that_say_something(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("\n\n".join(map(str, range(100))))

    assert logfiles.tail(log, lines=2) == ["98", "99"]


def test_a_missing_log_has_no_tail(tmp_path: Path) -> None:
    assert logfiles.tail(tmp_path / "none.log") == []
